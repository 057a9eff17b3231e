#include "extract/tables/find_tables.h"

#include <algorithm>
#include <optional>

#include "extract/tables/aligned.h"
#include "extract/tables/blocks.h"
#include "extract/tables/candidates.h"
#include "extract/tables/draft.h"
#include "extract/tables/heads.h"
#include "extract/tables/judge.h"
#include "extract/tables/mesh.h"
#include "extract/tables/page_words.h"
#include "extract/tables/ruled.h"
#include "extract/tables/tagged.h"

namespace docwright::extract {
namespace tables {

namespace {

constexpr double kFirmWalls = 0.8;  // of the walls are drawn …
constexpr double kFirmTable = 0.9;  // … and it is a table: then its outer lines end it

// Drawn grids beyond doubt. Aligned text runs up to them and does not take them in.
std::vector<Box> firm_boxes(const std::vector<Candidate>& candidates) {
    std::vector<Box> boxes;
    for (const Candidate& candidate : candidates)
        if (candidate.draft.wall_share >= kFirmWalls && candidate.verdict.table >= kFirmTable) boxes.push_back(candidate.draft.box());
    return boxes;
}

// Two rows of texts alone: any two lines of a note may leave white at the same places.
bool aligned_by_chance(const Draft& draft, const PageWords& page) {
    constexpr int kFewestRows = 3;
    constexpr int kFewestValues = 2;
    if (draft.proposer != Proposer::Unruled || draft.rows() >= kFewestRows) return false;
    const auto values = std::count_if(draft.cells.begin(), draft.cells.end(),
                                      [&](const DraftCell& cell) { return cell.row > 0 && is_value(page, cell.words); });
    return values < kFewestValues;
}

}  // namespace

std::vector<Candidate> candidates_of(const PageFacts& facts, const PageWords& page) {
    std::vector<Candidate> candidates;
    auto add = [&](std::optional<Draft> draft) {
        if (!draft || draft->rows() < 2 || draft->columns() < 2 || aligned_by_chance(*draft, page)) return;
        mark_heads(*draft, page, facts);
        candidates.push_back({.draft = std::move(*draft)});
        candidates.back().features = features_of(candidates.back().draft, page, facts);
        candidates.back().verdict = judge(candidates.back().features);
    };
    std::vector<Ruling> strokes;
    for (const Ruling& ruling : facts.rulings)
        if (ruling.source != RulingSource::FillEdge) strokes.push_back(ruling);
    for (const Mesh& mesh : build_meshes(strokes)) add(draft_ruled(mesh, page));
    if (strokes.size() < facts.rulings.size())
        for (const Mesh& mesh : build_meshes(facts.rulings)) add(draft_ruled(mesh, page));
    for (Draft& draft : drafts_from_tags(facts, page)) add(std::move(draft));
    const std::vector<Box> firm = firm_boxes(candidates);
    for (const Region& region : between_rules(page, facts.rulings)) add(draft_aligned(region, page));
    for (const Box& strip : text_strips(page, facts.width, facts.height))
        for (const Region& region : aligned_runs(page, strip, firm, facts.rulings)) add(draft_aligned(region, page));
    return candidates;
}

}  // namespace tables

std::vector<Table> find_tables(const PageFacts& facts, std::span<const Line> lines) {
    if (facts.glyphs.empty() || lines.empty()) return {};
    const tables::PageWords page = tables::flatten_words(facts, lines);
    std::vector<tables::Candidate> candidates = tables::candidates_of(facts, page);
    std::vector<Table> found;
    std::vector<char> used(page.words.size(), 0);  // neighbours may share a line's width, and words on it
    for (std::size_t index : tables::best_set(candidates)) {
        tables::Candidate& chosen = candidates[index];
        for (tables::DraftCell& cell : chosen.draft.cells) {
            std::erase_if(cell.words, [&](std::uint32_t word) { return used[word] != 0; });
            for (std::uint32_t word : cell.words) used[word] = 1;
        }
        found.push_back(tables::to_table(chosen.draft, page, facts));
        found.back().score = chosen.verdict.table;
        found.back().structure_score = chosen.verdict.structure;
    }
    return found;
}

}  // namespace docwright::extract
