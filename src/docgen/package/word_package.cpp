#include "docgen/package/word_package.h"

#include <algorithm>
#include <array>

#include "docgen/package/package.h"

namespace docwright::docgen {
namespace {

constexpr std::string_view kUsualMain = "word/document.xml", kUsualCore = "docProps/core.xml";

Error no_word_file(std::string_view detail) {
    return Error{Fault::InvalidInput, "The template is no Word document (.docx): wrong signature or missing parts.", std::string(detail),
                 "DAMAGED"};
}

// By the ends of types, and by names where a part has no type of its own. Comments and building blocks are left as they are.
std::string_view location_of(std::string_view name, std::string_view type) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kTypes = {{{".header+xml", "header"},
                                                                                       {".footer+xml", "footer"},
                                                                                       {".footnotes+xml", "footnote"},
                                                                                       {".endnotes+xml", "endnote"},
                                                                                       {"drawingml.chart+xml", "chart"},
                                                                                       {"drawingml.diagramData+xml", "diagram"},
                                                                                       {"drawingml.diagramDrawing+xml", "diagram"},
                                                                                       {".core-properties+xml", "properties"},
                                                                                       {".extended-properties+xml", "properties"},
                                                                                       {".custom-properties+xml", "properties"}}};
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kNames = {{{"word/header", "header"},
                                                                                      {"word/footer", "footer"},
                                                                                      {"word/footnotes", "footnote"},
                                                                                      {"word/endnotes", "endnote"},
                                                                                      {"word/charts/chart", "chart"},
                                                                                      {"word/diagrams/d", "diagram"},
                                                                                      {"docProps/", "properties"}}};
    for (const auto& [ending, location] : kTypes)
        if (type.ends_with(ending)) return location;
    if (!name.ends_with(".xml") || (!type.empty() && type != "application/xml")) return {};
    for (const auto& [start, location] : kNames)
        if (name.starts_with(start) && name.find('/', start.size()) == std::string_view::npos) return location;
    return {};
}

// The part that the owner's first relationship of this kind leads to; empty: none.
std::string related(const AllRelationships& all, const std::string& owner, std::string_view kind) {
    const auto found = all.find(owner);
    if (found == all.end()) return {};
    for (const Relationship& one : found->second) {
        if (kind_of(one) != kind || one.external) continue;
        Result<std::string> part = part_of_target(owner, one.target);
        return part.ok() ? std::move(part).take() : "";
    }
    return {};
}

Result<AllRelationships> read_all_relationships(const Package& archive) {
    AllRelationships all;
    for (const PackagePart& part : archive.parts)
        if (is_relationships_name(part.name)) all[owner_of(part.name)] = TRY(read_relationships(TRY(archive.read(part))));
    return all;
}

// Relationships and types are written anew where they have been changed; all other parts keep their bytes.
Status take_parts(const Package& archive, const AllRelationships& original, bool types_changed, WordPackage& word,
                  const std::set<std::string>& dropped) {
    for (const PackagePart& part : archive.parts) {
        if (dropped.contains(part.name)) continue;
        WordPart one{.name = part.name, .location = {}, .bytes = {}, .packed = part.packed};
        one.location = part.name == word.main ? "body" : location_of(part.name, word.types.of(part.name));
        if (part.name == kContentTypesName && types_changed) {
            one.bytes = content_types_xml(word.types);
            one.rewritten = true;
        } else if (is_relationships_name(part.name)) {
            const std::string owner = owner_of(part.name);
            one.rewritten = original.at(owner) != word.relationships.at(owner);
            if (one.rewritten) one.bytes = relationships_xml(word.relationships.at(owner));
        } else if (!one.location.empty() || part.name == word.numbering) {
            one.bytes = TRY(archive.read(part));
        }
        word.parts.push_back(std::move(one));
    }
    return success();
}

}  // namespace

Result<WordPackage> open_word_package(std::string_view docx) {
    if (!docx.starts_with("PK")) return no_word_file("no ZIP archive");
    const Package archive = TRY(open_package(docx));
    WordPackage word;
    if (const PackagePart* types = archive.find(kContentTypesName)) word.types = TRY(read_content_types(TRY(archive.read(*types))));
    const AllRelationships original = TRY(read_all_relationships(archive));
    TRY(check_circles(original));
    word.relationships = original;
    word.main = related(original, "", "officeDocument");
    if (word.main.empty()) word.main = kUsualMain;
    const std::string_view type = word.types.of(word.main);
    const bool is_word = type.contains("wordprocessingml") || type.contains("ms-word") || word.main.starts_with("word/");
    if (!archive.find(word.main) || !is_word) return no_word_file("no main part");
    TRY(close_outside(word.relationships, word.warnings));
    const std::string types_before = content_types_xml(word.types);
    const std::set<std::string> dropped = drop_macros(word.relationships, word.types, word.main);
    if (!dropped.empty()) word.warnings.emplace_back("The macros of the template are left out.");
    word.core = related(original, "", "core-properties");
    if (word.core.empty()) word.core = kUsualCore;
    word.numbering = related(original, word.main, "numbering");
    for (const Relationship& one : original.contains("") ? original.at("") : Relationships())
        if (one.type.starts_with("http://purl.oclc.org/ooxml/")) word.strict = true;
    TRY(take_parts(archive, original, types_before != content_types_xml(word.types), word, dropped));
    return word;
}

}  // namespace docwright::docgen
