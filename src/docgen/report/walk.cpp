#include "docgen/report/walk.h"

#include <algorithm>

#include "base/limits.h"
#include "docgen/merge/values.h"

namespace docwright::docgen {
namespace {

constexpr std::string_view kToday = "today";  // has a value of its own

class Walk {
public:
    explicit Walk(std::vector<UnfilledTag>& unfilled) : unfilled_(unfilled) {}

    void go(const std::vector<Step>& steps, const Scope& scope, std::string_view loop) {
        for (const Step& step : steps) one(step, scope, loop);
    }

    bool is_used(const json::value& value) const { return used_.contains(&value); }
    bool is_looped(const json::value& value) const { return looped_.contains(&value); }

private:
    void one(const Step& step, const Scope& scope, std::string_view loop) {
        switch (step.tag.kind) {
            case TagKind::LoopStart: return loop_over(step, scope, loop);
            case TagKind::Value:
            case TagKind::If:
            case TagKind::Image:
            case TagKind::Html:
            case TagKind::Link: {
                const json::value* value = scope.find(step.tag.name);
                if (value)
                    used_.insert(value);
                else if (step.tag.name != kToday && step.tag.kind != TagKind::If)
                    note({step.tag.name, std::string(loop)});
                break;
            }
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
    for (const TemplatePart& part : word.parts()) walk.go(part.program.steps, Scope(values), {});
    Paths paths(walk);
    paths.add(values, {});
    coverage.unused = paths.unused();
    return coverage;
}

std::string path_of(const UnfilledTag& tag) { return tag.loop.empty() ? tag.name : tag.loop + "." + tag.name; }

// A key written with its dots wins over a path, and a value is never read as a tag again: so a tag that finds nothing is given its
// own text, for items of loops too, which look outwards.
json::value keeping_unfilled(const WordTemplate& word, const json::value& values, const Coverage& coverage) {
    json::value kept = values;
    json::object* object = kept.if_object();
    if (!object) return kept;
    for (const UnfilledTag& tag : coverage.unfilled) {
        for (const TemplatePart& part : word.parts()) {
            const auto place = std::ranges::find_if(
                part.program.tags, [&](const TagPlace& each) { return each.tag.kind == TagKind::Value && each.tag.name == tag.name; });
            if (place == part.program.tags.end()) continue;
            object->emplace(tag.name, place->text);
            break;
        }
    }
    return kept;
}

}  // namespace docwright::docgen
