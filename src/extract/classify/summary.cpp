#include "extract/classify/summary.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "extract/classify/block_facts.h"
#include "extract/classify/edges.h"
#include "extract/classify/languages.h"
#include "extract/classify/page_tags.h"
#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

// Headings are short: more lines or words are text.
constexpr std::size_t kMostHeadLines = 6;
constexpr std::uint32_t kMostHeadWords = 45;
constexpr std::size_t kShownText = 120;
constexpr double kBoldShare = 0.8;
constexpr double kFilledEm = 1.5;
constexpr double kUnderlineEm = 0.35;
constexpr double kSameRow = 0.5;  // of the lower height
// A page with less of its text outside of tables and pictures has no running text; what is inside then counts by this part.
constexpr double kSparseText = 0.1;
constexpr std::uint32_t kOtherTextWeight = 10;

bool counts_on(const BlockFacts& facts, const BlockFacts& other) {
    return facts.label && other.label && facts.label->kind == other.label->kind && facts.label->closer == other.label->closer &&
           facts.label->depth == other.label->depth && std::abs(facts.label->number - other.label->number) == 1;
}

// An item of a numbered list, not a numbered heading: a neighbouring block counts on with nothing between.
bool is_item(std::span<const BlockFacts> facts, std::size_t i) {
    if (!facts[i].label || facts[i].label->closer == 0) return false;
    return (i > 0 && counts_on(facts[i], facts[i - 1])) || (i + 1 < facts.size() && counts_on(facts[i], facts[i + 1]));
}

bool stands_beside(const AnalysedPage& page, std::size_t i) {
    const Block& block = page.blocks[i];
    if (block.lines.size() > 1 &&
        shared_height(page.lines[block.lines[0]].box, page.lines[block.lines[1]].box) > kSameRow * page.lines[block.lines[0]].box.height())
        return true;
    auto beside = [&](std::size_t other) {
        const Block& neighbour = page.blocks[other];
        return neighbour.column == block.column && neighbour.band == block.band &&
               shared_height(neighbour.box, block.box) > kSameRow * std::min(neighbour.box.height(), block.box.height());
    };
    return (i > 0 && beside(i - 1)) || (i + 1 < page.blocks.size() && beside(i + 1));
}

// A ruling right under the block's last line and about as long.
bool is_underlined(const AnalysedPage& page, const Block& block) {
    const Line& last = page.lines[block.lines.back()];
    return std::any_of(page.facts.rulings.begin(), page.facts.rulings.end(), [&](const Ruling& ruling) {
        const double drop = (ruling.position - last.baseline) / std::max(last.size, 1.0);
        return ruling.axis == Axis::Horizontal && drop > 0 && drop < kUnderlineEm && std::abs(ruling.from - last.box.left) < last.size &&
               std::abs(ruling.to - last.box.right) < last.size;
    });
}

HeadCandidate candidate_of(const AnalysedPage& page, std::span<const BlockFacts> all, std::size_t i) {
    const Block& block = page.blocks[i];
    const BlockFacts& facts = all[i];
    HeadCandidate head{.block = static_cast<std::uint32_t>(i), .style = facts.key, .text = facts.text.substr(0, kShownText)};
    head.number = facts.section;
    head.number_depth = facts.section_depth;
    head.bold = facts.bold_share >= kBoldShare;
    head.italic = facts.italic_share >= kBoldShare;
    head.upper_case = facts.upper_case;
    head.underlined = is_underlined(page, block);
    head.centered = block.align == Align::Center;
    head.space_above = block.space_above;
    head.space_below = block.space_below;
    head.box = block.box;
    head.tag_level = heading_level_of(facts.tag);
    head.tagged = !facts.tag.empty();
    head.words = facts.words;
    head.letters = facts.letters;
    head.lines = static_cast<std::uint32_t>(block.lines.size());
    head.leading = block.leading;
    head.ends_sentence = facts.ends_sentence;
    head.ends_comma = !facts.text.empty() && (facts.text.back() == U',' || facts.text.back() == U';');
    head.key_value = facts.key_value;
    head.bullet =
        facts.label && (facts.label->kind == LabelKind::Bullet || facts.label->kind == LabelKind::CheckBox ||
                        ((facts.label->kind == LabelKind::Letter || facts.label->kind == LabelKind::Roman) && !facts.label->upper_case));
    head.item = is_item(all, i);
    head.caption_like = facts.caption_like;
    head.leaders = facts.leaders;
    head.starts_lower = facts.starts_lower;
    const Line& last = page.lines[block.lines.back()];
    head.fills_column = last.box.right >= block.column_box.right - kFilledEm * facts.size;
    head.before_text = i + 1 < page.blocks.size() && (page.blocks[i + 1].kind != BlockKind::Figure || i + 2 < page.blocks.size());
    head.in_frame = block.frame >= 0;
    head.beside_other = stands_beside(page, i);
    return head;
}

// Where tables and pictures hold nearly all text, it is theirs that a heading stands out from; beside text it counts little.
void count_styles(const AnalysedPage& page, PageSummary& summary) {
    std::vector<std::uint32_t> counts(page.facts.styles.size(), 0);
    for (const Block& block : page.blocks)
        for (std::uint32_t line : block.lines)
            for (std::uint32_t glyph : page.lines[line].glyphs) ++counts[page.facts.glyphs[glyph].style];
    std::vector<std::uint32_t> all(counts.size(), 0);
    for (const Line& line : page.lines)
        for (std::uint32_t glyph : line.glyphs) ++all[page.facts.glyphs[glyph].style];
    const double text = std::accumulate(counts.begin(), counts.end(), 0.0), everything = std::accumulate(all.begin(), all.end(), 0.0);
    if (text < kSparseText * everything)
        for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += (all[i] - counts[i]) / kOtherTextWeight;
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] > 0) summary.glyphs_by_style[key_of(page.facts.styles[i])] += counts[i];
    for (const Line& line : page.lines) summary.glyph_count += static_cast<std::uint32_t>(line.glyphs.size());
}

double median_leading(const AnalysedPage& page) {
    std::vector<double> leadings;
    for (const Block& block : page.blocks)
        if (block.leading > 0) leadings.insert(leadings.end(), block.lines.size(), block.leading);
    if (leadings.empty()) return 0;
    auto middle = leadings.begin() + static_cast<std::ptrdiff_t>(leadings.size() / 2);
    std::nth_element(leadings.begin(), middle, leadings.end());
    return *middle;
}

}  // namespace

PageSummary summarise(const AnalysedPage& page, std::span<const FontFacts> fonts) {
    PageSummary summary{.page_index = page.facts.page_index, .width = page.facts.width, .height = page.facts.height};
    const WordSet known = words_of(page.facts, page.lines);
    const std::vector<BlockFacts> facts = facts_of_blocks(page, fonts, known);
    count_styles(page, summary);
    summary.median_leading = median_leading(page);
    summary.glyphs_by_language = count_languages(facts);
    summary.edges = edge_blocks(page, facts);
    summary.only_edges = has_only_edges(page, summary.edges);
    add_text_edges(page, facts, summary);
    add_table_edges(page, facts, summary);
    summary.text_area = text_area_of(page, summary.edges);
    for (std::size_t i = 0; i < page.blocks.size(); ++i) {
        const Block& block = page.blocks[i];
        if (block.kind != BlockKind::Text || block.lines.empty() || block.line_numbers || page.lines[block.lines.front()].angle != 0)
            continue;
        const bool short_enough = block.lines.size() <= kMostHeadLines && facts[i].words <= kMostHeadWords;
        if (!short_enough && heading_level_of(facts[i].tag) == 0) continue;
        if (facts[i].letters == 0) continue;
        summary.heads.push_back(candidate_of(page, facts, i));
    }
    summary.tagged = page_is_tagged(page);
    return summary;
}

}  // namespace docwright::extract
