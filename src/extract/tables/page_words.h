// The words of a page as the proposers see them: flat, with what their characters and style say.
// Takes the page and its lines; gives words in the order of the lines, and text rows (words on one baseline, left to right).
// Units: points, origin top left. Fails: never; words without a sane box or of turned lines are marked and left out of rows.
// Cost: n log n in words.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "extract/page/line.h"
#include "extract/page/page_facts.h"

namespace docwright::extract::tables {

enum class WordKind : std::uint8_t {
    Text,    // letters
    Number,  // amounts, percentages, years, dates: "1,204.5", "(3.2%)", "1990-96"
    Dash,    // stands for an empty or missing value: "-", "–", "n.a.", ":"
    Marker,  // starts a list item: "•", "1.", "(a)", "[12]"
    Leader,  // dots that lead the eye to a page number
};

struct PageWord {
    std::uint32_t line = 0;  // index into the lines
    std::uint32_t word = 0;  // index into Line::words
    Box box;
    double baseline = 0;
    double size = 0;
    WordKind kind = WordKind::Text;
    FontIndex font = 0;                // of its first glyph
    std::int32_t marked_content = -1;  // of its first glyph
    int whole_number = -1;             // value of a word of one to four digits, -1: none
    bool joins_next = false;           // "$": belongs to the number after it, however far
    bool joins_previous = false;       // "%", ")"
    bool starts_lower = false;
    bool ends_colon = false;
    bool ends_sentence = false;
    bool year = false;           // "1997", "1990-96", "2007/08": a number that names a column as often as it is a value
    bool names_caption = false;  // "Table", "Figure" and the like in several languages
    bool level = true;           // on a baseline that runs left to right; only these make rows
};

// Words that belong together on one baseline: no gap between them is wide enough to be a column gap.
struct Segment {
    std::vector<std::uint32_t> words;  // indexes into PageWords::words, left to right
    double left = 0;
    double right = 0;
};

struct TextRow {
    std::vector<Segment> segments;  // left to right
    Box box;
    double baseline = 0;
    double size = 0;  // of most words
};

struct PageWords {
    std::vector<PageWord> words;
    double body_size = 10;                   // median size of the level words
    std::vector<int> words_of_line;          // sane words of each line
    std::vector<std::uint32_t> by_center_y;  // sane words by the middle of their box, from the top
};

// Do most of the words stand for a value: a number, its unit, or a dash in its place? False for none.
bool is_value(const PageWords& page, std::span<const std::uint32_t> words);

// Median, 0 for none. Takes a copy on purpose: the order of the caller's values stays.
double median(std::vector<double> values);

PageWords flatten_words(const PageFacts& facts, std::span<const Line> lines);

// The given words as rows from the top. A row is cut into segments where the white is wider than `segment_gap_em` of its size.
std::vector<TextRow> build_rows(const PageWords& page, std::span<const std::uint32_t> words, double segment_gap_em);

// Indexes of sane words whose centre lies in the box, in the order of by_center_y.
std::vector<std::uint32_t> words_inside(const PageWords& page, const Box& box);

// White between two neighbours of a row; none where the one belongs to the other.
double white_between(const PageWord& before, const PageWord& after);

// White wider than this share of the size may separate two columns. Spaces of justified prose stay below 0.7 em.
constexpr double kSegmentGapEm = 0.8;

}  // namespace docwright::extract::tables
