#include "docgen/report/values_schema.h"

#include <fmt/format.h>

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace docwright::docgen {
namespace {

enum class Meaning { Any, Truth, Number, Date, DateTime, Image, Html, Link };

struct Node {
    bool is_list = false;
    Meaning meaning = Meaning::Any;
    std::string picture = {};
    std::vector<std::pair<std::string, std::unique_ptr<Node>>> members = {};  // of the value, or of each item

    Node& member(std::string_view name) {
        for (auto& [key, node] : members)
            if (key == name) return *node;
        return *members.emplace_back(std::string(name), std::make_unique<Node>()).second;
    }
    Node& at(std::string_view path) {
        Node* node = this;
        while (!path.empty()) {
            const std::size_t dot = path.find('.');
            node = &node->member(path.substr(0, dot));
            path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
        }
        return *node;
    }
};

bool shows_time(std::string_view picture) {
    bool quoted = false;
    for (char letter : picture) {
        if (letter == '\'') quoted = !quoted;
        if (!quoted && (letter == 'h' || letter == 'H' || letter == 'm' || letter == 's')) return true;
    }
    return false;
}

Meaning meaning_of(const Tag& tag) {
    switch (tag.kind) {
        case TagKind::If: return tag.equals ? Meaning::Any : Meaning::Truth;
        case TagKind::Image: return Meaning::Image;
        case TagKind::Html: return Meaning::Html;
        case TagKind::Link: return Meaning::Link;
        default: break;
    }
    if (tag.switches.date) return shows_time(*tag.switches.date) ? Meaning::DateTime : Meaning::Date;
    return tag.switches.number ? Meaning::Number : Meaning::Any;
}

class Builder {
public:
    void add_scalars(const Program& program) { walk(program, program.steps, &root_, true); }
    void add_loops(const Program& program) { walk(program, program.steps, &root_, false); }
    const Node& root() const { return root_; }

private:
    // Scalars outside of loops first: a loop's tag that bears such a name may look outwards.
    void walk(const Program& program, const std::vector<Step>& steps, Node* level, bool only_scalars) {
        for (const Step& step : steps) {
            if (step.tag.kind == TagKind::LoopStart) {
                if (only_scalars) continue;
                Node& list = step.tag.name == "." ? *level : level->at(step.tag.name);
                list.is_list = true;
                walk(program, step.body, &list, false);
                continue;
            }
            if (step.kind == StepKind::Decide && (only_scalars || level != &root_)) {
                const Decision& decision = program.decisions[static_cast<std::size_t>(step.index)];
                if (decision.comparison == Comparison::Holds) take(decision.condition, *level);
                for (const auto* side : {&decision.left, &decision.right}) take(*side, *level);
            }
            if (asks_for_a_value(step.tag) && (only_scalars || level != &root_)) take(step.tag, *level);
            walk(program, step.body, level, only_scalars);
        }
    }

    static bool asks_for_a_value(const Tag& tag) {
        const bool value = tag.kind == TagKind::Value || tag.kind == TagKind::If || tag.kind == TagKind::Image ||
                           tag.kind == TagKind::Html || tag.kind == TagKind::Link;
        return value && tag.name != kToday;
    }

    void take(const std::vector<OperandPart>& parts, Node& level) {
        for (const OperandPart& part : parts) {
            if (part.is_tag && asks_for_a_value(part.tag)) take(part.tag, level);
            take(part.then, level);
            take(part.otherwise, level);
        }
    }

    void take(const Tag& tag, Node& level) {
        if (&level == &root_)
            outside_.insert(tag.name);
        else if (outside_.contains(tag.name))
            return;
        Node& node = tag.name == "." ? level : level.at(tag.name);
        const Meaning meaning = meaning_of(tag);
        if (meaning > node.meaning) node.meaning = meaning;
        if (tag.switches.date) node.picture = *tag.switches.date;
        if (tag.switches.number && node.picture.empty()) node.picture = *tag.switches.number;
    }

    Node root_;
    std::set<std::string> outside_;
};

json::object schema_of(const Node& node);

json::object properties_of(const Node& node) {
    json::object properties;
    for (const auto& [name, member] : node.members) properties[name] = schema_of(*member);
    return {{"type", "object"}, {"properties", std::move(properties)}};
}

json::object scalar_schema(const Node& node) {
    json::object schema;
    switch (node.meaning) {
        case Meaning::Any: schema["type"] = {"string", "number", "boolean", "null"}; break;
        case Meaning::Truth: schema["type"] = {"boolean", "string", "number", "null"}; break;
        case Meaning::Number: schema["type"] = {"number", "string"}; break;
        case Meaning::Date: schema = {{"type", "string"}, {"format", "date"}}; break;
        case Meaning::DateTime: schema = {{"type", "string"}, {"format", "date-time"}}; break;
        case Meaning::Image: schema = {{"type", "string"}, {"contentEncoding", "base64"}}; break;
        case Meaning::Html: schema = {{"type", "string"}, {"contentMediaType", "text/html"}}; break;
        case Meaning::Link:
            schema = {{"type", "object"},
                      {"properties", {{"text", {{"type", "string"}}}, {"url", {{"type", "string"}, {"format", "uri-reference"}}}}}};
            break;
    }
    if (!node.picture.empty()) schema["description"] = fmt::format("Shown as {}", node.picture);
    return schema;
}

json::object schema_of(const Node& node) {
    json::object one = node.members.empty() ? scalar_schema(node) : properties_of(node);
    if (!node.is_list) return one;
    return {{"type", "array"}, {"items", std::move(one)}};
}

}  // namespace

json::object values_schema(const WordTemplate& word) {
    Builder builder;
    for (const TemplatePart& part : word.parts()) builder.add_scalars(part.program);
    for (const TemplatePart& part : word.parts()) builder.add_loops(part.program);
    json::object schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}};
    for (const auto& [key, value] : properties_of(builder.root())) schema[key] = value;
    return schema;
}

}  // namespace docwright::docgen
