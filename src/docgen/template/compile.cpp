#include "docgen/template/compile.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "docgen/template/blocks.h"
#include "docgen/template/fields.h"
#include "docgen/template/loops.h"
#include "docgen/template/numbered.h"
#include "docgen/template/paragraphs.h"
#include "docgen/template/plan.h"
#include "docgen/template/steps.h"
#include "docgen/template/structure.h"
#include "docgen/template/xml.h"

namespace docwright::docgen {
namespace {

constexpr std::string_view kNamespaces[] = {"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                                            "http://purl.oclc.org/ooxml/wordprocessingml/main"};  // the strict form

// "w:", or what this writer calls it; nothing where the part is not WordprocessingML.
std::optional<std::string> prefix_of(std::string_view part, const XmlToken& root) {
    const std::string_view tag = part.substr(root.begin, root.end - root.begin);
    for (std::string_view name : kNamespaces) {
        const std::size_t at = tag.find(name);
        if (at == std::string_view::npos) continue;
        const std::size_t key = tag.rfind("xmlns", at);
        if (key == std::string_view::npos) return std::nullopt;
        const std::string_view declared = tag.substr(key, tag.find('=', key) - key);
        const std::size_t colon = declared.find(':');
        return colon == std::string_view::npos ? std::string() : std::string(declared.substr(colon + 1)) + ":";
    }
    return std::nullopt;
}

TagPlace listed(const PlacedTag& placed, const Plan& plan, const Structure& structure, const Loops& loops) {
    TagPlace place{.tag = placed.tag, .text = placed.text, .in_field = placed.in_field};
    for (const std::size_t loop : loops_around(loops, structure, placed.token)) place.loops.push_back(plan.tags[loop].tag.name);
    if (!place.loops.empty()) place.loop = place.loops.back();
    const std::uint32_t number = structure.paragraph_of[placed.token];
    if (number == Structure::kNoParagraph) return place;
    const Paragraph& paragraph = structure.paragraphs[number];
    place.paragraph = static_cast<int>(number) + 1;
    place.in_text_box = paragraph.text_box;
    const auto table = structure.rows.find(paragraph.table);
    if (table == structure.rows.end()) return place;
    place.table = static_cast<int>(std::distance(structure.rows.begin(), table)) + 1;
    place.row = static_cast<int>(std::distance(table->second.begin(), std::ranges::find(table->second, paragraph.row))) + 1;
    return place;
}

Result<Program> compile_text(const Structure& structure) {
    Plan plan;
    read_fields(plan, structure);
    read_paragraphs(plan, structure);
    put_in_order(plan);
    Loops loops = TRY(match_loops(plan, structure));
    TRY(read_blocks(plan, structure, loops));
    drop_empty_runs(plan, structure);
    unbind_controls(plan, structure);
    Program program;
    program.prefix = structure.prefix;
    program.warnings = std::move(plan.warnings);
    std::ranges::move(loops.warnings, std::back_inserter(program.warnings));
    for (const PlacedTag& placed : plan.tags) {
        if (!placed.tag.problem.empty())
            program.warnings.push_back(
                fmt::format("{} in {} shows nothing: {}.", placed.text, structure.place(placed.token), placed.tag.problem));
        program.tags.push_back(listed(placed, plan, structure, loops));
    }
    program.used = used_numbers(structure);
    build_steps(program, plan, structure, loops);
    program.decisions = std::move(plan.decisions);
    program.guards = std::move(plan.guards);
    return program;
}

}  // namespace

Result<Program> compile(std::string_view part) {
    std::vector<XmlToken> tokens = TRY(scan_xml(part));
    const auto root =
        std::ranges::find_if(tokens, [](const XmlToken& token) { return token.kind == XmlKind::Start || token.kind == XmlKind::Empty; });
    std::optional<std::string> prefix = prefix_of(part, *root);
    if (!prefix) {
        Program copied;
        copied.steps.push_back({.kind = StepKind::Bytes, .bytes = part});
        return copied;
    }
    return compile_text(read_structure(part, std::move(tokens), *std::move(prefix)));
}

}  // namespace docwright::docgen
