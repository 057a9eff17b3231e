// A page after pass 1 ↔ bytes for the scratch: 5 to 10 bytes a glyph.
// What pass 2 has no use for is dropped: ink boxes (they come back as the advance boxes), paint order, nesting of forms,
// pixels. Places are kept in 1/64 point, so that a page read back from scratch is the page that pass 2 always sees.
// Decoding takes any bytes. Error: Internal: they are no page, or an index in them points nowhere.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "extract/page/analysed_page.h"
#include "extract/page/document_facts.h"

namespace docwright::extract {

std::string encode_page(const AnalysedPage& page);
Result<AnalysedPage> decode_page(std::string_view bytes, std::size_t font_count);

// The fonts that a page brought into the document: a later attempt cannot ask the reader for them again.
std::string encode_fonts(std::span<const FontFacts> fonts);
Result<std::vector<FontFacts>> decode_fonts(std::string_view bytes);

}  // namespace docwright::extract
