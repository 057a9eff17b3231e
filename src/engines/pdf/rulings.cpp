#include "engines/pdf/rulings.h"

#include <algorithm>
#include <tuple>

namespace docwright::pdf {
namespace {

using extract::Ruling;
using extract::RulingSource;

constexpr double kSamePosition = 0.6;  // pieces of one line drawn by different cells differ by rounding; double lines are wider apart
constexpr double kTouching = 1.0;      // gap within a line: corners left out, rounding
constexpr double kDash = 6.0;          // pieces up to this length may be dashes or dots …
constexpr double kDashGap = 4.0;       // … with gaps up to this
constexpr double kShortest = 2.0;      // anything shorter is a dot, a tick or a corner

// Grows with the pieces of one line.
struct Growing {
    Ruling ruling;
    double weight = 0;  // sum of lengths
    double position_sum = 0;
    double last_length = 0;
    double strongest = 0;  // length of the longest piece: its looks are kept

    void add(const Ruling& piece) {
        constexpr double kLeast = 0.01;
        double length = std::max(piece.to - piece.from, kLeast);
        if (weight == 0) ruling = piece;
        weight += length;
        position_sum += piece.position * length;
        ruling.from = std::min(ruling.from, piece.from);
        ruling.to = std::max(ruling.to, piece.to);
        // A stroke says more than the edge of a shading beneath it.
        bool stronger = piece.source < ruling.source || (piece.source == ruling.source && length > strongest);
        if (stronger) {
            ruling.color = piece.color;
            strongest = length;
        }
        ruling.thickness = std::max(ruling.thickness, piece.thickness);
        ruling.source = std::min(ruling.source, piece.source);
        last_length = piece.to - piece.from;
    }
    Ruling finished() const {
        Ruling done = ruling;
        done.position = position_sum / weight;
        return done;
    }
};

bool goes_on(const Growing& line, const Ruling& piece) {
    double gap = piece.from - line.ruling.to;
    if (gap <= std::max(kTouching, std::min(line.ruling.thickness, piece.thickness))) return true;
    return gap <= kDashGap && line.last_length <= kDash && piece.to - piece.from <= kDash;
}

// Pieces of one axis and position, in order along the axis.
void merge_along(std::span<const Ruling> pieces, std::vector<Ruling>& done) {
    Growing line;
    auto finish = [&] {
        if (line.weight > 0 && line.ruling.to - line.ruling.from >= kShortest) done.push_back(line.finished());
        line = Growing{};
    };
    for (const Ruling& piece : pieces) {
        if (line.weight > 0 && !goes_on(line, piece)) finish();
        line.add(piece);
    }
    finish();
}

}  // namespace

std::vector<Ruling> merged_rulings(std::span<const RulingPiece> pieces) {
    std::vector<Ruling> sorted;
    sorted.reserve(pieces.size());
    for (const RulingPiece& piece : pieces) sorted.push_back(piece.ruling);
    auto by_place = [](const Ruling& r) { return std::tuple(r.axis, r.position, r.from, r.to, r.source, r.color); };
    auto along = [](const Ruling& r) { return std::tuple(r.from, r.to, r.position, r.source, r.color); };
    std::ranges::sort(sorted, {}, by_place);
    std::vector<Ruling> done;
    for (std::size_t start = 0; start < sorted.size();) {
        std::size_t end = start + 1;
        // Measured from the first: a hatching must not run together by small steps.
        while (end < sorted.size() && sorted[end].axis == sorted[start].axis &&
               sorted[end].position - sorted[start].position <= kSamePosition)
            ++end;
        std::span<Ruling> group(sorted.data() + start, end - start);
        std::ranges::sort(group, {}, along);
        merge_along(group, done);
        start = end;
    }
    std::ranges::sort(done, {}, by_place);
    return done;
}

}  // namespace docwright::pdf
