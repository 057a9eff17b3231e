#include "docgen/word_template.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "docgen/merge/render.h"
#include "docgen/template/compile.h"
#include "formats/zip.h"
#include "formats/zip_reader.h"

namespace docwright::docgen {
namespace {

constexpr std::string_view kBody = "word/document.xml";

// Where in the document a part's text stands; empty: it has none that is filled. Comments are left as they are.
std::string_view location_of(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kPlaces = {{{"word/document", "body"},
                                                                                       {"word/header", "header"},
                                                                                       {"word/footer", "footer"},
                                                                                       {"word/footnotes", "footnote"},
                                                                                       {"word/endnotes", "endnote"}}};
    if (!name.ends_with(".xml")) return {};
    for (const auto& [start, location] : kPlaces)
        if (name.starts_with(start) && name.find('/', start.size()) == std::string_view::npos) return location;
    return {};
}

Error no_word_file(std::string_view detail) {
    return Error{Fault::InvalidInput, "The template is no Word document (.docx): wrong signature or missing parts.", std::string(detail),
                 "DAMAGED"};
}

bool stays_stored(std::string_view name) {
    constexpr std::array<std::string_view, 4> kPacked = {".png", ".jpg", ".jpeg", ".gif"};
    return std::ranges::any_of(kPacked, [&](std::string_view ending) { return name.ends_with(ending); });
}

}  // namespace

Result<WordTemplate> WordTemplate::open(std::string_view docx) {
    if (!docx.starts_with("PK")) return no_word_file("no ZIP archive");
    const formats::ZipReader archive = TRY(formats::ZipReader::open(docx));
    if (!archive.find(kBody)) return no_word_file("no word/document.xml");
    WordTemplate opened;
    std::size_t left = limits::kTemplateBytes;
    for (const formats::ZipEntry& entry : archive.entries()) {
        if (entry.name.ends_with('/')) continue;
        TemplatePart part{.name = std::string(entry.name),
                          .location = std::string(location_of(entry.name)),
                          .bytes = TRY(archive.read(entry, left)),
                          .program = {}};
        left -= part.bytes.size();
        opened.parts_.push_back(std::move(part));
    }
    // After all parts are in their places: the programs refer to their bytes.
    for (TemplatePart& part : opened.parts_)
        if (!part.location.empty()) part.program = TRY(compile(part.bytes));
    return opened;
}

std::vector<std::string> WordTemplate::warnings() const {
    std::vector<std::string> all;
    for (const TemplatePart& part : parts_)
        for (const std::string& warning : part.program.warnings)
            all.push_back(part.location == "body" ? warning : fmt::format("{}: {}", part.location, warning));
    return all;
}

Status WordTemplate::merge(const json::value& values, const MergeSettings& settings, int descriptor, const Warn& warn) const {
    Copies copies;
    std::vector<const TemplatePart*> ordered;
    for (const TemplatePart& part : parts_) {
        copies.know(part.program.used);
        ordered.push_back(&part);
    }
    // What refers to notes is rendered before them.
    std::ranges::stable_partition(ordered,
                                  [](const TemplatePart* part) { return part->location != "footnote" && part->location != "endnote"; });
    formats::ZipWriter archive(descriptor);
    for (const TemplatePart* part : ordered) {
        TRY(stays_stored(part->name) ? archive.begin_stored(part->name) : archive.begin_deflated(part->name));
        const bool has_notes = (part->location == "footnote" && copies.has_notes(Numbered::Footnote)) ||
                               (part->location == "endnote" && copies.has_notes(Numbered::Endnote));
        if (part->program.tags.empty() && !has_notes) {
            TRY(archive.add(part->bytes));
        } else {
            TRY(render(
                part->program, values, settings, copies, [&](std::string_view bytes) { return archive.add(bytes); }, warn));
        }
        TRY(archive.end());
    }
    return archive.finish();
}

}  // namespace docwright::docgen
