// Any bytes in pieces of any size → Answer. Holds: the body is never longer than allowed, and counted as it is.
#include "outgoing/answer_reader.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace docwright;
    constexpr std::uint64_t kBodyBytes = 100;
    if (size == 0) return 0;
    const std::size_t piece = bytes[0] + 1U;  // the first byte says how the rest arrives
    std::string_view rest(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    const FetchRequest request{.url = "http://example.com/", .body_bytes = kBodyBytes};
    Answer answer;
    AnswerReader reader(request, answer);
    bool sound = true;
    while (sound && !reader.done() && !rest.empty()) {
        sound = reader.take(rest.substr(0, piece)).ok();
        rest.remove_prefix(std::min(piece, rest.size()));
    }
    if (sound && !reader.done()) sound = reader.take_end().ok();
    if (answer.body.size() != answer.body_bytes || answer.body_bytes > kBodyBytes) std::abort();
    if (sound && answer.status < 100) std::abort();
    return 0;
}
