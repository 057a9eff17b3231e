// What is written in canonical form reads back as the same value and writes as the same bytes.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace docwright;
    const Result<json::value> value = parse_json(std::string_view(reinterpret_cast<const char*>(bytes), size));  // libFuzzer gives bytes
    if (!value.ok()) return 0;
    const Result<std::string> text = canonical_json(value.value());
    if (!text.ok()) return 0;
    const Result<json::value> again = parse_json(text.value());
    if (!again.ok()) std::abort();
    const Result<std::string> second = canonical_json(again.value());
    if (!second.ok() || second.value() != text.value()) std::abort();
    return 0;
}
