// Any page: each line is in exactly one block or figure, and references point somewhere.
#include <cstdint>
#include <cstdlib>

#include "extract/layout/page_layout.h"
#include "extract/text/lines.h"
#include "extract/text/page_fixture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace docwright::extract;
    PageFacts facts = page_from(bytes, size);
    for (std::size_t i = 0; i + 4 <= size && i < 64; i += 16) {
        const Box box{bytes[i] * 2.0, bytes[i + 1] * 2.0, bytes[i] * 2.0 + bytes[i + 2], bytes[i + 1] * 2.0 + bytes[i + 3]};
        if (i % 32 == 0) {
            facts.drawings.push_back({.box = box, .path_count = 3, .segment_count = 30});
        } else {
            facts.fills.push_back({.box = box, .color = 0xEEDDCC});
        }
    }
    std::vector<Line> lines = build_lines(facts, false);
    const AnalysedPage page = lay_out(std::move(facts), std::move(lines), {});
    std::vector<int> seen(page.lines.size(), 0);
    for (const Block& block : page.blocks) {
        if (block.kind == BlockKind::Figure && block.item >= page.figures.size()) std::abort();
        if (block.frame >= static_cast<int>(page.frames.size())) std::abort();
        for (std::uint32_t line : block.lines) ++seen.at(line);
        if (block.kind == BlockKind::Figure)
            for (std::uint32_t line : page.figures[block.item].lines) ++seen.at(line);
    }
    for (int count : seen)
        if (count != 1) std::abort();
    return 0;
}
