// Is a draft a table, and is its grid right? Features of a draft, two small logistic models over them, and the best set of
// drafts that do not overlap. The weights (judge_weights.inc) are made by script/train_tables.py from pages with known tables.
// Takes drafts of one page. Gives probabilities, 0 to 1. Units: points. Fails: never.
// Cost: linear in words of a draft; choosing is quadratic in drafts of a page, which are few.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "extract/tables/draft.h"

namespace docwright::extract::tables {

// Each between about -1 and 1, so that weights compare.
enum class Feature : std::size_t {
    Bias,
    Rows,        // log of the count
    Columns,     // log of the count
    Filled,      // share of cells with text
    Values,      // share of texts below the head that are numbers
    LongTexts,   // share of words in cells of many words
    Aligned,     // share of texts that stand on their column's common left, right or middle
    Walls,       // share of inner borders that are drawn
    OuterLines,  // top and bottom edge are drawn
    Captioned,   // a caption stands close by
    Head,        // the first row differs from the rows below by font, kind or a line
    Markers,     // share of first cells that are list markers
    CutWords,    // share of words that a column edge cuts
    Turned,      // share of words not on a level baseline
    Drawn,       // share of the box under pictures and drawings
    EmptyLines,  // share of rows or columns with at most one text
    Labels,      // first column differs from the second by kind
    Density,     // share of the box under words
    Stacked,     // share of words in cells of several lines that are all numbers: rows are missing
    Gaps,        // share of lines within cells with wide white in them: columns are missing
    Contents,    // two columns, the second of rising whole numbers: heads and their pages
    CutLines,    // share of the lines inside that go on outside the box
    BookRules,   // drawn top and bottom, and a line through below the head
    RunOn,       // share of words in cells that go on with the sentence of the long text above them
    HalfRuled,   // which proposer
    Unruled,
    Tagged,
    Count
};
using Features = std::array<double, static_cast<std::size_t>(Feature::Count)>;

struct Verdict {
    double table = 0;      // probability that it is a table
    double structure = 0;  // probability that its grid is right
};

struct Candidate {
    Draft draft;
    Features features{};
    Verdict verdict;
};

Features features_of(const Draft& draft, const PageWords& page, const PageFacts& facts);
Verdict judge(const Features& features);

// Indexes of the chosen candidates, from the top of the page.
std::vector<std::size_t> best_set(std::span<const Candidate> candidates);

}  // namespace docwright::extract::tables
