#include "extract/tables/heads.h"

#include <algorithm>
#include <cstddef>
#include <map>

namespace docwright::extract::tables {
namespace {

constexpr int kMostHeadRows = 6;             // spanning heads over groups over units; more are rows of a text table
constexpr double kBodyShare = 0.6;           // of the texts of a column are values: a column of values
constexpr double kHeadShare = 0.8;           // of the words of a head row differ from the body's font
constexpr double kShadedShare = 0.5;         // of a row's width under fills of a colour that the body has not
constexpr std::uint32_t kNoFill = 0xFFFFFF;  // white paper

struct RowFacts {
    int texts = 0;   // cells with words that begin in this row
    int values = 0;  // of those beside the first column, numbers and dashes that are no years
    int beside = 0;  // texts beside the first column
    int years = 0;   // of those, years
    int words = 0;
    int other_font = 0;            // words in a font that is not the body's
    int reach = 1;                 // rows down to the end of its longest span of rows
    bool spans = false;            // some cell spans columns, but not all of them
    std::uint32_t fill = kNoFill;  // colour under most of it
};

enum class TextKind { None, Text, Value, Year };

TextKind kind_of(const DraftCell& cell, const PageWords& page) {
    if (cell.words.empty()) return TextKind::None;
    const auto years = std::count_if(cell.words.begin(), cell.words.end(), [&](std::uint32_t index) { return page.words[index].year; });
    if (years * 2 > static_cast<std::ptrdiff_t>(cell.words.size())) return TextKind::Year;
    return is_value(page, cell.words) ? TextKind::Value : TextKind::Text;
}

// Font of most words in the lower rows beside the first column; heads stand above, stubs beside.
FontIndex body_font(const Draft& draft, const PageWords& page) {
    std::map<FontIndex, int> counts;
    for (const DraftCell& cell : draft.cells)
        if (cell.row * 2 >= draft.rows() && (cell.column > 0 || draft.columns() == 1))
            for (std::uint32_t index : cell.words) ++counts[page.words[index].font];
    FontIndex best = 0;
    int most = 0;
    for (const auto& [font, count] : counts)
        if (count > most) best = font, most = count;
    return best;
}

// Colour of the topmost fill under the middle of a cell.
std::uint32_t fill_under(const Box& box, const std::vector<const Fill*>& fills) {
    const Point middle{box.center_x(), box.center_y()};
    const Fill* top = nullptr;
    for (const Fill* fill : fills)
        if (fill->box.holds(middle) && (!top || fill->paint_order >= top->paint_order)) top = fill;
    return top ? top->color : kNoFill;
}

void add_fills(std::vector<RowFacts>& rows, const Draft& draft, const PageFacts& facts) {
    std::vector<const Fill*> fills;
    for (const Fill& fill : facts.fills)
        if (fill.alpha > 0 && shared(fill.box, draft.box()).area() > 0) fills.push_back(&fill);
    constexpr std::size_t kMostPairs = 2'000'000;  // cells × fills; a table shaded dot by dot says nothing here
    if (fills.empty() || fills.size() * draft.cells.size() > kMostPairs) return;
    std::vector<std::map<std::uint32_t, double>> widths(rows.size());
    for (const DraftCell& cell : draft.cells) {
        const Box box = draft.cell_box(cell);
        widths[static_cast<std::size_t>(cell.row)][fill_under(box, fills)] += box.width();
    }
    for (std::size_t row = 0; row < rows.size(); ++row)
        for (const auto& [color, width] : widths[row])
            if (color != kNoFill && width >= kShadedShare * draft.box().width()) rows[row].fill = color;
}

std::vector<RowFacts> gather(const Draft& draft, const PageWords& page, const PageFacts& facts) {
    std::vector<RowFacts> rows(static_cast<std::size_t>(draft.rows()));
    const FontIndex font = body_font(draft, page);
    for (const DraftCell& cell : draft.cells) {
        RowFacts& row = rows[static_cast<std::size_t>(cell.row)];
        row.reach = std::max(row.reach, cell.row_span);
        if (cell.words.empty()) continue;
        row.spans = row.spans || (cell.column_span > 1 && cell.column_span < draft.columns());
        ++row.texts;
        for (std::uint32_t index : cell.words) {
            ++row.words;
            row.other_font += page.words[index].font != font;
        }
        if (cell.column == 0) continue;
        const TextKind kind = kind_of(cell, page);
        ++row.beside;
        row.values += kind == TextKind::Value;
        row.years += kind == TextKind::Year;
    }
    add_fills(rows, draft, facts);
    return rows;
}

struct ColumnFacts {
    int texts = 0;
    int values = 0;
    bool holds_values() const { return texts > 0 && values >= kBodyShare * texts; }
};

std::vector<ColumnFacts> count_columns(const Draft& draft, const PageWords& page, int first_row) {
    std::vector<ColumnFacts> columns(static_cast<std::size_t>(draft.columns()));
    for (const DraftCell& cell : draft.cells) {
        if (cell.row < first_row || cell.column_span > 1 || cell.words.empty()) continue;
        ColumnFacts& column = columns[static_cast<std::size_t>(cell.column)];
        ++column.texts;
        const TextKind kind = kind_of(cell, page);
        column.values += kind == TextKind::Value || (kind == TextKind::Year && cell.column > 0);  // years on the left name rows
    }
    return columns;
}

bool is_head_row(const std::vector<RowFacts>& rows, std::size_t row, bool body_has_values) {
    const RowFacts& facts = rows[row];
    const RowFacts& last = rows.back();
    const RowFacts& middle = rows[rows.size() / 2];
    if (facts.texts == 0) return row == 0;
    if (facts.values * 2 > facts.beside) return false;
    if (row > 0 && facts.texts == 1 && facts.beside == 0) return false;  // a section row
    if (facts.words > 0 && facts.other_font >= kHeadShare * facts.words) return true;
    if (facts.fill != kNoFill && facts.fill != middle.fill && facts.fill != last.fill) return true;
    if (facts.spans) return true;
    if (!body_has_values) return false;
    // Without values where the body has them: the first row, and rows below spans or below a row that leaves columns open.
    const bool below_part = row > 0 && (rows[row - 1].spans || rows[row - 1].texts < facts.texts);
    if (facts.years > 0 && facts.years + 1 >= facts.beside) return row == 0 || below_part || facts.texts == facts.beside;
    return facts.values == 0 && facts.years == 0 && facts.beside > 0 && (row == 0 || below_part);
}

int count_head_rows(const std::vector<RowFacts>& rows, bool body_has_values, bool drawn) {
    const int most = std::min(static_cast<int>(rows.size()) - 1, kMostHeadRows);
    int head = 0;
    int reach = 0;
    while (head < most && (head < reach || is_head_row(rows, static_cast<std::size_t>(head), body_has_values))) {
        reach = std::max(reach, head + rows[static_cast<std::size_t>(head)].reach);
        ++head;
    }
    // A drawn table of texts without any other sign names its columns in the first row.
    if (head == 0 && drawn && most > 0 && rows[0].values == 0 && rows[0].years == 0 && rows[0].texts > 1 && !body_has_values) return 1;
    return head;
}

int count_head_columns(const std::vector<ColumnFacts>& columns) {
    int head = 0;
    while (head + 1 < static_cast<int>(columns.size()) && !columns[static_cast<std::size_t>(head)].holds_values()) ++head;
    const bool rest_values = std::all_of(columns.begin() + head, columns.end(),
                                         [](const ColumnFacts& column) { return column.texts == 0 || column.holds_values(); });
    if (rest_values && columns.back().holds_values()) return head;
    const bool first_names = !columns.empty() && !columns[0].holds_values() && columns.size() > 1 && columns[1].holds_values();
    return first_names ? 1 : 0;
}

}  // namespace

void mark_heads(Draft& draft, const PageWords& page, const PageFacts& facts) {
    if (draft.rows() < 2 || draft.columns() < 1) return;
    const std::vector<RowFacts> rows = gather(draft, page, facts);
    const std::vector<ColumnFacts> lower = count_columns(draft, page, draft.rows() / 2);
    const bool body_has_values = std::any_of(lower.begin(), lower.end(), [](const ColumnFacts& column) { return column.holds_values(); });
    draft.header_rows = count_head_rows(rows, body_has_values, draft.wall_share > 0);
    draft.header_columns = draft.columns() > 1 ? count_head_columns(count_columns(draft, page, draft.header_rows)) : 0;
    for (DraftCell& cell : draft.cells) {
        const bool in_rows = cell.row < draft.header_rows;
        const bool in_columns = cell.column < draft.header_columns;
        const bool section = cell.row > 0 && rows[static_cast<std::size_t>(cell.row)].texts == 1 && cell.column == 0 &&
                             !cell.words.empty() && cell.row + 1 < draft.rows() && kind_of(cell, page) == TextKind::Text;
        if (in_rows)
            cell.kind = in_columns ? CellKind::StubHead : CellKind::ColumnHeader;
        else if (section)
            cell.kind = CellKind::SectionHeader;
        else
            cell.kind = in_columns ? CellKind::RowHeader : CellKind::Content;
    }
}

}  // namespace docwright::extract::tables
