#include "api/http/router.h"

#include <algorithm>
#include <optional>

#include "base/ascii.h"

namespace docwright::http {
namespace {

std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(std::min<std::size_t>(1, path.size()));
    std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

// What stands for the names, or nothing if the path does not fit.
std::optional<std::vector<std::string>> fit(std::string_view pattern, std::string_view path, PathCase path_case) {
    std::vector<std::string> segments;
    while (!pattern.empty() && !path.empty()) {
        std::string_view wanted = take_segment(pattern);
        std::string_view given = take_segment(path);
        if (wanted.starts_with('{')) {
            if (given.empty()) return std::nullopt;
            segments.emplace_back(given);
        } else if (path_case == PathCase::Any ? !same_word(wanted, given) : wanted != given) {
            return std::nullopt;
        }
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
    return segments;
}

bool serves(const Route& route, std::string_view method) { return route.method == method || (route.method == "GET" && method == "HEAD"); }

}  // namespace

RouteMatch Router::match(std::string_view method, std::string_view path) const {
    RouteMatch best;
    for (const Route& route : routes_) {
        std::optional<std::vector<std::string>> segments = fit(route.pattern, path, path_case_);
        if (!segments) continue;
        if (!best.allowed.empty()) best.allowed += ", ";
        best.allowed += route.method == "GET" ? "GET, HEAD" : route.method;
        if (best.pattern.empty()) best.pattern = route.pattern;
        if (!serves(route, method) || (best.route && segments->size() >= best.segments.size())) continue;
        best.route = &route;
        best.pattern = route.pattern;
        best.segments = std::move(*segments);
    }
    return best;
}

std::string_view below_base(std::string_view path, std::string_view prefix) {
    auto below = [](std::string_view whole, std::string_view start) {
        return whole.starts_with(start) && whole.size() > start.size() && whole[start.size()] == '/';
    };
    if (!below(path, prefix)) return {};
    path.remove_prefix(prefix.size());
    constexpr std::string_view kApi = "/api";
    if (below(path, kApi)) path.remove_prefix(kApi.size());
    return path;
}

}  // namespace docwright::http
