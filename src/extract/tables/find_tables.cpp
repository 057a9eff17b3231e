#include "extract/tables/find_tables.h"

#include <optional>

#include "extract/tables/aligned.h"
#include "extract/tables/blocks.h"
#include "extract/tables/candidates.h"
#include "extract/tables/draft.h"
#include "extract/tables/judge.h"
#include "extract/tables/mesh.h"
#include "extract/tables/page_words.h"
#include "extract/tables/ruled.h"

namespace docwright::extract {
namespace tables {

std::vector<Candidate> candidates_of(const PageFacts& facts, const PageWords& page) {
    std::vector<Candidate> candidates;
    auto add = [&](std::optional<Draft> draft) {
        if (!draft || draft->rows() < 2 || draft->columns() < 2) return;
        candidates.push_back({.draft = std::move(*draft)});
        candidates.back().features = features_of(candidates.back().draft, page, facts);
        candidates.back().verdict = judge(candidates.back().features);
    };
    for (const Mesh& mesh : build_meshes(facts.rulings)) add(draft_ruled(mesh, page));
    for (const Region& region : between_rules(page, facts.rulings)) add(draft_aligned(region, page));
    for (const Box& strip : text_strips(page, facts.width, facts.height))
        for (const Region& region : aligned_runs(page, strip, facts.rulings)) add(draft_aligned(region, page));
    return candidates;
}

}  // namespace tables

std::vector<Table> find_tables(const PageFacts& facts, std::span<const Line> lines) {
    if (facts.glyphs.empty() || lines.empty()) return {};
    const tables::PageWords page = tables::flatten_words(facts, lines);
    const std::vector<tables::Candidate> candidates = tables::candidates_of(facts, page);
    std::vector<Table> found;
    for (std::size_t index : tables::best_set(candidates)) {
        found.push_back(tables::to_table(candidates[index].draft, page, facts, lines));
        found.back().score = candidates[index].verdict.table;
        found.back().structure_score = candidates[index].verdict.structure;
    }
    return found;
}

}  // namespace docwright::extract
