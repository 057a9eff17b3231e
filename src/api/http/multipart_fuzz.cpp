// The promise of multipart.h: events pair up, and the parts do not depend on how the body was cut.
// The first byte is the size of the pieces.
#include <cstdint>
#include <cstdlib>

#include "api/http/multipart.h"

namespace {

using namespace docwright;
using namespace docwright::http;

struct Recorder final : PartEvents {
    std::string record;
    bool inside = false;
    Status part_begins(const PartHead& head) override {
        if (inside) std::abort();
        inside = true;
        record += "<" + head.name + "|" + head.file_name + ">";
        return success();
    }
    Status part_data(std::string_view bytes) override {
        if (!inside || bytes.empty()) std::abort();
        record += bytes;
        return success();
    }
    Status part_ends() override {
        if (!inside) std::abort();
        inside = false;
        record += "</>";
        return success();
    }
};

struct Outcome {
    std::string record;
    bool whole;
};

Outcome run(std::string_view body, std::size_t piece) {
    MultipartParser parser("b");
    Recorder recorder;
    for (std::size_t at = 0; at < body.size(); at += piece) {
        if (!parser.feed(body.substr(at, piece), recorder).ok()) return {{}, false};
    }
    return {recorder.record, parser.finish().ok()};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0) return 0;
    std::string_view body(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    Outcome whole = run(body, body.size() + 1);
    Outcome cut = run(body, 1u + bytes[0]);
    if (whole.whole != cut.whole || (whole.whole && whole.record != cut.record)) std::abort();
    (void)multipart_boundary(body);
    return 0;
}
