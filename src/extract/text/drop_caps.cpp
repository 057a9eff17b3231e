#include "extract/text/drop_caps.h"

#include <algorithm>
#include <cstddef>

#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

constexpr std::size_t kMostLetters = 2;    // with an opening quote
constexpr std::size_t kMostDropCaps = 50;  // of a page; more are a display font
constexpr std::size_t kLinesBeside = 2;    // a letter beside one line is only large
constexpr double kGapShare = 0.5;          // of the letter's size, to the text beside it
constexpr double kOverlap = 0.1;
// Letters that are words: they keep their space unless the text follows closely.
constexpr double kSpaceEm = 0.2;

bool is_candidate(const PageFacts& facts, const Line& line) {
    return line.angle == 0 && !line.glyphs.empty() && line.glyphs.size() <= kMostLetters && is_upper(facts.glyphs[line.glyphs.back()].code);
}

bool stands_beside(const Line& cap, const Line& line) {
    if (line.angle != 0 || line.size * kDropCapSize > cap.size || line.baseline > cap.baseline + line.size / 2) return false;
    const double gap = line.box.left - cap.box.right;
    return gap > -kOverlap * cap.size && gap < kGapShare * cap.size && shared_height(line.box, cap.box) > line.box.height() / 2;
}

void join(const PageFacts& facts, const Line& cap, Line& line) {
    const char32_t letter = facts.glyphs[cap.glyphs.back()].code;
    const bool word = (letter == U'A' || letter == U'I') && line.box.left - cap.box.right > kSpaceEm * line.size;
    const auto count = static_cast<std::uint32_t>(cap.glyphs.size());
    line.glyphs.insert(line.glyphs.begin(), cap.glyphs.begin(), cap.glyphs.end());
    if (!line.raised.empty()) line.raised.insert(line.raised.begin(), count, Raised::No);
    for (Word& other : line.words) other.first += count;
    if (word || line.words.empty()) {
        line.words.insert(line.words.begin(), Word{.first = 0, .count = count, .box = cap.box});
    } else {
        line.words.front().first = 0;
        line.words.front().count += count;
        line.words.front().box.left = std::min(line.words.front().box.left, cap.box.left);
    }
    line.box.left = std::min(line.box.left, cap.box.left);
}

}  // namespace

void join_drop_caps(const PageFacts& facts, std::vector<Line>& lines) {
    std::vector<std::size_t> caps;
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (is_candidate(facts, lines[i])) caps.push_back(i);
    if (caps.empty() || caps.size() > kMostDropCaps) return;
    std::vector<bool> joined_cap(lines.size(), false);
    for (std::size_t cap : caps) {
        std::size_t beside = 0, first = lines.size();
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (i == cap || joined_cap[i] || !stands_beside(lines[cap], lines[i])) continue;
            ++beside;
            if (first == lines.size() || lines[i].baseline < lines[first].baseline) first = i;
        }
        if (beside < kLinesBeside || lines[first].direction != Direction::LeftToRight) continue;
        join(facts, lines[cap], lines[first]);
        joined_cap[cap] = true;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (joined_cap[i]) continue;
        if (kept != i) lines[kept] = std::move(lines[i]);
        ++kept;
    }
    lines.resize(kept);
}

}  // namespace docwright::extract
