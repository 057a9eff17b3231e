#include "extract/classify/edges.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "extract/classify/page_tags.h"
#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

// Furniture stands within two inches of a letter page's ends, or in the side margins.
constexpr double kEdgeShare = 0.16;
constexpr std::size_t kMostLines = 4;
constexpr std::uint32_t kMostWords = 40;
constexpr std::size_t kShownText = 80;
constexpr double kItalicShare = 0.8;
constexpr double kFilledEm = 1.5;
constexpr double kFilledShare = 0.85;  // of the column
constexpr double kColumnShare = 0.3;   // of the widest: a running head is a column by itself, a narrow one
constexpr double kIndentEm = 0.7;
constexpr std::size_t kShownRows = 3;
constexpr double kSameRow = 0.4;

bool outside(const Box& box, const Box& other, bool at_top) {  // `other` lies further towards the middle
    return at_top ? other.top >= box.bottom - box.height() * kSameRow : other.bottom <= box.top + box.height() * kSameRow;
}

void measure_white(const AnalysedPage& page, EdgeBlock& edge) {
    edge.white = std::numeric_limits<double>::max();
    for (std::size_t i = 0; i < page.blocks.size(); ++i) {
        const Box& other = page.blocks[i].box;
        if (i == edge.block || page.blocks[i].line_numbers) continue;
        if (outside(edge.box, other, edge.at_top)) {
            edge.white = std::min(edge.white, edge.at_top ? other.top - edge.box.bottom : edge.box.top - other.bottom);
        } else if (page.blocks[i].lines.size() > kMostLines || page.blocks[i].kind != BlockKind::Text) {
            edge.alone = false;
        }
    }
    if (edge.white > page.facts.height) edge.white = page.facts.height;
    for (const Ruling& ruling : page.facts.rulings) {
        if (ruling.axis != Axis::Horizontal || ruling.to < edge.box.left || ruling.from > edge.box.right) continue;
        const double from = edge.at_top ? edge.box.top : edge.box.top - edge.white;
        const double to = edge.at_top ? edge.box.bottom + edge.white : edge.box.bottom;
        if (ruling.position > from && ruling.position < to && ruling.to - ruling.from > edge.box.width()) edge.ruled_off = true;
    }
}

bool is_furniture_like(const Block& block, const BlockFacts& facts) {
    return block.kind == BlockKind::Text && block.lines.size() <= kMostLines && facts.words <= kMostWords && !facts.text.empty();
}

std::u32string cell_text(const AnalysedPage& page, const Cell& cell) {
    std::vector<LinePiece> pieces;
    for (const CellText& text : cell.text)
        pieces.push_back({.line = &page.lines[text.line], .first_word = text.first_word, .word_count = text.word_count});
    return assemble(page.facts, pieces, LineEnds::Space, {}).text;
}

TableEdge edge_of_table(const AnalysedPage& page, std::uint32_t index) {
    const Table& table = page.tables[index];
    TableEdge edge{.table = index, .box = table.box, .column_edges = table.column_edges, .header_row_count = table.header_row_count};
    for (const Cell& cell : table.cells) {
        if (cell.row < table.header_row_count) edge.header_cells.push_back(cell_text(page, cell));
        if (cell.row >= static_cast<int>(kShownRows)) continue;
        edge.first_rows.resize(std::max(edge.first_rows.size(), static_cast<std::size_t>(cell.row) + 1));
        edge.first_rows[static_cast<std::size_t>(cell.row)].push_back(cell_text(page, cell));
    }
    return edge;
}

bool is_edge(const PageSummary& summary, std::size_t block) {
    return std::any_of(summary.edges.begin(), summary.edges.end(), [&](const EdgeBlock& edge) { return edge.block == block; });
}

TextEdge text_edge(const AnalysedPage& page, std::span<const BlockFacts> facts, std::size_t i) {
    const Block& block = page.blocks[i];
    const BlockFacts& own = facts[i];
    TextEdge edge{.exists = true, .block = static_cast<std::uint32_t>(i), .style = own.key};
    edge.ends_sentence = own.ends_sentence;
    edge.ends_with_hyphen = own.ends_hyphen;
    edge.starts_lower = own.starts_lower;
    edge.fills_line = page.lines[block.lines.back()].box.right >= block.column_box.right - kFilledEm * own.size;
    edge.list_item = own.label.has_value();
    edge.indented = block.first_indent > kIndentEm * own.size;
    return edge;
}

}  // namespace

std::u32string masked(std::u32string_view text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size() && out.size() < kShownText;) {
        std::size_t end = std::min(text.find(U' ', i), text.size());
        const std::u32string_view word = text.substr(i, end - i);
        if (roman_value(word) > 0) {
            out += U'@';
        } else {
            for (char32_t c : word)
                if (!is_digit(c)) {
                    out.push_back(c);
                } else if (out.empty() || out.back() != U'#') {
                    out.push_back(U'#');
                }
        }
        if (end < text.size()) out.push_back(U' ');
        i = end + 1;
    }
    if (out.size() > kShownText) out.resize(kShownText);
    return out;
}

std::vector<EdgeBlock> edge_blocks(const AnalysedPage& page, std::span<const BlockFacts> facts) {
    std::vector<EdgeBlock> edges;
    const double head = kEdgeShare * page.facts.height, foot = page.facts.height - head;
    for (std::size_t i = 0; i < page.blocks.size(); ++i) {
        const Block& block = page.blocks[i];
        if (block.line_numbers || !is_furniture_like(block, facts[i])) continue;
        const bool turned = page.lines[block.lines.front()].angle != 0;
        const bool at_top = block.box.bottom <= head, at_bottom = block.box.top >= foot;
        if (!at_top && !at_bottom && !turned) continue;
        EdgeBlock edge{
            .block = static_cast<std::uint32_t>(i), .masked = masked(facts[i].text), .text = facts[i].text.substr(0, kShownText)};
        edge.box = block.box;
        edge.at_top = at_top || (turned && !at_bottom);
        edge.style = facts[i].key;
        edge.size = facts[i].size;
        edge.artifact = facts[i].artifact_share > 0;
        edge.italic = facts[i].italic_share >= kItalicShare;
        edge.bold = facts[i].bold_share >= kItalicShare;
        edge.caption_like = facts[i].caption_like;
        edge.words = facts[i].words;
        edge.lines = static_cast<std::uint32_t>(block.lines.size());
        measure_white(page, edge);
        edges.push_back(std::move(edge));
    }
    return edges;
}

bool has_only_edges(const AnalysedPage& page, std::span<const EdgeBlock> edges) {
    return std::all_of(page.blocks.begin(), page.blocks.end(), [&](const Block& block) {
        const auto index = static_cast<std::size_t>(&block - page.blocks.data());
        return block.kind == BlockKind::Figure || block.line_numbers ||
               std::any_of(edges.begin(), edges.end(), [&](const EdgeBlock& edge) { return edge.block == index; });
    });
}

Box text_area_of(const AnalysedPage& page, std::span<const EdgeBlock> edges) {
    std::vector<bool> at_edge(page.blocks.size(), false);
    for (const EdgeBlock& edge : edges) at_edge[edge.block] = true;
    Box area;
    for (std::size_t i = 0; i < page.blocks.size(); ++i)
        if (!at_edge[i] && !page.blocks[i].line_numbers) area = area.empty() ? page.blocks[i].box : joined(area, page.blocks[i].box);
    return area;
}

void add_text_edges(const AnalysedPage& page, std::span<const BlockFacts> facts, PageSummary& summary) {
    // The page's furniture is not known yet: blocks that may be are passed over unless their lines are filled like those of text.
    double measure = 0;
    for (const Block& block : page.blocks) measure = std::max(measure, block.column_box.width());
    auto is_filled = [&](const Block& block) {
        return block.column_box.width() >= kColumnShare * measure && block.lines.size() > 1 &&
               page.lines[block.lines.front()].box.width() >= kFilledShare * block.column_box.width();
    };
    auto is_body = [&](std::size_t i) {
        return page.blocks[i].kind == BlockKind::Text && !page.blocks[i].line_numbers && !page.blocks[i].lines.empty() &&
               page.blocks[i].frame < 0 && page.lines[page.blocks[i].lines.front()].angle == 0 &&
               (is_filled(page.blocks[i]) || !is_edge(summary, i));
    };
    for (std::size_t i = 0; i < page.blocks.size() && !summary.first_text.exists; ++i)
        if (is_body(i)) summary.first_text = text_edge(page, facts, i);
    for (std::size_t i = page.blocks.size(); i-- > 0 && !summary.last_text.exists;) {
        if (!is_body(i)) continue;
        const bool note = facts[i].raised_start || facts[i].caption_like;
        if (!note) summary.last_text = text_edge(page, facts, i);
    }
}

void add_table_edges(const AnalysedPage& page, std::span<const BlockFacts> facts, PageSummary& summary) {
    std::size_t first = page.blocks.size(), last = page.blocks.size();
    for (std::size_t i = 0; i < page.blocks.size(); ++i) {
        if (page.blocks[i].kind != BlockKind::Table) continue;
        if (first == page.blocks.size()) first = i;
        last = i;
    }
    if (first == page.blocks.size()) return;
    auto only_edges = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i)
            if (!is_edge(summary, i) && !(to == page.blocks.size() && facts[i].raised_start)) return false;
        return true;
    };
    TableEdge head = edge_of_table(page, page.blocks[first].item);
    head.reaches_top = only_edges(0, first);
    head.captioned = first > 0 && facts[first - 1].caption_like;
    head.reaches_bottom = last == first && only_edges(last + 1, page.blocks.size());
    summary.table_edges.push_back(std::move(head));
    if (last == first) return;
    TableEdge foot = edge_of_table(page, page.blocks[last].item);
    foot.reaches_bottom = only_edges(last + 1, page.blocks.size());
    foot.captioned = facts[last - 1].caption_like;
    summary.table_edges.push_back(std::move(foot));
}

bool page_is_tagged(const AnalysedPage& page) { return PageTags(page.facts).cover_text(); }

}  // namespace docwright::extract
