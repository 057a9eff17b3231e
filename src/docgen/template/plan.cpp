#include "docgen/template/plan.h"

#include <algorithm>
#include <numeric>

namespace docwright::docgen {
namespace {

void add_guard(std::vector<int>& guards, int guard) {
    if (std::ranges::find(guards, guard) == guards.end()) guards.push_back(guard);
}

void renumber(std::map<std::size_t, std::vector<Segment>>& edits, const std::vector<std::size_t>& places) {
    for (auto& [token, segments] : edits)
        for (Segment& segment : segments)
            if (segment.is_tag()) segment.tag = places[segment.tag];
}

}  // namespace

void put_in_order(Plan& plan) {
    std::vector<std::size_t> order(plan.tags.size()), places(plan.tags.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return plan.tags[i].token; });
    std::vector<PlacedTag> sorted;
    sorted.reserve(order.size());
    for (const std::size_t i : order) {
        places[i] = sorted.size();
        sorted.push_back(std::move(plan.tags[i]));
    }
    plan.tags = std::move(sorted);
    renumber(plan.edits, places);
    renumber(plan.addresses, places);
}

Remains remains_of_run(const Plan& plan, const Structure& structure, std::size_t run) {
    Remains remains;
    for (std::size_t i = run + 1; i < structure.tokens[run].partner; ++i) {
        if (!structure.is_leaf(i)) {
            if (structure.tokens[i].kind == XmlKind::Start) i = structure.tokens[i].partner;
            continue;
        }
        const auto edit = plan.edits.find(i);
        const auto shown = plan.shown_if.find(i);
        if (edit != plan.edits.end()) {
            for (const Segment& segment : edit->second) {
                if (segment.guard == kAlways) {
                    remains.always = true;
                } else {
                    add_guard(remains.guards, segment.guard);
                }
            }
        } else if (shown != plan.shown_if.end()) {
            for (const int guard : shown->second) add_guard(remains.guards, guard);
        } else if (!structure.is(i, Element::PageBreakHint) && !plan.left_out.contains(i)) {
            remains.always = true;
        }
        i = structure.tokens[i].partner;
    }
    return remains;
}

void drop_empty_runs(Plan& plan, const Structure& structure) {
    std::set<std::size_t> runs;
    for (const auto& [leaf, segments] : plan.edits)
        if (structure.is_leaf(leaf)) runs.insert(structure.parents[leaf]);
    for (const auto& [leaf, guards] : plan.shown_if)
        if (structure.is_leaf(leaf)) runs.insert(structure.parents[leaf]);
    for (const std::size_t run : runs) {
        Remains remains = remains_of_run(plan, structure, run);
        if (remains.always) continue;
        if (remains.guards.empty()) {
            plan.left_out.insert(run);
        } else {
            plan.shown_if[run] = std::move(remains.guards);
        }
    }
}

void unbind_controls(Plan& plan, const Structure& structure) {
    for (std::size_t i = 0; i < structure.tokens.size(); ++i) {
        if (!structure.starts(i, Element::DataBinding)) continue;
        const std::size_t control = structure.parents[structure.parents[i]];
        const auto edit = plan.edits.lower_bound(control);
        if (edit != plan.edits.end() && edit->first < structure.tokens[control].partner) plan.left_out.insert(i);
    }
}

}  // namespace docwright::docgen
