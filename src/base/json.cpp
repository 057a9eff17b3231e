#include "base/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/limits.h"

namespace docwright {
namespace {

constexpr std::int64_t kExactInteger = 1LL << 53;  // the largest that every JSON reader keeps exact

void write_string(std::string& out, std::string_view text) {
    out += '"';
    for (char letter : text) {
        switch (letter) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (static_cast<unsigned char>(letter) < 0x20) {
                    out += fmt::format("\\u{:04x}", static_cast<unsigned>(letter));
                } else {
                    out += letter;
                }
        }
    }
    out += '"';
}

std::vector<std::string_view> sorted_keys(const json::object& object) {
    std::vector<std::string_view> keys;
    for (const auto& member : object) keys.emplace_back(member.key());
    std::ranges::sort(keys);
    return keys;
}

Error broken(std::string_view path, std::string_view rule) {
    return Error{Fault::Internal, "A record cannot be written.", fmt::format("{}: {}", path.empty() ? "/" : path, rule)};
}

Status write_canonical(std::string& out, const json::value& value, const std::string& path);

Status write_canonical_object(std::string& out, const json::object& object, const std::string& path) {
    if (object.empty()) return broken(path, "empty object");
    out += '{';
    for (std::string_view key : sorted_keys(object)) {
        if (!std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7f; })) return broken(path, "key is not printable ASCII");
        if (out.back() != '{') out += ',';
        write_string(out, key);
        out += ':';
        TRY(write_canonical(out, object.at(key), path + "/" + std::string(key)));
    }
    out += '}';
    return success();
}

Status write_canonical(std::string& out, const json::value& value, const std::string& path) {
    switch (value.kind()) {
        case json::kind::object: return write_canonical_object(out, value.get_object(), path);
        case json::kind::array:
            out += '[';
            for (const json::value& item : value.get_array()) {
                if (out.back() != '[') out += ',';
                TRY(write_canonical(out, item, path + "/[]"));
            }
            out += ']';
            return success();
        case json::kind::string:
            if (value.get_string().empty()) return broken(path, "empty string");
            write_string(out, value.get_string());
            return success();
        case json::kind::int64:
            if (std::abs(value.get_int64()) > kExactInteger) return broken(path, "integer beyond 2^53");
            out += std::to_string(value.get_int64());
            return success();
        case json::kind::uint64:
            if (value.get_uint64() > static_cast<std::uint64_t>(kExactInteger)) return broken(path, "integer beyond 2^53");
            out += std::to_string(value.get_uint64());
            return success();
        case json::kind::bool_: out += value.get_bool() ? "true" : "false"; return success();
        case json::kind::double_: return broken(path, "number is not an integer");
        case json::kind::null: return broken(path, "null");
    }
    return broken(path, "unknown kind");
}

void write_sorted(std::string& out, const json::value& value) {
    if (value.is_object()) {
        out += '{';
        for (std::string_view key : sorted_keys(value.get_object())) {
            if (out.back() != '{') out += ',';
            write_string(out, key);
            out += ':';
            write_sorted(out, value.get_object().at(key));
        }
        out += '}';
    } else if (value.is_array()) {
        out += '[';
        for (const json::value& item : value.get_array()) {
            if (out.back() != '[') out += ',';
            write_sorted(out, item);
        }
        out += ']';
    } else {
        out += json::serialize(value);
    }
}

}  // namespace

Result<json::value> parse_json(std::string_view text) {
    json::parse_options options;
    options.max_depth = limits::kJsonDepth;
    json::stream_parser parser({}, options);
    boost::system::error_code error;
    std::size_t used = parser.write_some(text.data(), text.size(), error);
    if (!error) parser.finish(error);
    if (error) {
        return Error{Fault::InvalidInput, fmt::format("The body is not valid JSON (at byte {}).", used), error.message()};
    }
    if (text.find_first_not_of(" \t\r\n", used) != std::string_view::npos) {
        return Error{Fault::InvalidInput, fmt::format("The body is not valid JSON (more text at byte {}).", used)};
    }
    return parser.release();
}

Result<std::string> canonical_json(const json::value& value) {
    std::string out;
    TRY(write_canonical(out, value, ""));
    return out;
}

std::string sorted_json(const json::value& value) {
    std::string out;
    write_sorted(out, value);
    return out;
}

}  // namespace docwright
