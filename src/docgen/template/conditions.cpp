#include "docgen/template/conditions.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"

namespace docwright::docgen {
namespace {

class Matcher {
public:
    Matcher(const Plan& plan, const Structure& structure) : tags_(plan.tags), structure_(structure) {}

    Result<std::vector<Condition>> match() {
        for (std::size_t i = 0; i < tags_.size(); ++i) {
            switch (tags_[i].tag.kind) {
                case TagKind::If: TRY(start(i)); break;
                case TagKind::Else: TRY(otherwise(i)); break;
                case TagKind::EndIf: TRY(end(i)); break;
                default: break;
            }
        }
        if (!open_.empty()) return never_ended(tags_[found_[open_.back()].start]);
        return std::move(found_);
    }

private:
    Status start(std::size_t tag) {
        if (open_.size() >= limits::kConditionDepth)
            return Error{Fault::LimitExceeded,
                         fmt::format("{} stands inside of {} other conditions; that is too deep.", at(tag), open_.size())};
        const int outer = open_.empty() ? -1 : static_cast<int>(open_.back());
        open_.push_back(found_.size());
        found_.push_back({.start = tag, .outer = outer});
        return success();
    }

    Status otherwise(std::size_t tag) {
        if (open_.empty())
            return Error{Fault::InvalidInput,
                         fmt::format("{} stands in no condition. Put it between {{{{If:name}}}} and {{{{EndIf:name}}}}.", at(tag))};
        Condition& condition = found_[open_.back()];
        if (condition.otherwise != kNone)
            return Error{Fault::InvalidInput,
                         fmt::format("{} is the second one of {}. A condition has one {{{{Else}}}}; put a condition of its own into it.",
                                     at(tag), at(condition.start))};
        condition.otherwise = tag;
        return success();
    }

    Status end(std::size_t tag) {
        const std::string& name = tags_[tag].tag.name;
        if (open_.empty())
            return Error{Fault::InvalidInput,
                         fmt::format("{} ends a condition that was never started. Put {{{{If:{}}}}} before it.", at(tag), name)};
        Condition& condition = found_[open_.back()];
        const PlacedTag& start = tags_[condition.start];
        if (start.tag.name != name)
            return Error{Fault::InvalidInput,
                         fmt::format("{} stands before {} has ended. End the inner condition first, with {{{{EndIf:{}}}}}.", at(tag),
                                     at(condition.start), start.tag.name)};
        condition.end = tag;
        open_.pop_back();
        return success();
    }

    std::string at(std::size_t tag) const { return fmt::format("{} in {}", tags_[tag].text, structure_.place(tags_[tag].token)); }

    Error never_ended(const PlacedTag& tag) const {
        return {Fault::InvalidInput, fmt::format("{} in {} is never ended. Put {{{{EndIf:{}}}}} behind what it is about, in the same part.",
                                                 tag.text, structure_.place(tag.token), tag.tag.name)};
    }

    const std::vector<PlacedTag>& tags_;
    const Structure& structure_;
    std::vector<Condition> found_;
    std::vector<std::size_t> open_;
};

}  // namespace

Result<std::vector<Condition>> match_conditions(Plan& plan, const Structure& structure) {
    const bool has_any = std::ranges::any_of(
        plan.tags, [](const PlacedTag& placed) { return placed.tag.kind == TagKind::If || placed.tag.kind == TagKind::EndIf; });
    if (has_any) return Matcher(plan, structure).match();
    for (PlacedTag& placed : plan.tags) {
        if (placed.tag.kind != TagKind::Else) continue;
        constexpr std::string_view kBesideName = "{} \t\n";
        std::string name = placed.text.substr(std::min(placed.text.find_first_not_of(kBesideName), placed.text.size()));
        name.resize(name.find_last_not_of(kBesideName) + 1);
        placed.tag = {.kind = TagKind::Value, .name = std::move(name)};
    }
    return std::vector<Condition>();
}

}  // namespace docwright::docgen
