#include "docgen/template/loops.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace docwright::docgen {
namespace {

struct RowPlace {
    std::size_t table = 0, row = 0;  // from 1
};

RowPlace number_of(const PlacedTag& tag, const TableRows& rows) {
    const auto table = rows.find(tag.table);
    if (table == rows.end()) return {};
    const auto row = std::ranges::find(table->second, tag.row);
    return {static_cast<std::size_t>(std::distance(rows.begin(), table)) + 1,
            static_cast<std::size_t>(std::distance(table->second.begin(), row)) + 1};
}

class Matcher {
public:
    Matcher(const PartTexts& texts, const TableRows& rows) : tags_(texts.tags), rows_(rows), used_(texts.tags.size(), false) {}

    Result<Loops> match() {
        for (std::size_t i = 0; i < tags_.size(); ++i) {
            const TagKind kind = tags_[i].tag.kind;
            if (kind != TagKind::LoopStart && kind != TagKind::LoopEnd) continue;
            if (tags_[i].row == 0) return outside(tags_[i]);
            if (kind == TagKind::LoopStart && !used_[i]) TRY(match_start(i));
        }
        for (std::size_t i = 0; i < tags_.size(); ++i) {
            if (tags_[i].tag.kind == TagKind::LoopEnd && !used_[i]) warn(tags_[i], "has no start in its row");
        }
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
            if (other.row == tag.row && other.tag.kind == TagKind::LoopStart) return overlapping(tag, other);
            if (other.row != *last || other.tag.kind != TagKind::LoopEnd || other.tag.name != tag.tag.name || used_[i]) continue;
            used_[i] = true;
            if (!loops_.by_row.emplace(tag.row, LoopRows{start, *last}).second)
                warn(tag, "is the second loop of its row; only the first repeats the row");
            return success();
        }
        warn(tag, fmt::format("has no {{{{TableEnd:{}}}}} in the same row; a start and its end stand in one row", tag.tag.name));
        return success();
    }

    std::optional<std::size_t> last_row_of(const PlacedTag& tag) const {
        const std::vector<std::size_t>& rows = rows_.at(tag.table);
        const std::size_t last = number_of(tag, rows_).row - 1 + static_cast<std::size_t>(tag.tag.rows) - 1;
        return last < rows.size() ? std::optional(rows[last]) : std::nullopt;
    }

    Status overlapping(const PlacedTag& first, const PlacedTag& second) const {
        return Error{Fault::InvalidInput,
                     fmt::format("{} in {} starts before {} has ended. Put the inner loop into a table inside a cell of the row.",
                                 second.text, place_of(second, rows_), first.text)};
    }

    Error outside(const PlacedTag& tag) const {
        return Error{
            Fault::InvalidInput,
            fmt::format("{} in {} stands outside of any table. A loop repeats a table row: put {{{{TableStart:{}}}}} into its first cell "
                        "and {{{{TableEnd:{}}}}} into its last.",
                        tag.text, place_of(tag, rows_), tag.tag.name, tag.tag.name)};
    }

    void warn(const PlacedTag& tag, std::string_view what) {
        loops_.warnings.push_back(fmt::format("{} in {} {}. Its row is shown once.", tag.text, place_of(tag, rows_), what));
    }

    const std::vector<PlacedTag>& tags_;
    const TableRows& rows_;
    std::vector<bool> used_;
    Loops loops_;
};

}  // namespace

std::string place_of(const PlacedTag& tag, const TableRows& rows) {
    const RowPlace place = number_of(tag, rows);
    return place.table == 0 ? fmt::format("paragraph {}", tag.paragraph) : fmt::format("table {}, row {}", place.table, place.row);
}

Result<Loops> match_loops(const PartTexts& texts, const TableRows& rows) { return Matcher(texts, rows).match(); }

}  // namespace docwright::docgen
