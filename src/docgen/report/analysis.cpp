#include "docgen/report/analysis.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"

namespace docwright::docgen {
namespace {

bool is_builtin(const Tag& tag) { return tag.kind == TagKind::RowNumber || (tag.kind == TagKind::Value && tag.name == kToday); }

std::string_view kind_of(const Tag& tag) {
    if (is_builtin(tag)) return "builtin";
    switch (tag.kind) {
        case TagKind::Value: return "scalar";
        case TagKind::LoopStart: return "loop";
        case TagKind::Formula: return "formula";
        case TagKind::If: return "condition";
        case TagKind::Image: return "image";
        case TagKind::Html: return "html";
        case TagKind::Link: return "link";
        default: return {};  // the ends of loops and conditions, and what shows nothing
    }
}

std::string_view name_of(const Tag& tag) {
    if (tag.kind == TagKind::RowNumber) return "ROW_NUMBER";
    if (tag.kind != TagKind::Formula) return tag.name;
    switch (tag.function) {
        case Function::Sum: return "SUM";
        case Function::Average: return "AVERAGE";
        case Function::Count: return "COUNT";
        case Function::Minimum: return "MIN";
        case Function::Maximum: return "MAX";
        case Function::Product: return "PRODUCT";
    }
    return {};
}

std::string switch_text(const Switches& switches) {
    std::string text;
    const auto add = [&](std::string_view sign, std::string_view picture) {
        text += fmt::format("{}\\{} {}", text.empty() ? "" : " ", sign, picture);
    };
    if (switches.number) add("#", *switches.number);
    if (switches.date) add("@", *switches.date);
    for (const std::string& format : switches.formats) add("*", format);
    return text;
}

json::object listed(const TagPlace& place, std::string_view location) {
    const bool field = place.in_field && place.tag.kind == TagKind::Value && !is_builtin(place.tag);
    json::object tag{{"name", name_of(place.tag)}, {"kind", field ? "field" : kind_of(place.tag)}, {"text", place.text}};
    if (const std::string text = switch_text(place.tag.switches); !text.empty()) tag["switch"] = text;
    tag["location"] = place.in_text_box ? "textbox" : location;
    if (!place.loop.empty()) tag["loop"] = place.loop;
    tag["paragraph"] = place.paragraph;
    if (place.table > 0) tag["table"] = place.table;
    if (place.row > 0) tag["row"] = place.row;
    return tag;
}

// Names in the order in which they came, each once.
class Names {
public:
    void add(std::string name) {
        if (std::ranges::find(names_, name) == names_.end() && names_.size() < limits::kTemplateFindings) names_.push_back(std::move(name));
    }
    const std::vector<std::string>& all() const { return names_; }
    std::string joined() const {
        std::string text;
        for (const std::string& name : names_) text += (text.empty() ? "" : ",") + name;
        return text;
    }

private:
    std::vector<std::string> names_;
};

std::vector<const TagPlace*> places_of(const WordTemplate& word) {
    std::vector<const TagPlace*> places;
    for (const TemplatePart& part : word.parts())
        for (const TagPlace& place : part.program.tags) places.push_back(&place);
    return places;
}

std::string double_tags(const std::vector<const TagPlace*>& places) {
    Names loops, names;
    for (const TagPlace* place : places)
        if (place->tag.kind == TagKind::LoopStart && !place->loop.empty()) loops.add(place->tag.name);
    for (const std::string& loop : loops.all()) {
        names.add(loop);
        for (const TagPlace* place : places) {
            const bool field =
                place->tag.kind == TagKind::Value && place->loop == loop && place->tag.name != "." && !is_builtin(place->tag);
            if (field) names.add(loop + "." + place->tag.name);
        }
    }
    return names.joined();
}

}  // namespace

TagList list_tags(const WordTemplate& word) {
    TagList list;
    for (const TemplatePart& part : word.parts()) {
        for (const TagPlace& place : part.program.tags)
            if (!kind_of(place.tag).empty() && list.tags.size() < limits::kTemplateFindings)
                list.tags.push_back(listed(place, part.location));
    }
    const std::vector<const TagPlace*> places = places_of(word);
    Names single;
    for (const TagPlace* place : places)
        if (place->tag.kind == TagKind::Value && place->loop.empty() && !is_builtin(place->tag)) single.add(place->tag.name);
    list.single_tags = single.joined();
    list.double_tags = double_tags(places);
    return list;
}

}  // namespace docwright::docgen
