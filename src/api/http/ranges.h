// Conditional and range requests on one representation (RFC 9110, 13 and 14). Offsets and lengths are bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/http/message.h"

namespace docwright::http {

struct ByteRange {
    enum class Kind { Whole, Part, NotSatisfiable };
    Kind kind = Kind::Whole;
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};

// The value of a Range header against a body of `size` bytes. One range is served; several, another unit or a value that
// does not parse give the whole body, as RFC 9110, 14.2 allows.
ByteRange requested_range(std::string_view value, std::uint64_t size);

// If-None-Match: a list of tags or "*"; weak tags compare by their text.
bool etag_matches(std::string_view list, std::string_view etag);

// Answers `request` from `file`: 200, 206, 304 or 416 by its Range, If-None-Match and If-Range. `etag` is quoted.
Response file_answer(const Request& request, FileDescriptor file, std::uint64_t size, std::string_view etag, std::string content_type);

// `attachment; filename="…"; filename*=UTF-8''…` for a name of valid UTF-8 without path and control characters.
std::string content_disposition(std::string_view kind, std::string_view file_name);

}  // namespace docwright::http
