#include "extract/tables/judge.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace docwright::extract::tables {
namespace {

struct Weights {
    Features table;
    Features structure;
};
constexpr Weights kWeights = {
#include "extract/tables/judge_weights.inc"
};

constexpr double kManyRows = 30;           // the logarithm of the counts is scaled so that this is 1
constexpr int kLongText = 12;              // words: a cell with more is a sentence
constexpr double kWideGapEm = 2;           // white inside a cell that no justified line has
constexpr double kRisingShare = 0.85;      // of the rows: a list of contents has a few lines without a page
constexpr double kSureContents = 5;        // rows: in shorter ones chance may sort the numbers
constexpr double kThroughShare = 0.8;      // of the width: a line that parts all columns
constexpr std::size_t kFewestRunning = 4;  // words: a cell with fewer is no sentence to go on with
constexpr double kAlignedEm = 0.35;        // texts that share an edge do so within a third of the size
constexpr double kCaptionEm = 3;           // a caption stands at most three lines away
constexpr double kFewerValues = 0.33;      // in the head than below, as shares of the texts
constexpr double kCutEm = 0.3;             // a word is cut if so much of it stands on either side
constexpr double kEdgeDrawn = 3;           // points, as the rulings snap
constexpr double kLeastValue = 0.35;       // of table × structure: below, running text is the better reading
constexpr std::size_t kExactChoice = 14;   // candidates in one heap of overlaps that are tried in all combinations

double& at(Features& features, Feature feature) { return features[static_cast<std::size_t>(feature)]; }

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

Box text_box(const DraftCell& cell, const PageWords& page) {
    Box box = page.words[cell.words.front()].box;
    for (std::uint32_t index : cell.words)
        if (page.words[index].kind != WordKind::Leader) box = joined(box, page.words[index].box);
    return box;
}

// Most places that agree within the tolerance with one of them.
std::size_t agreeing(std::vector<double> places, double tolerance) {
    std::sort(places.begin(), places.end());
    std::size_t best = 0;
    std::size_t from = 0;
    for (std::size_t to = 0; to < places.size(); ++to) {
        while (places[to] - places[from] > tolerance) ++from;
        best = std::max(best, to - from + 1);
    }
    return best;
}

void count_cells(Features& features, const Draft& draft, const PageWords& page) {
    double filled = 0;
    double words = 0;
    double long_words = 0;
    double body = 0;
    double values = 0;
    double area = 0;
    double turned = 0;
    const int head = std::max(draft.header_rows, 1);
    for (const DraftCell& cell : draft.cells) {
        if (cell.words.empty()) continue;
        ++filled;
        const auto count = static_cast<double>(cell.words.size());
        words += count;
        if (count > kLongText) long_words += count;
        for (std::uint32_t index : cell.words) {
            area += page.words[index].box.area();
            turned += !page.words[index].level;
        }
        if (cell.row < head) continue;
        ++body;
        values += is_value(page, cell.words);
    }
    at(features, Feature::Filled) = share(filled, static_cast<double>(draft.cells.size()));
    at(features, Feature::Values) = share(values, body);
    at(features, Feature::LongTexts) = share(long_words, words);
    at(features, Feature::Turned) = share(turned, words);
    at(features, Feature::Density) = share(area, draft.box().area());
}

// Signs inside cells that rows or columns are missing.
void look_into_cells(Features& features, const Draft& draft, const PageWords& page) {
    double stacked = 0;
    double words = 0;
    double lines = 0;
    double gaps = 0;
    for (const DraftCell& cell : draft.cells) {
        words += static_cast<double>(cell.words.size());
        const std::vector<TextRow> rows = build_rows(page, cell.words, kWideGapEm);
        lines += static_cast<double>(rows.size());
        for (const TextRow& row : rows) gaps += row.segments.size() > 1;
        const bool all_values = std::all_of(cell.words.begin(), cell.words.end(), [&](auto index) {
            return page.words[index].kind == WordKind::Number || page.words[index].kind == WordKind::Dash;
        });
        if (rows.size() > 1 && all_values) stacked += static_cast<double>(cell.words.size());
    }
    at(features, Feature::Stacked) = share(stacked, words);
    at(features, Feature::Gaps) = share(gaps, lines);
}

void count_alignment(Features& features, const Draft& draft, const PageWords& page) {
    double aligned = 0;
    double texts = 0;
    double cut = 0;
    double words = 0;
    for (int column = 0; column < draft.columns(); ++column) {
        std::vector<double> lefts, rights, middles;
        for (const DraftCell& cell : draft.cells) {
            if (cell.column != column || cell.column_span > 1 || cell.words.empty()) continue;
            const Box box = text_box(cell, page);
            lefts.push_back(box.left);
            rights.push_back(box.right);
            middles.push_back(box.center_x());
        }
        if (lefts.size() < 2) continue;
        const double tolerance = kAlignedEm * page.body_size;
        texts += static_cast<double>(lefts.size());
        aligned += static_cast<double>(std::max({agreeing(lefts, tolerance), agreeing(rights, tolerance), agreeing(middles, tolerance)}));
    }
    for (const DraftCell& cell : draft.cells) {
        const Box box = draft.cell_box(cell);
        for (std::uint32_t index : cell.words) {
            const PageWord& word = page.words[index];
            if (word.kind == WordKind::Leader) continue;  // dots run up to the next column
            const double over = std::max(box.left - word.box.left, word.box.right - box.right);
            cut += over > kCutEm * word.size;
            ++words;
        }
    }
    at(features, Feature::Aligned) = share(aligned, texts);
    at(features, Feature::CutWords) = std::min(1.0, 5 * share(cut, words));
}

void count_lines(Features& features, const Draft& draft, const PageWords& page, const std::vector<int>& owners) {
    const auto rows = static_cast<std::size_t>(draft.rows());
    const auto columns = static_cast<std::size_t>(draft.columns());
    std::vector<int> in_row(rows, 0);
    std::vector<int> in_column(columns, 0);
    for (const DraftCell& cell : draft.cells) {
        if (cell.words.empty()) continue;
        for (int row = cell.row; row < cell.row + cell.row_span; ++row) ++in_row[static_cast<std::size_t>(row)];
        for (int column = cell.column; column < cell.column + cell.column_span; ++column) ++in_column[static_cast<std::size_t>(column)];
    }
    const auto bare_rows = static_cast<double>(std::count_if(in_row.begin(), in_row.end(), [](int count) { return count < 2; }));
    const auto bare_columns = static_cast<double>(std::count_if(in_column.begin(), in_column.end(), [](int count) { return count < 2; }));
    at(features, Feature::EmptyLines) =
        std::max(share(bare_rows, static_cast<double>(rows)), share(bare_columns, static_cast<double>(columns)));
    double markers = 0;
    double labels = 0;
    double firsts = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        const DraftCell& first = draft.cells[static_cast<std::size_t>(owners[row * columns])];
        if (first.words.empty()) continue;
        ++firsts;
        const DraftCell& second = draft.cells[static_cast<std::size_t>(owners[row * columns + (columns > 1 ? 1 : 0)])];
        const PageWord& sign = page.words[first.words.front()];
        // "3.2  Measuring losses": a number before a text, in two columns without walls, counts a head or an item.
        const bool counts = columns == 2 && draft.wall_share == 0 && sign.kind == WordKind::Number && !sign.year && !second.words.empty() &&
                            !is_value(page, second.words);
        markers += first.words.size() == 1 && (sign.kind == WordKind::Marker || counts);
        labels += !second.words.empty() && is_value(page, first.words) != is_value(page, second.words);
    }
    at(features, Feature::Markers) = share(markers, firsts);
    at(features, Feature::Labels) = share(labels, firsts);
}

// Heads and page numbers: the last column holds whole numbers that never fall, and what stands before it are texts, the first of
// them perhaps a number too. Counts for more the longer it is.
double contents_like(const Draft& draft, const PageWords& page, const std::vector<int>& owners) {
    constexpr int kMostColumns = 3;
    const int columns = draft.columns();
    if (columns > kMostColumns) return 0;
    int rows = 0;
    int rising = 0;
    int last = 0;
    for (int row = 0; row < draft.rows(); ++row) {
        auto cell_at = [&](int column) -> const DraftCell& {
            return draft.cells[static_cast<std::size_t>(owners[static_cast<std::size_t>(row * columns + column)])];
        };
        const DraftCell& cell = cell_at(columns - 1);
        if (cell.words.empty()) continue;
        int number = -1;
        for (std::uint32_t index : cell.words) number = std::max(number, page.words[index].whole_number);
        ++rows;
        const bool label = columns < kMostColumns || !is_value(page, cell_at(1).words);
        if (number < last || !label) continue;
        ++rising;
        last = number;
    }
    return share(rising, rows) > kRisingShare ? std::min(1.0, rows / kSureContents) : 0;
}

double cut_lines(const Draft& draft, const PageWords& page) {
    std::map<std::uint32_t, int> inside;
    for (const DraftCell& cell : draft.cells)
        for (std::uint32_t index : cell.words) ++inside[page.words[index].line];
    double cut = 0;
    for (const auto& [line, count] : inside) cut += count < page.words_of_line[line];
    return share(cut, static_cast<double>(inside.size()));
}

// The first row differs: in font from most words below, or by having no values where the rows below have.
void look_at_head(Features& features, const Draft& draft, const PageWords& page) {
    std::vector<FontIndex> fonts;
    double head_values = 0;
    double head_texts = 0;
    for (const DraftCell& cell : draft.cells) {
        for (std::uint32_t index : cell.words)
            if (cell.row > 0 && cell.column > 0) fonts.push_back(page.words[index].font);
        if (cell.row > 0 || cell.words.empty()) continue;
        ++head_texts;
        head_values += is_value(page, cell.words);
    }
    double differ = 0;
    double head_words = 0;
    if (!fonts.empty()) {
        std::sort(fonts.begin(), fonts.end());
        const FontIndex common = fonts[fonts.size() / 2];
        for (const DraftCell& cell : draft.cells)
            for (std::uint32_t index : cell.words)
                if (cell.row == 0) ++head_words, differ += page.words[index].font != common;
    }
    const bool by_font = head_words > 0 && differ * 2 > head_words;
    const bool by_kind =
        head_texts > 0 && features[static_cast<std::size_t>(Feature::Values)] - share(head_values, head_texts) > kFewerValues;
    at(features, Feature::Head) = (by_font + by_kind) / 2.0;
}

double captioned(const Draft& draft, const PageWords& page) {
    const Box box = draft.box();
    const Box near{box.left - box.width() / 2, box.top - kCaptionEm * page.body_size, box.right, box.bottom + kCaptionEm * page.body_size};
    for (std::uint32_t index : words_inside(page, near)) {
        const PageWord& word = page.words[index];
        if (word.names_caption && (word.box.bottom <= box.top + page.body_size || word.box.top >= box.bottom - page.body_size)) return 1;
    }
    return 0;
}

double outer_lines(const Box& box, const PageFacts& facts) {
    bool top = false;
    bool bottom = false;
    for (const Ruling& ruling : facts.rulings) {
        if (ruling.axis != Axis::Horizontal || std::min(ruling.to, box.right) - std::max(ruling.from, box.left) < box.width() / 2) continue;
        top = top || std::abs(ruling.position - box.top) <= kEdgeDrawn;
        bottom = bottom || std::abs(ruling.position - box.bottom) <= kEdgeDrawn;
    }
    return (top + bottom) / 2.0;
}

// Besides top and bottom some line between two rows runs through.
bool has_inner_line(const Draft& draft, const PageFacts& facts) {
    const Box box = draft.box();
    for (const Ruling& ruling : facts.rulings) {
        if (ruling.axis != Axis::Horizontal ||
            std::min(ruling.to, box.right) - std::max(ruling.from, box.left) < kThroughShare * box.width())
            continue;
        for (std::size_t edge = 1; edge + 1 < draft.row_edges.size(); ++edge)
            if (std::abs(ruling.position - draft.row_edges[edge]) <= kEdgeDrawn) return true;
    }
    return false;
}

double run_on(const Draft& draft, const PageWords& page, const std::vector<int>& owners) {
    double words = 0;
    double going_on = 0;
    for (const DraftCell& cell : draft.cells) {
        words += static_cast<double>(cell.words.size());
        if (cell.row == 0 || cell.words.empty() || !page.words[cell.words.front()].starts_lower) continue;
        const int above = owners[static_cast<std::size_t>((cell.row - 1) * draft.columns() + cell.column)];
        if (draft.cells[static_cast<std::size_t>(above)].words.size() >= kFewestRunning) going_on += static_cast<double>(cell.words.size());
    }
    return share(going_on, words);
}

double drawn_share_of(const Box& box, const PageFacts& facts) {
    double area = 0;
    for (const ImagePlacement& image : facts.images)
        if (share_inside(box, image.box) < 1) area += shared(image.box, box).area();  // a picture behind the whole table is paper
    for (const Drawing& drawing : facts.drawings) area += shared(drawing.box, box).area();
    return std::min(1.0, share(area, box.area()));
}

double logistic(const Features& weights, const Features& features) {
    const double sum = std::inner_product(weights.begin(), weights.end(), features.begin(), 0.0);
    return 1 / (1 + std::exp(-sum));
}

bool overlap(const Draft& a, const Draft& b) {
    const Box both = shared(a.box(), b.box());
    return both.width() > kEdgeDrawn && both.height() > kEdgeDrawn;
}

double value_of(const Candidate& candidate) {
    std::size_t words = 0;
    for (const DraftCell& cell : candidate.draft.cells) words += cell.words.size();
    return (candidate.verdict.table * candidate.verdict.structure - kLeastValue) * static_cast<double>(words);
}

}  // namespace

Features features_of(const Draft& draft, const PageWords& page, const PageFacts& facts) {
    Features features{};
    const std::vector<int> owners = cell_owners(draft);
    at(features, Feature::Bias) = 1;
    at(features, Feature::Rows) = std::min(1.0, std::log(draft.rows()) / std::log(kManyRows));
    at(features, Feature::Columns) = std::min(1.0, std::log(draft.columns()) / std::log(kManyRows));
    count_cells(features, draft, page);
    look_into_cells(features, draft, page);
    count_alignment(features, draft, page);
    count_lines(features, draft, page, owners);
    look_at_head(features, draft, page);
    at(features, Feature::Walls) = draft.wall_share;
    at(features, Feature::OuterLines) = outer_lines(draft.box(), facts);
    at(features, Feature::Captioned) = captioned(draft, page);
    at(features, Feature::Drawn) = drawn_share_of(draft.box(), facts);
    at(features, Feature::Contents) = contents_like(draft, page, owners);
    at(features, Feature::CutLines) = cut_lines(draft, page);
    at(features, Feature::BookRules) = at(features, Feature::OuterLines) == 1 && has_inner_line(draft, facts);
    at(features, Feature::RunOn) = run_on(draft, page, owners);
    at(features, Feature::HalfRuled) = draft.proposer == Proposer::HalfRuled;
    at(features, Feature::Unruled) = draft.proposer == Proposer::Unruled;
    at(features, Feature::Tagged) = draft.proposer == Proposer::Tags;
    return features;
}

Verdict judge(const Features& features) {
    // Words in cells that plainly lack rows or columns are in the wrong place whatever else speaks for the grid.
    const double misplaced =
        std::max(features[static_cast<std::size_t>(Feature::Stacked)], features[static_cast<std::size_t>(Feature::Gaps)]);
    return {.table = logistic(kWeights.table, features), .structure = (1 - misplaced) * logistic(kWeights.structure, features)};
}

std::vector<std::size_t> best_set(std::span<const Candidate> candidates) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < candidates.size(); ++i)
        if (value_of(candidates[i]) > 0) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return value_of(candidates[a]) > value_of(candidates[b]); });
    if (order.size() > kExactChoice) order.resize(order.size());
    std::vector<std::size_t> best;
    double best_value = 0;
    std::vector<std::size_t> chosen;
    // Depth first with the rest's value as bound: with few candidates all sets are tried.
    std::vector<double> rest(order.size() + 1, 0);
    for (std::size_t i = order.size(); i > 0; --i) rest[i - 1] = rest[i] + value_of(candidates[order[i - 1]]);
    int steps = 0;
    constexpr int kMostSteps = 20'000;  // then the best set so far, which began as the greedy one
    auto descend = [&](auto&& self, std::size_t i, double value) -> void {
        if (value > best_value) {
            best_value = value;
            best = chosen;
        }
        if (i == order.size() || value + rest[i] <= best_value || ++steps > kMostSteps) return;
        const Candidate& candidate = candidates[order[i]];
        const bool free =
            std::none_of(chosen.begin(), chosen.end(), [&](auto other) { return overlap(candidates[other].draft, candidate.draft); });
        if (free) {
            chosen.push_back(order[i]);
            self(self, i + 1, value + value_of(candidate));
            chosen.pop_back();
        }
        self(self, i + 1, value);
    };
    descend(descend, 0, 0);
    std::stable_sort(best.begin(), best.end(),
                     [&](auto a, auto b) { return candidates[a].draft.box().top < candidates[b].draft.box().top; });
    return best;
}

}  // namespace docwright::extract::tables
