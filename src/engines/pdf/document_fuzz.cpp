// Any bytes as a PDF: an error or pages whose numbers can be worked with.
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "base/limits.h"
#include "engines/pdf/document.h"
#include "engines/pdf/library.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const docwright::pdf::Library library;  // once in a process
    auto opened = docwright::pdf::open_pdf({reinterpret_cast<const char*>(bytes), size}, "");
    if (!opened.ok()) {
        if (opened.error().message.empty() || opened.error().reason.empty()) std::abort();
        return 0;
    }
    constexpr int kFewPages = 3;
    for (int page = 0; page < std::min(opened.value()->facts().page_count, kFewPages); ++page) {
        auto read = opened.value()->read_page(page);
        if (!read.ok()) continue;
        const docwright::extract::PageFacts& facts = read.value();
        if (facts.glyphs.size() > docwright::limits::kGlyphsPerPage) std::abort();
        for (const auto& glyph : facts.glyphs) {
            if (glyph.style >= facts.styles.size() || glyph.first_further + glyph.further_count > facts.further.size()) std::abort();
        }
        for (const auto& ruling : facts.rulings) {
            if (!(ruling.from < ruling.to)) std::abort();
        }
        for (const auto& note : facts.annotations) {
            if (note.reply_to >= static_cast<int>(facts.annotations.size())) std::abort();
        }
    }
    return 0;
}
