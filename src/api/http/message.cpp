#include "api/http/message.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "base/ascii.h"

namespace docwright::http {
namespace {

std::string without_doubled_slashes(std::string_view path) {
    std::string out;
    for (char letter : path) {
        if (letter != '/' || out.empty() || out.back() != '/') out += letter;
    }
    if (out.size() > 1 && out.back() == '/') out.pop_back();
    return out;
}

// "http://host:1/path" → "/path": proxies may send the absolute form (RFC 9112, 3.2.2).
std::string_view origin_form(std::string_view target) {
    for (std::string_view scheme : {"http://", "https://"}) {
        if (target.size() < scheme.size() || !same_word(target.substr(0, scheme.size()), scheme)) continue;
        std::size_t path = target.find_first_of("/?", scheme.size());
        return path == std::string_view::npos ? "/" : target.substr(path);
    }
    return target;
}

struct Phrase {
    int status;
    std::string_view words;
};
constexpr Phrase kPhrases[] = {
    {200, "OK"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Payload Too Large"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
};

// A header value that a handler built from outside text must not end its line.
std::string one_line(std::string_view value) {
    std::string out(value);
    std::ranges::replace_if(
        out, [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    return out;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

Result<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return Error{Fault::InvalidInput, "The address holds a broken percent escape."};
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
        if (out.back() == '\0') return Error{Fault::InvalidInput, "The address holds a NUL byte."};
    }
    return out;
}

Result<Target> parse_target(std::string_view target) {
    target = origin_form(target);
    target = target.substr(0, target.find('#'));
    std::size_t mark = target.find('?');
    std::string_view path = target.substr(0, mark);
    Target out;
    if (mark == 0) path = "/";
    if (path.empty() || path.front() != '/') return Error{Fault::InvalidInput, "The address must be a path that starts with a slash."};
    out.path = TRY(percent_decode(without_doubled_slashes(path), false));
    std::string_view query = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
    while (!query.empty()) {
        std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
        if (pair.empty()) continue;
        std::size_t equals = std::min(pair.find('='), pair.size());
        Parameter parameter;
        parameter.name = TRY(percent_decode(pair.substr(0, equals), true));
        parameter.value = TRY(percent_decode(pair.substr(std::min(pair.size(), equals + 1)), true));
        out.query.push_back(std::move(parameter));
    }
    return out;
}

const std::string* Request::header(std::string_view name) const {
    auto found = std::ranges::find_if(headers, [&](const Header& each) { return same_word(each.name, name); });
    return found == headers.end() ? nullptr : &found->value;
}

const std::string* Request::query(std::string_view name) const {
    auto found = std::ranges::find(target.query, name, &Parameter::name);
    return found == target.query.end() ? nullptr : &found->value;
}

void Response::set(std::string_view name, std::string value) {
    auto found = std::ranges::find_if(headers, [&](const Header& each) { return same_word(each.name, name); });
    if (found != headers.end()) {
        found->value = std::move(value);
    } else {
        headers.push_back({std::string(name), std::move(value)});
    }
}

std::string_view status_phrase(int status) {
    auto row = std::ranges::find(kPhrases, status, &Phrase::status);
    return row == std::end(kPhrases) ? "Unknown" : row->words;
}

std::string response_head(const Response& response, bool keep_alive, std::string_view now_text) {
    std::string out = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status, status_phrase(response.status), now_text);
    for (const Header& each : response.headers) {
        out += each.name;
        out += ": ";
        out += one_line(each.value);
        out += "\r\n";
    }
    if (response.status != 204 && response.status != 304) out += fmt::format("Content-Length: {}\r\n", response.length());
    out += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return out;
}

std::string http_date(std::int64_t seconds_since_1970) {
    static constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::time_t seconds = static_cast<std::time_t>(seconds_since_1970);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                       kMonths[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

}  // namespace docwright::http
