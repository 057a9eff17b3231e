// Which fills are painted with a pattern. PDFium says white for a shading pattern and a certain grey for a tiling, so only those
// colours are looked into: white counts as a shading on pages whose resources have one, because nothing else tells them apart.
#pragma once

#include <cstdint>
#include <functional>

#include "engines/pdf/handles.h"

namespace docwright::pdf {

inline constexpr std::uint32_t kPatternColor = 0x808080;  // stands for a colour that cannot be told

class PatternFills {
public:
    // `page_has_shadings` is asked at most when something is white.
    PatternFills(FPDF_DOCUMENT document, std::function<bool()> page_has_shadings)
        : document_(document), page_has_shadings_(std::move(page_has_shadings)) {}

    bool is_pattern(FPDF_PAGEOBJECT object, std::uint32_t said_color) const {
        constexpr std::uint32_t kShadingSays = 0xFFFFFF, kTilingSays = 0xBFBFBF;
        if (said_color == kShadingSays) return page_has_shadings_();
        return said_color == kTilingSays && BitmapHandle(FPDFPageObj_GetRenderedFillPattern(document_, object)) != nullptr;
    }

private:
    FPDF_DOCUMENT document_;
    std::function<bool()> page_has_shadings_;
};

}  // namespace docwright::pdf
