#include "extract/debug_pictures.h"

#include <cmath>
#include <string>

#include "extract/classify/elements.h"
#include "extract/spill.h"
#include "extract/tables/grid_drawing.h"
#include "formats/canvas.h"
#include "formats/png.h"
#include "formats/zip.h"

namespace docwright::extract {
namespace {

constexpr double kDpi = 100;  // text stays readable, a page is 850 × 1100 pixels
constexpr double kPointsPerInch = 72;
constexpr std::uint32_t kBlue = 0x1E66D0;
constexpr std::uint32_t kGreen = 0x1A8F3C;
constexpr std::uint32_t kRed = 0xD02A1E;
constexpr std::uint32_t kViolet = 0x8A2BC8;
constexpr std::uint32_t kOrange = 0xD07A1E;
constexpr std::uint32_t kGrey = 0x707070;

class PageCanvas {
public:
    explicit PageCanvas(const Bitmap& page)
        : canvas_(page.width, page.height, page.channels, page.pixels), scale_(page.dpi / kPointsPerInch) {}
    void box(const Box& box, std::uint32_t color, std::string_view label, bool filled = false) {
        const formats::PixelBox pixels = {pixel(box.left), pixel(box.top), pixel(box.right), pixel(box.bottom)};
        if (filled) canvas_.tint(pixels, color);
        canvas_.outline(pixels, color);
        if (!label.empty()) canvas_.label(pixels.left, pixels.top, label, color);
    }
    const formats::Canvas& canvas() const { return canvas_; }

private:
    int pixel(double points) const { return static_cast<int>(std::lround(points * scale_)); }
    formats::Canvas canvas_;
    double scale_;
};

void draw_lines(PageCanvas& drawing, const AnalysedPage& page) {
    int order = 0;
    for (const Line& line : page.lines) {
        for (const Word& word : line.words) drawing.box(word.box, kGreen, "", true);
        drawing.box(line.box, kBlue, std::to_string(++order));
    }
}

void draw_blocks(PageCanvas& drawing, const AnalysedPage& page) {
    for (const Frame& frame : page.frames) drawing.box(frame.box, kOrange, "");
    int order = 0;
    for (const Block& block : page.blocks) {
        const std::uint32_t color = block.kind == BlockKind::Table ? kRed : block.kind == BlockKind::Figure ? kViolet : kBlue;
        drawing.box(block.box, color, std::to_string(++order), true);
    }
}

void draw_tables(PageCanvas& drawing, const AnalysedPage& page) {
    for (const GridShape& shape : grid_drawing(page.tables)) drawing.box(shape.box, shape.color, shape.label, shape.filled);
}

struct ElementDress {
    std::string_view word;
    std::uint32_t color;
};

ElementDress dress(ElementType type) {
    switch (type) {
        case ElementType::Title: return {"T", kRed};
        case ElementType::Head: return {"H", kRed};
        case ElementType::Paragraph: return {"P", kBlue};
        case ElementType::Table: return {"TB", kGreen};
        case ElementType::Image: return {"I", kViolet};
        case ElementType::HeaderFooter: return {"HF", kGrey};
        case ElementType::Form: return {"FI", kOrange};
        case ElementType::Hyperlink: return {"L", kOrange};
        case ElementType::Footnote: return {"N", kGrey};
        case ElementType::Sidebar: return {"S", kViolet};
        case ElementType::Annotation: return {"A", kOrange};
        case ElementType::Formula: return {"M", kGreen};
    }
    return {"", kGrey};
}

void draw_elements(PageCanvas& drawing, const AnalysedPage& page, const Extraction& extraction) {
    const PageElements elements = classify_page(page, extraction.document, extraction.context);
    int order = 0;
    for (const Element& element : elements.elements) {
        const auto [word, color] = dress(element.type);
        std::string label(word);
        if (element.type == ElementType::Head) label += std::to_string(element.level) + "/";
        drawing.box(element.box, color, label + std::to_string(++order), element.type != ElementType::Paragraph);
        for (const Cell& cell : element.table.table.cells) drawing.box(cell.box, color, "");
    }
}

}  // namespace

Status write_debug_pictures(PageSource& source, const Extraction& extraction, DebugStage stage, int output) {
    formats::ZipWriter zip(output);
    for (const auto& [index, place] : extraction.pages) {
        const std::string bytes = TRY(extraction.log->read(place));
        const AnalysedPage page = TRY(decode_page(bytes, extraction.document.fonts.size()));
        const Result<Bitmap> bitmap = source.render(index, {0, 0, page.facts.width, page.facts.height}, kDpi);
        if (!bitmap.ok()) continue;
        PageCanvas drawing(bitmap.value());
        if (stage == DebugStage::Lines) draw_lines(drawing, page);
        if (stage == DebugStage::Blocks) draw_blocks(drawing, page);
        if (stage == DebugStage::Tables) draw_tables(drawing, page);
        if (stage == DebugStage::Elements) draw_elements(drawing, page, extraction);
        const formats::Canvas& canvas = drawing.canvas();
        TRY(zip.begin_stored("page" + std::to_string(index + 1) + ".png"));
        TRY(zip.add(formats::encode_png(canvas.width(), canvas.height(), 3, canvas.pixels(), bitmap.value().dpi)));
        TRY(zip.end());
    }
    return zip.finish();
}

}  // namespace docwright::extract
