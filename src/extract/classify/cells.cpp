#include "extract/classify/cells.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ranges>
#include <span>
#include <vector>

#include "extract/text/labels.h"

namespace docwright::extract {

namespace {

// Lines of a cell whose baselines are further apart than this are separate blocks.
constexpr double kBlockLeadingEm = 1.75;
constexpr double kSameRowEm = 0.3;
constexpr std::size_t kOpening = 16;

using Pieces = std::vector<LinePiece>;

// Where the lines of a cell begin a new block: after white, or with a label.
std::vector<std::size_t> block_starts(const PageFacts& facts, const Pieces& pieces) {
    std::vector<std::size_t> starts = {0};
    for (std::size_t i = 1; i < pieces.size(); ++i) {
        const Line &before = *pieces[i - 1].line, &line = *pieces[i].line;
        const bool apart = line.baseline - before.baseline > kBlockLeadingEm * line.size;
        const std::u32string opening = opening_of(facts, line, kOpening);
        const auto label = pieces[i].first_word == 0 ? label_of(opening + U" x") : std::nullopt;
        if (apart || (label && label->kind == LabelKind::Bullet)) starts.push_back(i);
    }
    return starts;
}

// Pieces side by side on one baseline are one printed line.
TextContent printed_text(const PageDrafts& drafts, const Pieces& pieces, std::vector<std::size_t>& ends) {
    TextContent text;
    ends.clear();
    for (std::size_t first = 0; first < pieces.size();) {
        std::size_t last = first + 1;
        while (last < pieces.size() &&
               std::abs(pieces[last].line->baseline - pieces[first].line->baseline) <= kSameRowEm * pieces[first].line->size)
            ++last;
        const TextContent row = assemble(drafts.page.facts, std::span(pieces).subspan(first, last - first), LineEnds::Space, drafts.known);
        if (text.text.empty()) {
            text = row;
        } else {
            text.text += U"\r\n";
            text.glyphs.insert(text.glyphs.end(), 2, -1);
            text.line_starts.push_back(static_cast<std::uint32_t>(text.text.size()));
            text.text += row.text;
            text.glyphs.insert(text.glyphs.end(), row.glyphs.begin(), row.glyphs.end());
        }
        for (std::size_t i = first; i < last; ++i) ends.push_back(text.text.size());
        first = last;
    }
    return text;
}

CellContent cell_content(const PageDrafts& drafts, const Table& table, const Cell& cell) {
    CellContent content{.score = table.structure_score};
    Pieces pieces;
    for (const CellText& text : cell.text) {
        const Line& line = drafts.page.lines[text.line];
        pieces.push_back({.line = &line, .first_word = text.first_word, .word_count = text.word_count});
        for (std::uint32_t w = text.first_word; w < text.first_word + text.word_count; ++w) {
            content.text_box = content.has_text_box ? joined(content.text_box, line.words[w].box) : line.words[w].box;
            content.has_text_box = true;
        }
    }
    std::vector<std::size_t> ends;
    content.text = printed_text(drafts, pieces, ends);
    if (content.text.line_starts.size() < 2) return content;
    const std::vector<std::size_t> starts = block_starts(drafts.page.facts, pieces);
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const std::size_t last = i + 1 < starts.size() ? starts[i + 1] : pieces.size();
        CellBlock block;
        block.text = assemble(drafts.page.facts, std::span(pieces).subspan(starts[i], last - starts[i]), LineEnds::Space, drafts.known);
        const std::size_t from = starts[i] == 0 ? 0 : ends[starts[i] - 1] + 2;
        if (from > ends[last - 1]) continue;
        block.start = static_cast<std::uint32_t>(from);
        block.length = static_cast<std::uint32_t>(ends[last - 1] - from);
        content.blocks.push_back(std::move(block));
    }
    return content;
}

// The edge that the texts of a column share tells how they are set; texts of one length share every edge and tell nothing.
Align alignment_of(std::span<const Box> texts) {
    constexpr double kSameEdge = 0.25;    // of the height of a text
    constexpr double kLengthsDiffer = 1;  // of the height: below that, chance decides
    if (texts.size() < 2) return Align::Unknown;
    const auto spread = [&](auto edge) {
        const auto [least, most] = std::ranges::minmax(texts | std::views::transform(edge));
        return most - least;
    };
    const double height = std::ranges::min(texts | std::views::transform([](const Box& box) { return box.height(); }));
    if (spread([](const Box& box) { return box.width(); }) < kLengthsDiffer * height) return Align::Unknown;
    const double same = kSameEdge * height;
    if (spread([](const Box& box) { return box.left; }) <= same) return Align::Left;
    if (spread([](const Box& box) { return box.right; }) <= same) return Align::Right;
    return spread([](const Box& box) { return box.center_x(); }) <= same ? Align::Center : Align::Unknown;
}

// Column by column; the head of a column is often set in another way and does not count.
void align_cells(TableContent& content) {
    for (int column = 0; column < content.table.column_count; ++column) {
        std::vector<Box> texts;
        std::vector<CellContent*> set;
        for (std::size_t i = 0; i < content.cells.size(); ++i) {
            const Cell& cell = content.table.cells[i];
            const bool counts =
                cell.column == column && cell.column_span == 1 && (cell.kind == CellKind::Content || cell.kind == CellKind::RowHeader);
            if (!counts || !content.cells[i].has_text_box || content.cells[i].text.line_starts.size() > 1) continue;
            texts.push_back(content.cells[i].text_box);
            set.push_back(&content.cells[i]);
        }
        const Align align = alignment_of(texts);
        for (CellContent* cell : set) cell->text.align = align;
    }
}

}  // namespace

Element table_element(const PageDrafts& drafts, const Block& block) {
    const Table& table = drafts.page.tables[block.item];
    Element element{.type = ElementType::Table, .box = table.box, .score = table.score};
    if (table.from_tags) element.structure = Structure::Tagged;
    element.table.table = table;
    for (const Cell& cell : table.cells) element.table.cells.push_back(cell_content(drafts, table, cell));
    align_cells(element.table);
    return element;
}

}  // namespace docwright::extract
