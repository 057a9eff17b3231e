#include "docgen/report/walk.h"

#include <algorithm>

#include "base/limits.h"
#include "docgen/merge/values.h"

namespace docwright::docgen {
namespace {

class Walk {
public:
    explicit Walk(std::vector<UnfilledTag>& unfilled) : unfilled_(unfilled) {}

    void go(const Program& program, const Scope& scope) {
        program_ = &program;
        go(program.steps, scope, {});
    }

    bool is_used(const json::value& value) const { return used_.contains(&value); }
    bool is_looped(const json::value& value) const { return looped_.contains(&value); }

private:
    void go(const std::vector<Step>& steps, const Scope& scope, std::string_view loop) {
        for (const Step& step : steps) one(step, scope, loop);
    }

    // What a condition asks for may be missing: then it does not hold. All branches are gone through, whichever would be shown.
    void ask(const Decision& decision, const Scope& scope) {
        if (decision.comparison == Comparison::Holds) use(decision.condition, scope);
        for (const auto* side : {&decision.left, &decision.right}) ask(*side, scope);
    }
    void ask(const std::vector<OperandPart>& parts, const Scope& scope) {
        for (const OperandPart& part : parts) {
            if (part.is_tag) use(part.tag, scope);
            ask(part.then, scope);
            ask(part.otherwise, scope);
        }
    }
    bool use(const Tag& tag, const Scope& scope) {
        const json::value* value = scope.find(tag.name);
        if (value) used_.insert(value);
        return value != nullptr;
    }

    void one(const Step& step, const Scope& scope, std::string_view loop) {
        if (step.kind == StepKind::Decide) ask(program_->decisions[static_cast<std::size_t>(step.index)], scope);
        switch (step.tag.kind) {
            case TagKind::LoopStart: return loop_over(step, scope, loop);
            case TagKind::Value:
            case TagKind::Image:
            case TagKind::Html:
            case TagKind::Link:
                if (!use(step.tag, scope) && step.tag.name != kToday) note({step.tag.name, std::string(loop)});
                break;
            default: break;
        }
        go(step.body, scope, loop);
    }

    void loop_over(const Step& step, const Scope& scope, std::string_view loop) {
        const json::value* list = scope.find(step.tag.name);
        if (!list) return note({step.tag.name, std::string(loop)});
        looped_.insert(list);
        const json::array* items = list->if_array();
        if (!items && !list->is_null()) go(step.body, scope.inside(*list, 1), step.tag.name);
        for (std::size_t i = 0; items && i < items->size(); ++i)
            go(step.body, scope.inside((*items)[i], static_cast<int>(i) + 1), step.tag.name);
    }

    void note(UnfilledTag tag) {
        if (noted_.insert({tag.loop, tag.name}).second) unfilled_.push_back(std::move(tag));
    }

    std::vector<UnfilledTag>& unfilled_;
    const Program* program_ = nullptr;
    std::set<std::pair<std::string, std::string>> noted_;
    std::set<const json::value*> used_, looped_;
};

// The paths of the values: those that were asked for, with all that leads there, and the ends.
class Paths {
public:
    explicit Paths(const Walk& walk) : walk_(walk) {}

    void add(const json::value& value, const std::string& path) {
        if (walk_.is_used(value) || walk_.is_looped(value)) note_used(path);
        if (walk_.is_used(value)) return;
        if (const json::object* object = value.if_object()) {
            for (const auto& [key, member] : *object) add(member, path.empty() ? std::string(key) : path + "." + std::string(key));
        } else if (const json::array* array = value.if_array()) {
            for (const json::value& item : *array) add(item, path);
        } else if (ends_seen_.insert(path).second) {
            ends_.push_back(path);
        }
    }

    std::vector<std::string> unused() const {
        std::vector<std::string> found;
        for (const std::string& end : ends_) {
            if (used_.contains(end)) continue;
            std::size_t cut = end.find('.');
            while (cut != std::string::npos && used_.contains(end.substr(0, cut))) cut = end.find('.', cut + 1);
            std::string path = end.substr(0, cut);
            if (std::ranges::find(found, path) == found.end() && found.size() < limits::kTemplateFindings) found.push_back(std::move(path));
        }
        return found;
    }

private:
    void note_used(const std::string& path) {
        if (!used_.insert(path).second) return;
        for (std::size_t dot = path.find('.'); dot != std::string::npos; dot = path.find('.', dot + 1)) used_.insert(path.substr(0, dot));
    }

    const Walk& walk_;
    std::set<std::string> used_, ends_seen_;
    std::vector<std::string> ends_;
};

}  // namespace

Coverage coverage_of(const WordTemplate& word, const json::value& values) {
    Coverage coverage;
    Walk walk(coverage.unfilled);
    for (const TemplatePart& part : word.parts()) walk.go(part.program, Scope(values));
    Paths paths(walk);
    paths.add(values, {});
    coverage.unused = paths.unused();
    return coverage;
}

std::string path_of(const UnfilledTag& tag) { return tag.loop.empty() ? tag.name : tag.loop + "." + tag.name; }

}  // namespace docwright::docgen
