#include "docgen/template/blocks.h"

#include <fmt/format.h>

#include <algorithm>

#include "docgen/template/conditions.h"
#include "docgen/template/last_paragraphs.h"
#include "docgen/template/marker_places.h"

namespace docwright::docgen {
namespace {

class Blocks {
public:
    Blocks(Plan& plan, const Structure& structure, const Loops& loops)
        : plan_(plan), structure_(structure), loops_(loops), field_guards_(plan.guards.size()) {}

    Status read() {
        conditions_ = TRY(match_conditions(plan_, structure_));
        if (conditions_.empty()) return success();
        markers_ = find_markers(plan_);
        then_.resize(conditions_.size());
        otherwise_.resize(conditions_.size());
        for (std::size_t i = 0; i < conditions_.size(); ++i) TRY(read_one(i));
        settle_paragraphs();
        keep_last_paragraphs(plan_, structure_);
        return success();
    }

private:
    Status read_one(std::size_t number) {
        const Condition& condition = conditions_[number];
        const int decision = plan_.add_decision({.condition = plan_.tags[condition.start].tag});
        const int outer = outer_guard(condition);
        then_[number] = plan_.add_guard(decision, 0, outer);
        otherwise_[number] = plan_.add_guard(decision, 1, outer);
        const std::size_t start = leaf(condition.start), end = leaf(condition.end);
        if (structure_.paragraph_of[start] == structure_.paragraph_of[end]) return read_paragraphs(number, decision);
        const std::size_t common = common_element(structure_, start, end);
        if (structure_.is(common, Element::Row)) return read_row(number, decision, common);
        const std::size_t first = child_of(structure_, common, start), last = child_of(structure_, common, end);
        if (structure_.is(first, Element::Row) && structure_.is(last, Element::Row)) return read_rows(number, decision, common);
        if (!is_own_paragraph(first, start) || !is_own_paragraph(last, end)) return apart(condition);
        if (condition.otherwise != kNone) {
            const std::size_t middle = leaf(condition.otherwise);
            if (!is_own_paragraph(child_of(structure_, common, middle), middle)) return apart(condition);
        }
        return read_paragraphs(number, decision);
    }

    std::size_t leaf(std::size_t tag) const { return markers_.at(tag).leaf; }

    // Of the side of the condition around it.
    int outer_guard(const Condition& condition) const {
        if (condition.outer < 0) return kAlways;
        const auto outer = static_cast<std::size_t>(condition.outer);
        return condition.start > conditions_[outer].otherwise ? otherwise_[outer] : then_[outer];
    }

    bool is_own_paragraph(std::size_t element, std::size_t token) const {
        const std::uint32_t paragraph = structure_.paragraph_of[token];
        return paragraph != Structure::kNoParagraph && structure_.paragraphs[paragraph].token == element;
    }

    Error apart(const Condition& condition) const {
        const PlacedTag &start = plan_.tags[condition.start], &end = plan_.tags[condition.end];
        return {Fault::InvalidInput,
                fmt::format("{} in {} and {} in {} do not stand side by side. Put both into one paragraph, or into paragraphs of the same "
                            "text or cell, or into rows of one table; the {{{{Else}}}} between them likewise.",
                            start.text, structure_.place(start.token), end.text, structure_.place(end.token))};
    }

    // In one paragraph or in paragraphs that follow each other.
    Status read_paragraphs(std::size_t number, int decision) {
        const Condition& condition = conditions_[number];
        const MarkerPlace start = markers_.at(condition.start), end = markers_.at(condition.end);
        plan_.decided_before[paragraph_of(start.leaf)].push_back(decision);
        if (condition.otherwise == kNone) {
            guard_region(start, end, then_[number]);
        } else {
            const MarkerPlace middle = markers_.at(condition.otherwise);
            guard_region(start, middle, then_[number]);
            guard_region(middle, end, otherwise_[number]);
        }
        return success();
    }

    std::size_t paragraph_of(std::size_t token) const { return structure_.paragraphs[structure_.paragraph_of[token]].token; }

    void guard_region(const MarkerPlace& from, const MarkerPlace& to, int guard) {
        const std::size_t first = paragraph_of(from.leaf), last = paragraph_of(to.leaf);
        if (first == last) return guard_pieces(first, from, to, guard);
        guard_pieces(first, from, {structure_.tokens[first].partner, 0}, guard);
        for (std::size_t i = structure_.tokens[first].partner + 1; i < last; i = structure_.tokens[i].partner + 1) {
            switch (structure_.elements[i]) {
                case Element::BookmarkStart:
                case Element::BookmarkEnd:
                case Element::CommentMark:
                case Element::Section: break;
                default:
                    if (structure_.tokens[i].kind == XmlKind::Start || structure_.tokens[i].kind == XmlKind::Empty) i = show_if(i, guard);
            }
        }
        guard_pieces(last, {last, 0}, to, guard);
    }

    // An element; of paragraphs that one field holds together, all. Gives the last one.
    std::size_t show_if(std::size_t element, int guard) {
        std::size_t last = element;
        while (plan_.cuts.contains(structure_.tokens[last].partner)) {
            const std::size_t next = plan_.cuts.at(structure_.tokens[last].partner).last;  // in the next paragraph, or its start
            last = structure_.paragraphs[structure_.paragraph_of[next]].token;
        }
        if (last == element) {
            plan_.shown_if[element] = {guard};
        } else {
            plan_.cuts[element] = {.last = structure_.tokens[last].partner, .guard = guard};
        }
        return last;
    }

    // The pieces of a paragraph between two places.
    void guard_pieces(std::size_t paragraph, const MarkerPlace& from, const MarkerPlace& to, int guard) {
        for (std::size_t i = std::max(from.leaf, paragraph + 1); i <= to.leaf && i < structure_.tokens[paragraph].partner; ++i) {
            if (const auto edit = plan_.edits.find(i); edit != plan_.edits.end()) {
                for (std::size_t segment = 0; segment < edit->second.size(); ++segment)
                    if (const MarkerPlace here{i, segment}; from < here && here < to) add(edit->second[segment].guard, guard);
            } else if (structure_.is_leaf(i) && i > from.leaf && i < to.leaf) {
                const auto shown = plan_.shown_if.find(i);
                if (shown == plan_.shown_if.end()) {
                    plan_.shown_if[i] = {guard};
                } else {
                    for (int& each : shown->second) add(each, guard);
                }
            } else {
                continue;
            }
            i = structure_.tokens[i].partner;
        }
    }

    // `guard` around what has a guard already: of a field inside of it, or of the condition around it.
    void add(int& present, int guard) {
        if (present == kAlways || static_cast<std::size_t>(present) >= field_guards_) {
            present = guard;
            return;
        }
        int outermost = present;  // of the field's own
        const auto outer_of = [this](int each) { return plan_.guards[static_cast<std::size_t>(each)].outer; };
        while (outer_of(outermost) != kAlways && static_cast<std::size_t>(outer_of(outermost)) < field_guards_)
            outermost = outer_of(outermost);
        plan_.guards[static_cast<std::size_t>(outermost)].outer = guard;
    }

    // Both markers in one row, in different cells: the row as a whole.
    Status read_row(std::size_t number, int decision, std::size_t row) {
        const Condition& condition = conditions_[number];
        if (condition.otherwise != kNone) return in_the_middle(condition.otherwise);
        TRY(check_edges(condition, row, row));
        return show_rows_if({row}, row, condition, then_[number], decision);
    }

    // Markers in rows of one table.
    Status read_rows(std::size_t number, int decision, std::size_t table) {
        const Condition& condition = conditions_[number];
        const std::size_t first = child_of(structure_, table, leaf(condition.start));
        const std::size_t last = child_of(structure_, table, leaf(condition.end));
        TRY(check_edges(condition, first, last));
        std::size_t middle = kNone;
        bool middle_is_then = false;
        if (condition.otherwise != kNone) {
            middle = child_of(structure_, table, leaf(condition.otherwise));
            if (!structure_.is(middle, Element::Row)) return apart(condition);
            const MarkerPlace marker = markers_.at(condition.otherwise);
            const bool before = shows_anything(plan_, structure_, {middle, 0}, marker);
            const bool behind = shows_anything(plan_, structure_, marker, {structure_.tokens[middle].partner, 0});
            if (before && behind) return in_the_middle(condition.otherwise);
            middle_is_then = before;
        }
        std::vector<std::size_t> then, otherwise;
        for (std::size_t row = first; row <= last; row = structure_.tokens[row].partner + 1) {
            if (!structure_.starts(row, Element::Row)) continue;
            if (!shows_anything(plan_, structure_, {row, 0}, {structure_.tokens[row].partner, 0}) && holds_marker(condition, row)) {
                plan_.left_out.insert(row);
            } else {
                (row < middle || (row == middle && middle_is_then) ? then : otherwise).push_back(row);
            }
        }
        TRY(show_rows_if(then, first, condition, then_[number], decision));
        return show_rows_if(otherwise, first, condition, otherwise_[number], decision);
    }

    bool holds_marker(const Condition& condition, std::size_t row) const {
        const auto inside = [&](std::size_t tag) { return tag != kNone && row < leaf(tag) && leaf(tag) < structure_.tokens[row].partner; };
        return inside(condition.start) || inside(condition.otherwise) || inside(condition.end);
    }

    // Nothing stands in the rows before the start and behind the end.
    Status check_edges(const Condition& condition, std::size_t first, std::size_t last) const {
        if (shows_anything(plan_, structure_, {first, 0}, markers_.at(condition.start))) return in_the_middle(condition.start);
        if (shows_anything(plan_, structure_, markers_.at(condition.end), {structure_.tokens[last].partner, 0}))
            return in_the_middle(condition.end);
        return success();
    }

    Error in_the_middle(std::size_t tag) const {
        const PlacedTag& placed = plan_.tags[tag];
        return {Fault::InvalidInput,
                fmt::format("{} in {} stands in the middle of a row whose condition reaches beyond one cell. Such a condition shows whole "
                            "rows: put it at the row's start or end, or into a row of its own.",
                            placed.text, structure_.place(placed.token))};
    }

    // Rows of one loop belong to it: a condition that starts in it is decided for each item, one around it once.
    Status show_rows_if(const std::vector<std::size_t>& rows, std::size_t first_row, const Condition& condition, int guard, int decision) {
        const std::size_t start = leaf(condition.start), end = leaf(condition.end);
        bool before_loop = false;
        for (const auto& [row, loop] : loops_.by_row) {
            const std::size_t loop_end = structure_.tokens[loop.last_row].partner;
            if (loop_end < start || row > end) continue;
            const bool starts_inside = row < start && loop.tag < condition.start, ends_inside = end < loop_end;
            const bool holds_it = starts_inside && ends_inside, is_held = !starts_inside && loop_end < end;
            const bool same_rows = !starts_inside && row < start;  // the condition's start stands before the loop's in its row
            if (same_rows) before_loop = true;
            if (!holds_it && !is_held && !same_rows) return crosses(condition, loop.tag);
        }
        auto& decided = before_loop ? plan_.decided_before_loops[first_row] : plan_.decided_before[first_row];
        if (std::ranges::find(decided, decision) == decided.end()) decided.push_back(decision);
        for (const std::size_t row : rows) {
            const LoopRows* loop = loop_started_behind(condition.start, row);
            if (!loop) {
                plan_.shown_if[row] = {guard};
            } else if (loops_.by_row.contains(row)) {
                plan_.loops_shown_if[row] = guard;
            }
        }
        return success();
    }

    // The loop that holds the row and starts behind the tag.
    const LoopRows* loop_started_behind(std::size_t tag, std::size_t row) const {
        for (const auto& [first, loop] : loops_.by_row)
            if (first <= row && row <= loop.last_row && loop.tag > tag) return &loop;
        return nullptr;
    }

    Error crosses(const Condition& condition, std::size_t loop) const {
        const PlacedTag &start = plan_.tags[condition.start], &loop_start = plan_.tags[loop];
        return {
            Fault::InvalidInput,
            fmt::format("{} in {} and {} in {} overlap. A condition starts and ends inside of the rows that a loop repeats, or outside.",
                        start.text, structure_.place(start.token), loop_start.text, structure_.place(loop_start.token))};
    }

    // Paragraphs with markers that would be blank go.
    void settle_paragraphs() {
        for (const auto& [tag, place] : markers_) {
            const TagKind kind = plan_.tags[tag].tag.kind;
            if (kind == TagKind::LoopStart || kind == TagKind::LoopEnd) continue;
            const std::size_t paragraph = paragraph_of(place.leaf);
            if (is_cut(paragraph)) continue;
            Remains remains = remains_of_paragraph(plan_, structure_, paragraph);
            if (remains.always) continue;
            if (remains.guards.empty()) {
                plan_.left_out.insert(paragraph);
            } else {
                plan_.shown_if[paragraph] = std::move(remains.guards);
            }
        }
    }

    // Its end or start belongs to a field over several paragraphs.
    bool is_cut(std::size_t paragraph) const {
        auto cut = plan_.cuts.upper_bound(structure_.tokens[paragraph].partner);
        return cut != plan_.cuts.begin() && (--cut)->second.last >= paragraph && (cut->first < paragraph || is_break(cut->first));
    }
    bool is_break(std::size_t token) const { return structure_.ends(token, Element::Paragraph); }

    Plan& plan_;
    const Structure& structure_;
    const Loops& loops_;
    const std::size_t field_guards_;  // those of fields come first
    std::vector<Condition> conditions_;
    std::map<std::size_t, MarkerPlace> markers_;
    std::vector<int> then_, otherwise_;  // guards, by condition
};

}  // namespace

Status read_blocks(Plan& plan, const Structure& structure, const Loops& loops) { return Blocks(plan, structure, loops).read(); }

}  // namespace docwright::docgen
