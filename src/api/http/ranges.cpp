#include "api/http/ranges.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "api/http/answers.h"
#include "base/ascii.h"

namespace docwright::http {
namespace {

std::optional<std::uint64_t> whole_number(std::string_view text) {
    std::uint64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::string_view without_weakness(std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; }

// If-Range holds for our strong tag only; a date never matches, because we send none.
bool range_applies(const Request& request, std::string_view etag) {
    const std::string* condition = request.header("if-range");
    return !condition || trimmed(*condition) == etag;
}

}  // namespace

ByteRange requested_range(std::string_view value, std::uint64_t size) {
    constexpr std::string_view kUnit = "bytes=";
    if (value.size() < kUnit.size() || !same_word(value.substr(0, kUnit.size()), kUnit)) return {};
    value = trimmed(value.substr(kUnit.size()));
    std::size_t dash = value.find('-');
    if (dash == std::string_view::npos || value.find(',') != std::string_view::npos) return {};
    std::optional<std::uint64_t> first = whole_number(trimmed(value.substr(0, dash)));
    std::optional<std::uint64_t> last = whole_number(trimmed(value.substr(dash + 1)));
    if (dash == 0) {
        if (!last) return {};
        if (*last == 0 || size == 0) return {.kind = ByteRange::Kind::NotSatisfiable};
        std::uint64_t length = std::min(*last, size);
        return {.kind = ByteRange::Kind::Part, .offset = size - length, .length = length};
    }
    if (!first || (!last && dash + 1 != value.size()) || (last && *last < *first)) return {};
    if (*first >= size) return {.kind = ByteRange::Kind::NotSatisfiable};
    std::uint64_t end = last ? std::min(*last, size - 1) : size - 1;
    return {.kind = ByteRange::Kind::Part, .offset = *first, .length = end - *first + 1};
}

bool etag_matches(std::string_view list, std::string_view etag) {
    while (!list.empty()) {
        std::string_view tag = trimmed(list.substr(0, list.find(',')));
        list.remove_prefix(std::min(list.size(), list.find(',') == std::string_view::npos ? list.size() : list.find(',') + 1));
        if (tag == "*" || without_weakness(tag) == without_weakness(etag)) return true;
    }
    return false;
}

Response file_answer(const Request& request, FileDescriptor file, std::uint64_t size, std::string_view etag, std::string content_type) {
    Response response;
    response.set("ETag", std::string(etag));
    response.set("Accept-Ranges", "bytes");
    if (const std::string* seen = request.header("if-none-match"); seen && etag_matches(*seen, etag)) {
        response.status = 304;
        return response;
    }
    const std::string* wanted = request.header("range");
    ByteRange range = wanted && range_applies(request, etag) ? requested_range(*wanted, size) : ByteRange{};
    if (range.kind == ByteRange::Kind::NotSatisfiable) {
        response = refuse({Fault::InvalidInput,
                           fmt::format("The range asked for lies outside the {} bytes of the document.", size),
                           {},
                           "RANGE_NOT_SATISFIABLE"},
                          request.id);
        response.set("Content-Range", fmt::format("bytes */{}", size));
        return response;
    }
    response.set("Content-Type", std::move(content_type));
    response.file = FileBody{.file = std::move(file), .offset = 0, .length = size};
    if (range.kind == ByteRange::Kind::Part) {
        response.status = 206;
        response.set("Content-Range", fmt::format("bytes {}-{}/{}", range.offset, range.offset + range.length - 1, size));
        response.file->offset = range.offset;
        response.file->length = range.length;
    }
    return response;
}

std::string content_disposition(std::string_view kind, std::string_view file_name) {
    std::string plain;
    std::string encoded;
    for (char letter : file_name) {
        auto code = static_cast<unsigned char>(letter);
        const bool safe = code > 0x20 && code < 0x7f && !std::string_view("\"\\%;'()<>@,:/[]?={}*").contains(letter);
        if (letter == '"' || letter == '\\') {
            plain += '_';
        } else if (code < 0x80) {
            plain += letter;
        } else if (code >= 0xc0) {
            plain += '_';  // one for each letter, not for each of its bytes
        }
        encoded += safe ? std::string(1, letter) : fmt::format("%{:02X}", code);
    }
    return fmt::format("{}; filename=\"{}\"; filename*=UTF-8''{}", kind, plain, encoded);
}

}  // namespace docwright::http
