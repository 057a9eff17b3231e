#include "extract/text/lines.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <span>

#include "extract/text/gaps.h"
#include "extract/text/rows.h"
#include "extract/text/writing_frame.h"

namespace docwright::extract {

namespace {

// The words' boxes, and the line's own facts: size and style that most glyphs have.
void measure(const PageFacts& facts, Line& line) {
    std::map<StyleIndex, std::uint32_t> counts;
    for (Word& word : line.words) {
        bool first = true;
        for (std::uint32_t i = word.first; i < word.first + word.count; ++i) {
            const Box& box = facts.glyphs[line.glyphs[i]].advance;
            word.box = first ? box : joined(word.box, box);
            first = false;
        }
    }
    bool first = true;
    for (std::uint32_t i = 0; i < line.glyphs.size(); ++i) {
        const Glyph& glyph = facts.glyphs[line.glyphs[i]];
        const bool raised = !line.raised.empty() && line.raised[i] != Raised::No;
        if (!raised) ++counts[glyph.style];
        if (first) line.box = glyph.advance;
        first = false;
        if (raised) {
            line.box.left = std::min(line.box.left, glyph.advance.left);
            line.box.right = std::max(line.box.right, glyph.advance.right);
        } else {
            line.box = joined(line.box, glyph.advance);
        }
    }
    std::uint32_t most = 0;
    for (const auto& [style, count] : counts) {
        if (count <= most) continue;
        most = count;
        line.style = style;
    }
    line.size = facts.styles[line.style].size;
}

Line make_line(const PageFacts& facts, const Row& row, std::span<const Gap> gaps, std::size_t first, std::size_t last, int angle) {
    Line line{.baseline = row.baseline, .angle = static_cast<double>(angle)};
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
    measure(facts, line);
    return line;
}

}  // namespace

std::vector<Line> build_lines(const PageFacts& facts, bool include_hidden) {
    std::vector<Line> lines;
    std::vector<WritingFrame> frames = writing_frames(facts, include_hidden);
    std::stable_partition(frames.begin(), frames.end(), [](const WritingFrame& frame) { return frame.angle == 0; });
    for (const WritingFrame& frame : frames) {
        const std::size_t frame_first = lines.size();
        for (const Row& row : build_rows(frame.glyphs)) {
            const std::vector<Gap> gaps = judge_gaps(row);
            for (std::size_t first = 0; first < row.glyphs.size();) {
                std::size_t last = first + 1;
                while (last < row.glyphs.size() && gaps[last] != Gap::Column) ++last;
                lines.push_back(make_line(facts, row, gaps, first, last, frame.angle));
                first = last;
            }
        }
        std::stable_sort(lines.begin() + static_cast<std::ptrdiff_t>(frame_first), lines.end(), [](const Line& a, const Line& b) {
            return a.baseline != b.baseline ? a.baseline < b.baseline : a.box.left < b.box.left;
        });
    }
    return lines;
}

}  // namespace docwright::extract
