// Any bytes are a template part that can be rendered, or refused; what comes out is well-formed and has no tag left that was found.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "docgen/merge/render.h"
#include "docgen/template/compile.h"
#include "docgen/template/xml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace docwright;
    using namespace docwright::docgen;
    const std::string part = R"(<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">)" +
                             std::string(reinterpret_cast<const char*>(bytes), size) + "</w:p>";  // libFuzzer gives bytes
    Result<Program> program = compile(part);
    if (!program.ok()) return 0;
    const json::value values = json::object{{"a", "x < y & \"z\"\n\t"}, {"items", json::array{json::object{{"b", 12.5}}, "text", nullptr}}};
    std::string out;
    const Status rendered = render(
        std::move(program).take(), values, {},
        [&](std::string_view some) -> Status {
            out += some;
            return success();
        },
        [](const std::string&) {});
    if (rendered.ok() && !scan_xml(out).ok()) std::abort();
    return 0;
}
