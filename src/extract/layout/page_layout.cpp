#include "extract/layout/page_layout.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace docwright::extract {

namespace {

// Lines of one paragraph stand at most this far apart, measured in their size.
constexpr double kBlockLeadingEm = 1.7;
constexpr double kSameSize = 0.92;

std::vector<bool> lines_in_tables(const std::vector<Line>& lines, const std::vector<Table>& tables) {
    std::vector<bool> taken(lines.size(), false);
    for (const Table& table : tables)
        for (const Cell& cell : table.cells)
            for (const CellText& text : cell.text)
                if (text.line < taken.size()) taken[text.line] = true;
    return taken;
}

bool joins(const Block& block, const Line& last, const Line& line) {
    return line.angle == last.angle && shared_width(block.box, line.box) > 0 &&
           line.baseline - last.baseline <= kBlockLeadingEm * line.size && line.baseline > last.baseline &&
           std::min(line.size, last.size) >= kSameSize * std::max(line.size, last.size);
}

}  // namespace

AnalysedPage lay_out(PageFacts facts, std::vector<Line> lines, std::vector<Table> tables) {
    AnalysedPage page{.facts = std::move(facts), .lines = std::move(lines), .tables = std::move(tables)};
    const std::vector<bool> taken = lines_in_tables(page.lines, page.tables);
    for (std::uint32_t i = 0; i < page.lines.size(); ++i) {
        if (taken[i]) continue;
        const Line& line = page.lines[i];
        Block* host = nullptr;
        for (Block& block : page.blocks)
            if (joins(block, page.lines[block.lines.back()], line)) host = &block;
        if (!host) {
            host = &page.blocks.emplace_back();
            host->box = line.box;
        }
        host->lines.push_back(i);
        host->box = joined(host->box, line.box);
    }
    for (std::uint32_t i = 0; i < page.tables.size(); ++i) {
        Block block{.kind = BlockKind::Table, .box = page.tables[i].box, .item = i};
        auto below =
            std::find_if(page.blocks.begin(), page.blocks.end(), [&](const Block& other) { return other.box.top >= block.box.top; });
        page.blocks.insert(below, block);
    }
    for (const ImagePlacement& image : page.facts.images) {
        Figure figure{.box = image.box, .images = {static_cast<std::uint32_t>(&image - page.facts.images.data())}};
        page.blocks.push_back({.kind = BlockKind::Figure, .box = image.box, .item = static_cast<std::uint32_t>(page.figures.size())});
        page.figures.push_back(std::move(figure));
    }
    return page;
}

}  // namespace docwright::extract
