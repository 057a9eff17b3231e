#include "extract/classify/elements.h"

#include <map>
#include <string>
#include <vector>

#include "extract/text/assemble.h"

namespace docwright::extract {

namespace {

constexpr double kUntypedScore = 0.6;  // of a paragraph that nothing else speaks for or against

Element text_element(const AnalysedPage& page, const Block& block) {
    std::vector<LinePiece> pieces;
    for (std::uint32_t line : block.lines) pieces.push_back(whole(page.lines[line]));
    Element element{.type = ElementType::Paragraph, .box = block.box, .score = kUntypedScore};
    element.text = assemble(page.facts, pieces, LineEnds::Space);
    return element;
}

Element table_element(const AnalysedPage& page, const Table& table) {
    Element element{.type = ElementType::Table, .box = table.box, .score = table.score};
    element.table.table = table;
    for (const Cell& cell : table.cells) {
        std::vector<LinePiece> pieces;
        for (const CellText& text : cell.text)
            pieces.push_back({.line = &page.lines[text.line], .first_word = text.first_word, .word_count = text.word_count});
        CellContent& content = element.table.cells.emplace_back();
        content.text = assemble(page.facts, pieces, LineEnds::CarriageReturnNewline);
        content.score = table.score;
    }
    return element;
}

const char* reason_of(Hidden hidden) {
    switch (hidden) {
        case Hidden::No: return "decoration";
        case Hidden::Invisible: return "hidden.invisible";
        case Hidden::SameColor: return "hidden.sameColor";
        case Hidden::Covered: return "hidden.covered";
        case Hidden::Clipped: return "hidden.clipped";
        case Hidden::OffPage: return "hidden.offPage";
        case Hidden::LayerOff: return "hidden.layerOff";
        case Hidden::Microscopic: return "hidden.microscopic";
        case Hidden::Duplicate: return "duplicate";
    }
    return "decoration";
}

void mark_owned(const TextContent& text, std::vector<bool>& owned) {
    for (std::int32_t glyph : text.glyphs)
        if (glyph >= 0) owned[static_cast<std::size_t>(glyph)] = true;
}

void list_left_out(const AnalysedPage& page, PageElements& out) {
    std::vector<bool> owned(page.facts.glyphs.size(), false);
    for (const Element& element : out.elements) {
        mark_owned(element.text, owned);
        for (const CellContent& cell : element.table.cells) mark_owned(cell.text, owned);
    }
    std::map<std::string, LeftOut> items;
    for (std::size_t i = 0; i < owned.size(); ++i) {
        if (owned[i]) continue;
        const Glyph& glyph = page.facts.glyphs[i];
        LeftOut& item = items[reason_of(glyph.hidden)];
        item.reason = reason_of(glyph.hidden);
        item.box = item.has_box ? joined(item.box, glyph.advance) : glyph.advance;
        item.has_box = true;
        item.text.push_back(glyph.code);
        ++item.count;
    }
    for (auto& [reason, item] : items) out.left_out.push_back(std::move(item));
}

}  // namespace

PageElements classify_page(const AnalysedPage& page, const DocumentFacts&, const DocumentContext&) {
    PageElements out;
    for (const Block& block : page.blocks) {
        switch (block.kind) {
            case BlockKind::Text: out.elements.push_back(text_element(page, block)); break;
            case BlockKind::Table: out.elements.push_back(table_element(page, page.tables[block.item])); break;
            case BlockKind::Figure: {
                Element element{.type = ElementType::Image, .box = block.box, .score = kUntypedScore};
                element.figure = page.figures[block.item];
                out.elements.push_back(std::move(element));
                break;
            }
        }
    }
    list_left_out(page, out);
    return out;
}

}  // namespace docwright::extract
