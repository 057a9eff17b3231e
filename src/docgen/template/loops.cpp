#include "docgen/template/loops.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace docwright::docgen {
namespace {

class Matcher {
public:
    Matcher(const Plan& plan, const Structure& structure) : tags_(plan.tags), structure_(structure), used_(plan.tags.size(), false) {}

    Result<Loops> match() {
        for (std::size_t i = 0; i < tags_.size(); ++i) {
            const TagKind kind = tags_[i].tag.kind;
            if (kind != TagKind::LoopStart && kind != TagKind::LoopEnd) continue;
            if (row_of(tags_[i]) == 0) return outside(tags_[i]);
            if (kind == TagKind::LoopStart && !used_[i]) TRY(match_start(i));
        }
        for (std::size_t i = 0; i < tags_.size(); ++i) {
            if (tags_[i].tag.kind == TagKind::LoopEnd && !used_[i]) warn(tags_[i], "has no start in its row");
        }
        TRY(check_groups());
        return std::move(loops_);
    }

private:
    Status match_start(std::size_t start) {
        used_[start] = true;
        const PlacedTag& tag = tags_[start];
        const std::optional<std::size_t> last = last_row_of(tag);
        if (!last) {
            warn(tag, fmt::format("wants {} rows, and its table has fewer below it", tag.tag.rows));
            return success();
        }
        for (std::size_t i = start + 1; i < tags_.size(); ++i) {
            const PlacedTag& other = tags_[i];
            if (other.token > structure_.tokens[*last].partner) break;
            const std::size_t row = row_of(other);
            if (row == row_of(tag) && other.tag.kind == TagKind::LoopStart) return overlapping(tag, other);
            if (row != *last || other.tag.kind != TagKind::LoopEnd || other.tag.name != tag.tag.name || used_[i]) continue;
            used_[i] = true;
            if (!loops_.by_row.emplace(row_of(tag), LoopRows{start, *last}).second)
                warn(tag, "is the second loop of its row; only the first repeats the row, so give each a row of its own");
            return success();
        }
        warn(tag, fmt::format("has no {{{{TableEnd:{}}}}} in the same row; a start and its end stand in one row", tag.tag.name));
        return success();
    }

    // Groups of rows hold each other or stand apart.
    Status check_groups() const {
        std::vector<const LoopRows*> open;
        for (const auto& [row, loop] : loops_.by_row) {
            while (!open.empty() && structure_.tokens[open.back()->last_row].partner < row) open.pop_back();
            if (!open.empty() && structure_.tokens[loop.last_row].partner > structure_.tokens[open.back()->last_row].partner)
                return Error{Fault::InvalidInput,
                             fmt::format("The rows of {} in {} begin inside of those of {} and end behind them. Let the groups of rows "
                                         "follow each other.",
                                         tags_[loop.tag].text, structure_.place(tags_[loop.tag].token), tags_[open.back()->tag].text)};
            open.push_back(&loop);
        }
        return success();
    }

    std::optional<std::size_t> last_row_of(const PlacedTag& tag) const {
        const Paragraph& paragraph = structure_.paragraphs[structure_.paragraph_of[tag.token]];
        const std::vector<std::size_t>& rows = structure_.rows.at(paragraph.table);
        const auto first = std::ranges::find(rows, paragraph.row);
        if (rows.end() - first < tag.tag.rows) return std::nullopt;
        const std::size_t last = *(first + (tag.tag.rows - 1));
        return structure_.parents[last] == structure_.parents[paragraph.row] ? std::optional(last) : std::nullopt;
    }

    // Token of the row that the tag stands in; 0: none.
    std::size_t row_of(const PlacedTag& tag) const {
        const std::uint32_t paragraph = structure_.paragraph_of[tag.token];
        return paragraph == Structure::kNoParagraph ? 0 : structure_.paragraphs[paragraph].row;
    }

    Status overlapping(const PlacedTag& first, const PlacedTag& second) const {
        return Error{Fault::InvalidInput,
                     fmt::format("{} in {} starts before {} has ended. Put the inner loop into a table inside a cell of the row.",
                                 second.text, structure_.place(second.token), first.text)};
    }

    Error outside(const PlacedTag& tag) const {
        return Error{
            Fault::InvalidInput,
            fmt::format("{} in {} stands outside of any table. A loop repeats a table row: put {{{{TableStart:{}}}}} into its first cell "
                        "and {{{{TableEnd:{}}}}} into its last.",
                        tag.text, structure_.place(tag.token), tag.tag.name, tag.tag.name)};
    }

    void warn(const PlacedTag& tag, std::string_view what) {
        loops_.warnings.push_back(fmt::format("{} in {} {}. Its row is shown once.", tag.text, structure_.place(tag.token), what));
    }

    const std::vector<PlacedTag>& tags_;
    const Structure& structure_;
    std::vector<bool> used_;
    Loops loops_;
};

}  // namespace

Result<Loops> match_loops(const Plan& plan, const Structure& structure) { return Matcher(plan, structure).match(); }

std::vector<std::size_t> loops_around(const Loops& loops, const Structure& structure, std::size_t token) {
    std::vector<std::size_t> around;
    for (const auto& [row, loop] : loops.by_row) {
        if (row > token) break;
        if (token <= structure.tokens[loop.last_row].partner) around.push_back(loop.tag);
    }
    return around;
}

}  // namespace docwright::docgen
