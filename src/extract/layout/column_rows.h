// The rows of a column and what each shows: places, style, label, how it starts and ends. One row is one line, or several
// lines side by side on one baseline (a label and its value). Units: points in reading space.
// Holds: each line atom of the leaf is in one row; rows keep the order of the leaf. Fails: never. Cost: O(n log n).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "extract/layout/reading_order.h"
#include "extract/page/line.h"
#include "extract/page/page_facts.h"
#include "extract/text/labels.h"

namespace docwright::extract {

struct ColumnRow {
    std::vector<std::size_t> atoms;  // more than one: lines side by side
    Box box;
    double baseline = 0;
    double size = 0;
    StyleIndex style = 0;
    FontIndex font = 0;
    bool uniform = false;  // one font from end to end
    std::optional<Label> label;
    double text_left = 0;         // behind the label
    double first_word_width = 0;  // what would have had to fit on the line before
    bool starts_lower = false;
    bool ends_sentence = false;
    bool ends_hyphen = false;
    bool ends_comma = false;
    double underscored = 0;  // width of the longest run of underscores: a rule that is typed
    bool leaders = false;    // a contents entry: a run of dots, or ends in a number after a gap
    bool key_value = false;  // "Label: value"
    bool named = false;      // two lines, the first of them a caption's name ("Table 1:")
};

// What the rows of one column have in common.
struct ColumnShape {
    double left = 0;  // margin where most rows start
    double right = 0;
    double size = 0;     // of most text
    FontIndex font = 0;  // of most text
    double leading = 0;  // most frequent distance of baselines at that size; 0: unknown
};

// A span of leaf atoms that are lines.
std::vector<ColumnRow> rows_of_column(const PageFacts& facts, std::span<const Line> lines, std::span<const Atom> atoms,
                                      std::span<const std::size_t> chosen);

ColumnShape shape_of(std::span<const ColumnRow> rows, const Box& column);

}  // namespace docwright::extract
