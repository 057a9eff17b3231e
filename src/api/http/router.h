// Which handler answers an address. Patterns are paths whose segments are words or {names}: "/documents/{id}/download".
// Words win over names. GET routes answer HEAD as well.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/exchange.h"

namespace docwright::http {

struct Route {
    std::string method;
    std::string pattern;
    Handler handler;
};

struct RouteMatch {
    const Route* route = nullptr;       // null: none
    std::vector<std::string> segments;  // what stood for the {names}
    std::string pattern;                // of the route, or of another method's route at the same address; empty: no such address
    std::string allowed;                // methods at this address: "GET, HEAD"
};

enum class PathCase { Exact, Any };

class Router {
public:
    explicit Router(PathCase path_case = PathCase::Exact) : path_case_(path_case) {}

    void add(Route route) { routes_.push_back(std::move(route)); }
    RouteMatch match(std::string_view method, std::string_view path) const;

private:
    PathCase path_case_;
    std::vector<Route> routes_;
};

// "/pdf-services/api/x" and "/pdf-services/x" → "/x" (contract/pdf-services.md, 0.10); empty when the path is not below `prefix`.
std::string_view below_base(std::string_view path, std::string_view prefix);

}  // namespace docwright::http
