#include "extract/layout/paragraphs.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "extract/layout/column_rows.h"
#include "extract/layout/text_size.h"

namespace docwright::extract {

namespace {

// Lines of one paragraph have one size; scripts and small capitals are not counted in it.
constexpr double kSameSize = 0.9;
// White between paragraphs adds at least a quarter of the leading, or it is not seen as such.
constexpr double kParagraphLeading = 1.24;
// Leading of a column of which nothing is known: printed text has 1.1 to 1.45 em.
constexpr double kUsualLeadingEm = 1.55;
constexpr double kMostLeadingEm = 2.6;
// Headings are set up to double spaced; further apart are two of them.
constexpr double kHeadingLeadingEm = 2.2;
// Shortest indent that is meant; optical margins and jitter stay below half an em.
constexpr double kIndentEm = 0.7;
constexpr double kSameEdgeEm = 0.35;
// A centred line's middle is the column's to within rounding.
constexpr double kCenteredEm = 0.6;
// What a centred line leaves free on each side at least; less is a full line.
constexpr double kCenteredFreeEm = 1.0;
// A word that would have fitted with this much to spare was put on a new line on purpose.
constexpr double kSpareEm = 0.7;
constexpr double kSameHeadingSize = 0.98;  // the lines of one heading differ by rounding
// A line as wide as this share of the column is full even if ragged.
constexpr double kFullShare = 0.85;
// Rulings this close under a line underline it.
constexpr double kUnderlineEm = 0.25;

struct Judge {
    const ParagraphInput& input;
    std::span<const ColumnRow> rows;
    const ColumnShape& shape;

    bool starts_block(std::size_t first, std::size_t at) const;

private:
    bool ruled_apart(const ColumnRow& a, const ColumnRow& b) const;
    bool set_apart(std::size_t first, std::size_t at) const;
    bool labelled(std::size_t first, std::size_t at) const;
    bool indented(std::size_t first, std::size_t at) const;
    bool ended(std::size_t first, std::size_t at) const;
    bool forced_end(const ColumnRow& a, const ColumnRow& b) const;
    // A running head's rule that is typed.
    bool typed_rule(const ColumnRow& row) const { return row.underscored >= kFullShare * (shape.right - shape.left); }
    bool full(const ColumnRow& row) const { return row.box.width() >= kFullShare * (shape.right - shape.left); }
    bool centered(const ColumnRow& row) const;
    bool symmetric(const ColumnRow& a, const ColumnRow& b) const;
    bool continues_heading(const ColumnRow& a, const ColumnRow& b) const;
    std::uint32_t color(const ColumnRow& row) const { return input.facts.styles[row.style].color; }
};

bool Judge::centered(const ColumnRow& row) const {
    const double middle = (shape.left + shape.right) / 2;
    return std::abs(row.box.center_x() - middle) <= kCenteredEm * row.size && row.box.left - shape.left >= kCenteredFreeEm * row.size;
}

// Two lines centred on each other, whatever the column.
bool Judge::symmetric(const ColumnRow& a, const ColumnRow& b) const {
    return std::abs(a.box.center_x() - b.box.center_x()) <= kSameEdgeEm * b.size && std::abs(a.box.left - b.box.left) > kIndentEm * b.size;
}

bool Judge::ruled_apart(const ColumnRow& a, const ColumnRow& b) const {
    auto rule = std::lower_bound(input.rules.begin(), input.rules.end(), a.baseline + kUnderlineEm * a.size);
    return rule != input.rules.end() && *rule < b.baseline - kUnderlineEm * b.size;
}

// Lines of one heading, however wide its leading is: larger than the page's text, of one look, and the first is full.
bool Judge::continues_heading(const ColumnRow& a, const ColumnRow& b) const {
    const bool large = std::min(a.size, b.size) >= kHeadingSize * input.text_size;
    const bool one_look = a.uniform && b.uniform && a.font == b.font && color(a) == color(b) &&
                          std::min(a.size, b.size) >= kSameHeadingSize * std::max(a.size, b.size);
    return large && one_look && !b.label && !a.ends_sentence && !forced_end(a, b);
}

// White between the lines that the leading does not explain.
bool Judge::set_apart(std::size_t first, std::size_t at) const {
    const ColumnRow &a = rows[at - 1], &b = rows[at];
    const double distance = b.baseline - a.baseline;
    double leading = kUsualLeadingEm * b.size / kParagraphLeading;
    const bool large = b.size >= kHeadingSize * input.text_size;  // wide leading of two lines says nothing of the third
    if (at - first >= 2 && !large) {
        leading = (a.baseline - rows[first].baseline) / static_cast<double>(at - 1 - first);
    } else if (shape.leading > 0 && std::min(b.size, shape.size) >= kSameSize * std::max(b.size, shape.size)) {
        leading = shape.leading;
    } else if (shape.size > 0) {
        leading = std::max(leading, shape.leading / shape.size * b.size);  // loose text has loose headings
    }
    if (continues_heading(a, b)) leading = std::max(leading, kHeadingLeadingEm / kParagraphLeading * b.size);
    if (a.ends_hyphen && b.starts_lower && full(a)) leading = kMostLeadingEm * b.size;  // a word is not set apart from its end
    return distance > std::min(kParagraphLeading * leading, kMostLeadingEm * b.size) || distance <= 0;
}

// Whether a was ended on purpose: b's first word would have fitted behind it.
bool Judge::forced_end(const ColumnRow& a, const ColumnRow& b) const {
    return shape.right - a.box.right > b.first_word_width + kSpareEm * a.size;
}

bool Judge::labelled(std::size_t first, std::size_t at) const {
    const ColumnRow &a = rows[at - 1], &b = rows[at], &head = rows[first];
    if (!b.label) return false;
    if (b.label->kind == LabelKind::Bullet || b.label->kind == LabelKind::CheckBox) {
        // A dash at the start of a line may be one inside a sentence.
        const char32_t code = input.facts.glyphs[input.lines[input.atoms[b.atoms.front()].index].glyphs.front()].code;
        const bool dash = code == U'-' || code == U'–' || code == U'—';
        return !dash || forced_end(a, b) || a.ends_sentence || (head.label && head.label->kind == b.label->kind);
    }
    // A number at the start of a line may belong to the sentence: an item also ends what is before it, or goes on counting.
    if (head.label && head.label->kind == b.label->kind && std::abs(head.box.left - b.box.left) <= kSameEdgeEm * b.size &&
        b.label->number == head.label->number + 1)
        return true;
    return (forced_end(a, b) || a.ends_sentence) && (b.label->closer != 0 || b.label->opener != 0 || forced_end(a, b));
}

bool Judge::indented(std::size_t first, std::size_t at) const {
    const ColumnRow &a = rows[at - 1], &b = rows[at], &head = rows[first];
    const double step = kIndentEm * b.size;
    const bool runs_on = b.starts_lower && !a.ends_sentence;
    const bool hung = head.text_left > head.box.left + step && std::abs(b.box.left - head.text_left) <= kSameEdgeEm * b.size;
    if (hung || (head.label && std::abs(b.box.left - head.text_left) <= step)) return false;  // under its item's text
    if (at - first >= 2) {
        const double rest = rows[first + 1].box.left;
        if (b.box.left < rest - step) return !runs_on;
        return b.box.left > rest + step && !runs_on;
    }
    if (b.box.left < a.box.left - step) {
        // a was the indented first line of b's paragraph, or a piece of its own
        return forced_end(a, b) || b.label.has_value();
    }
    if (b.box.left <= a.box.left + step || runs_on) return false;
    if (forced_end(a, b)) return true;
    const bool hangs = at + 1 < rows.size() && std::abs(rows[at + 1].box.left - b.box.left) <= kSameEdgeEm * b.size;
    return !hangs;
}

// The text before came to its end on a line that had room for more.
bool Judge::ended(std::size_t first, std::size_t at) const {
    const ColumnRow &a = rows[at - 1], &b = rows[at];
    if (!forced_end(a, b) || a.ends_hyphen) return false;
    if (a.key_value && b.key_value) return true;
    if (b.starts_lower && !a.ends_sentence) return false;
    if (a.ends_sentence || full(b)) return true;
    for (std::size_t i = first; i + 1 < at; ++i)
        if (!forced_end(rows[i], rows[i + 1])) return true;
    return false;
}

bool Judge::starts_block(std::size_t first, std::size_t at) const {
    const ColumnRow &a = rows[at - 1], &b = rows[at];
    if (std::min(a.size, b.size) < kSameSize * std::max(a.size, b.size)) return true;
    if (set_apart(first, at) || ruled_apart(a, b) || typed_rule(a)) return true;
    const bool a_is_item = (a.label || a.named) && a.atoms.size() == 2, b_is_item = (b.label || b.named) && b.atoms.size() == 2;
    if ((a.atoms.size() > 1 && !a_is_item) || (b.atoms.size() > 1 && !b_is_item)) return true;
    if (a.leaders || b.leaders) return !(b.leaders && !a.leaders && !a.ends_sentence && !b.label);
    if (labelled(first, at)) return true;
    const bool other_look = a.uniform && b.uniform && (a.font != b.font || color(a) != color(b));
    if (other_look && (forced_end(a, b) || (centered(a) && centered(b)))) return true;
    if ((centered(a) && centered(b)) || symmetric(a, b)) return false;
    const bool set_out = a.size >= kHeadingSize * shape.size || (a.uniform && b.uniform && a.font != shape.font);
    if (set_out && !other_look) return false;  // the lines of a heading end where its author likes
    return indented(first, at) || ended(first, at);
}

// How the lines of a block stand in its column.
Align align_of(std::span<const ColumnRow> rows, const ColumnShape& shape) {
    bool left = true, right = true, center = true;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const ColumnRow& row = rows[i];
        const double slack = kSameEdgeEm * row.size;
        if (i > 0 && std::abs(row.box.left - rows[std::min<std::size_t>(1, rows.size() - 1)].box.left) > slack) left = false;
        if (i + 1 < rows.size() && std::abs(row.box.right - rows[0].box.right) > slack) right = false;
        if (std::abs(row.box.center_x() - (shape.left + shape.right) / 2) > kCenteredEm * row.size) center = false;
    }
    const bool full = rows.front().box.width() >= kFullShare * (shape.right - shape.left);
    if (rows.size() == 1) {
        const ColumnRow& row = rows.front();
        if (full) return Align::Unknown;
        if (center && row.box.left - shape.left >= kCenteredFreeEm * row.size) return Align::Center;
        if (std::abs(row.box.left - shape.left) <= kSameEdgeEm * row.size) return Align::Left;
        if (std::abs(row.box.right - shape.right) <= kSameEdgeEm * row.size) return Align::Right;
        return Align::Unknown;
    }
    if (left && right) return rows.size() > 2 ? Align::Justify : Align::Left;
    if (center && !left) return Align::Center;
    if (left) return Align::Left;
    return right && std::abs(rows.back().box.right - rows[0].box.right) <= kSameEdgeEm * rows[0].size ? Align::Right : Align::Unknown;
}

Block block_of(const ParagraphInput& input, std::span<const ColumnRow> rows, const ColumnShape& shape) {
    Block block{.box = rows.front().box};
    for (const ColumnRow& row : rows) {
        block.box = joined(block.box, row.box);
        for (std::size_t atom : row.atoms) block.lines.push_back(input.atoms[atom].index);
    }
    ColumnShape measure = shape;
    if (input.at_page_edge && input.right > input.left) {
        measure.left = input.left;
        measure.right = input.right;
    }
    block.align = align_of(rows, measure);
    if (rows.size() > 1) {
        block.leading = (rows.back().baseline - rows.front().baseline) / static_cast<double>(rows.size() - 1);
        block.first_indent = rows[0].box.left - rows[1].box.left;
    } else {
        block.first_indent = rows[0].box.left - shape.left;
    }
    return block;
}

// Lines side by side in a zone of furniture have nothing to do with one another.
void split_fragments(const ParagraphInput& input, const ColumnRow& row, const ColumnShape& shape, std::vector<Block>& blocks) {
    for (std::size_t atom : row.atoms) {
        ColumnRow single = row;
        single.atoms = {atom};
        single.box = input.atoms[atom].full;
        blocks.push_back(block_of(input, std::span(&single, 1), shape));
    }
}

void split_rows(const ParagraphInput& input, std::span<const ColumnRow> rows, const ColumnShape& shape, std::vector<Block>& blocks) {
    const Judge judge{.input = input, .rows = rows, .shape = shape};
    std::size_t first = 0;
    for (std::size_t at = 1; at <= rows.size(); ++at) {
        if (at < rows.size() && !judge.starts_block(first, at)) continue;
        if (input.at_page_edge && at - first == 1 && rows[first].atoms.size() > 1 && !rows[first].named && !rows[first].label) {
            split_fragments(input, rows[first], shape, blocks);
        } else {
            blocks.push_back(block_of(input, rows.subspan(first, at - first), shape));
        }
        first = at;
    }
}

}  // namespace

std::vector<Block> split_paragraphs(const ParagraphInput& input, const Leaf& leaf) {
    std::vector<Block> blocks;
    std::vector<std::size_t> line_atoms;
    for (std::size_t i : leaf.atoms)
        if (input.atoms[i].kind == AtomKind::Line) line_atoms.push_back(i);
    const ColumnShape shape = shape_of(rows_of_column(input.facts, input.lines, input.atoms, line_atoms), leaf.column);
    for (std::size_t first = 0; first < leaf.atoms.size();) {
        const Atom& atom = input.atoms[leaf.atoms[first]];
        if (atom.kind == AtomKind::Line) {
            std::size_t last = first;
            while (last < leaf.atoms.size() && input.atoms[leaf.atoms[last]].kind == AtomKind::Line) ++last;
            const auto stretch = std::span(leaf.atoms).subspan(first, last - first);
            split_rows(input, rows_of_column(input.facts, input.lines, input.atoms, stretch), shape, blocks);
            first = last;
            continue;
        }
        Block block{.kind = atom.kind == AtomKind::Table ? BlockKind::Table : BlockKind::Figure, .box = atom.full, .item = atom.index};
        if (atom.kind == AtomKind::Frame) {
            block.kind = BlockKind::Text;
            block.frame = static_cast<int>(atom.index);
        }
        blocks.push_back(block);
        ++first;
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        Block& block = blocks[i];
        block.column_box = leaf.column;
        block.band = leaf.band;
        block.column = leaf.column_index;
        block.space_above = block.box.top - (i > 0 ? blocks[i - 1].box.bottom : leaf.column.top);
        block.space_below = (i + 1 < blocks.size() ? blocks[i + 1].box.top : leaf.column.bottom) - block.box.bottom;
    }
    return blocks;
}

}  // namespace docwright::extract
