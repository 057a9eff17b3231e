#include "extract/text/lines.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "extract/text/drop_caps.h"
#include "extract/text/gaps.h"
#include "extract/text/line_pieces.h"
#include "extract/text/right_to_left.h"
#include "extract/text/rows.h"
#include "extract/text/shared_gaps.h"
#include "extract/text/writing_frame.h"

namespace docwright::extract {

namespace {

Line make_line(const PageFacts& facts, const Row& row, std::span<const Gap> gaps, std::size_t first, std::size_t last,
               const WritingFrame& frame) {
    Line line{.baseline = row.baseline, .angle = static_cast<double>(frame.angle)};
    bool any_raised = false;
    for (std::size_t i = first; i < last; ++i) {
        if (i == first || gaps[i] != Gap::Inside) line.words.push_back({.first = static_cast<std::uint32_t>(line.glyphs.size())});
        ++line.words.back().count;
        line.glyphs.push_back(row.glyphs[i].place.glyph);
        line.raised.push_back(row.glyphs[i].raised);
        if (row.glyphs[i].raised != Raised::No) {
            any_raised = true;
        } else {
            line.baseline = row.glyphs[i].place.baseline;
        }
    }
    if (!any_raised) line.raised.clear();
    if (frame.vertical) {
        line.direction = Direction::TopToBottom;
    } else {
        put_in_reading_order(facts, line);
    }
    measure_line(facts, line);
    return line;
}

}  // namespace

std::vector<Line> build_lines(const PageFacts& facts, bool include_hidden) {
    std::vector<Line> lines;
    std::vector<WritingFrame> frames = writing_frames(facts, include_hidden);
    std::stable_partition(frames.begin(), frames.end(), [](const WritingFrame& frame) { return frame.angle == 0; });
    for (const WritingFrame& frame : frames) {
        const std::size_t frame_first = lines.size();
        const std::vector<Row> rows = build_rows(frame.glyphs);
        std::vector<std::vector<Gap>> all_gaps;
        for (const Row& row : rows) all_gaps.push_back(judge_gaps(row));
        agree_on_gutters(rows, all_gaps);
        for (std::size_t r = 0; r < rows.size(); ++r) {
            const Row& row = rows[r];
            const std::vector<Gap>& gaps = all_gaps[r];
            for (std::size_t first = 0; first < row.glyphs.size();) {
                std::size_t last = first + 1;
                while (last < row.glyphs.size() && gaps[last] != Gap::Column) ++last;
                lines.push_back(make_line(facts, row, gaps, first, last, frame));
                first = last;
            }
        }
        std::stable_sort(lines.begin() + static_cast<std::ptrdiff_t>(frame_first), lines.end(), [](const Line& a, const Line& b) {
            return a.baseline != b.baseline ? a.baseline < b.baseline : a.box.left < b.box.left;
        });
    }
    join_drop_caps(facts, lines);
    return lines;
}

}  // namespace docwright::extract
