// Any page: each glyph is in one line at most, words cover their line without a gap.
#include <cstdint>
#include <cstdlib>

#include "extract/text/lines.h"
#include "extract/text/page_fixture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace docwright::extract;
    const PageFacts facts = page_from(bytes, size);
    std::vector<bool> seen(facts.glyphs.size(), false);
    for (const Line& line : build_lines(facts, (size & 1U) != 0)) {
        std::uint32_t next = 0;
        for (const Word& word : line.words) {
            if (word.first != next || word.count == 0) std::abort();
            next = word.first + word.count;
        }
        if (next != line.glyphs.size() || (!line.raised.empty() && line.raised.size() != line.glyphs.size())) std::abort();
        for (std::uint32_t glyph : line.glyphs) {
            if (glyph >= seen.size() || seen[glyph]) std::abort();
            seen[glyph] = true;
        }
    }
    return 0;
}
