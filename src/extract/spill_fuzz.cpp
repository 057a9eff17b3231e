// Any bytes as a spilled page: refused, or a page that can be written again and whose indexes hold.
#include <cstdlib>

#include "extract/spill.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace docwright;
    constexpr std::size_t kFonts = 4;
    const Result<extract::AnalysedPage> page = extract::decode_page({reinterpret_cast<const char*>(bytes), size}, kFonts);
    if (!page.ok()) return 0;
    for (const extract::Line& line : page.value().lines) {
        for (std::uint32_t glyph : line.glyphs) {
            if (glyph >= page.value().facts.glyphs.size()) std::abort();
        }
    }
    for (const extract::TextStyle& style : page.value().facts.styles) {
        if (style.font >= kFonts) std::abort();
    }
    const std::string again = extract::encode_page(page.value());
    if (!extract::decode_page(again, kFonts).ok()) std::abort();
    return 0;
}
