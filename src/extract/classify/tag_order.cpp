#include "extract/classify/tag_order.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <vector>

#include "extract/classify/page_tags.h"

namespace docwright::extract {

namespace {

constexpr std::int32_t kUntagged = std::numeric_limits<std::int32_t>::max();

// The first tag, in the order of the tree, that holds something of the block.
class Ranks {
public:
    explicit Ranks(const AnalysedPage& page, const PageTags& tags) : page_(page), tags_(tags) {}

    std::int32_t of(const Block& block) const {
        std::int32_t rank = kUntagged;
        for (std::uint32_t line : block.lines) add_line(line, rank);
        if (block.kind == BlockKind::Table) {
            for (const Cell& cell : page_.tables[block.item].cells)
                for (const CellText& text : cell.text) add_line(text.line, rank);
        }
        if (block.kind == BlockKind::Figure) {
            for (std::uint32_t image : page_.figures[block.item].images) add(page_.facts.images[image].marked_content, rank);
            for (std::uint32_t line : page_.figures[block.item].lines) add_line(line, rank);
        }
        return rank;
    }

private:
    void add(std::int32_t marked_content, std::int32_t& rank) const {
        if (const std::int32_t tag = tags_.tag_of(marked_content); tag >= 0) rank = std::min(rank, tag);
    }
    void add_line(std::uint32_t line, std::int32_t& rank) const {
        for (std::uint32_t glyph : page_.lines[line].glyphs) add(page_.facts.glyphs[glyph].marked_content, rank);
    }

    const AnalysedPage& page_;
    const PageTags& tags_;
};

// In each column of the layout, and in each box, tags must go downwards too.
bool keep_columns(const AnalysedPage& page, const std::vector<std::int32_t>& ranks) {
    std::map<std::tuple<int, int, int>, std::int32_t> last;
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        const Block& block = page.blocks[i];
        if (ranks[i] == kUntagged || block.kind == BlockKind::Figure) continue;
        std::int32_t& before = last.try_emplace({block.band, block.column, block.frame}, -1).first->second;
        if (ranks[i] < before) return false;
        before = ranks[i];
    }
    return true;
}

bool keep_boxes_whole(const AnalysedPage& page, const std::vector<std::size_t>& order) {
    std::set<int> seen;
    int inside = -1;
    for (std::size_t i : order) {
        const int frame = page.blocks[i].frame;
        if (frame != inside && frame >= 0 && !seen.insert(frame).second) return false;
        inside = frame;
    }
    return true;
}

}  // namespace

void order_by_tags(AnalysedPage& page) {
    if (page.facts.tags.empty()) return;
    const PageTags tags(page.facts);
    if (!tags.cover_text()) return;
    const Ranks ranker(page, tags);
    std::vector<std::int32_t> ranks;
    for (const Block& block : page.blocks) ranks.push_back(ranker.of(block));
    if (!keep_columns(page, ranks)) return;
    for (std::size_t i = 0; i < ranks.size(); ++i)
        if (ranks[i] == kUntagged) ranks[i] = i == 0 ? -1 : ranks[i - 1];
    std::vector<std::size_t> order(ranks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return ranks[i]; });
    if (!keep_boxes_whole(page, order)) return;
    std::vector<Block> blocks;
    for (std::size_t i : order) blocks.push_back(std::move(page.blocks[i]));
    page.blocks = std::move(blocks);
}

}  // namespace docwright::extract
