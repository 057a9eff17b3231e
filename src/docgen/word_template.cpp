#include "docgen/word_template.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/limits.h"
#include "docgen/merge/render.h"
#include "docgen/package/rich_parts.h"
#include "docgen/template/compile.h"
#include "docgen/template/plain_texts.h"
#include "formats/zip.h"

namespace docwright::docgen {
namespace {

constexpr std::string_view kNewNumbering = "word/numbering.xml", kNowhere = "about:blank";

bool is_wordprocessing(std::string_view location) {
    return location == "body" || location == "header" || location == "footer" || location == "footnote" || location == "endnote";
}

bool is_rich(const TagPlace& place) {
    return place.tag.kind == TagKind::Image || place.tag.kind == TagKind::Html || place.tag.kind == TagKind::Link;
}

// The largest id of a drawing in the part.
std::uint32_t largest_drawing(std::string_view part) {
    constexpr std::string_view kElement = "docPr ", kId = "id=\"";
    std::uint32_t largest = 0;
    for (std::size_t at = part.find(kElement); at != std::string_view::npos; at = part.find(kElement, at + 1)) {
        const std::string_view tag = part.substr(at, part.find('>', at) - at);
        const std::size_t id = tag.find(kId);
        if (id == std::string_view::npos) continue;
        std::uint32_t number = 0;
        std::from_chars(tag.data() + id + kId.size(), tag.data() + tag.size(), number);
        constexpr std::uint32_t kBeyond = 0x70000000;  // ids are signed in some readers
        if (number < kBeyond) largest = std::max(largest, number);
    }
    return largest;
}

// The text of dcterms:modified is the time; the part as it is where it has none.
std::string with_modified(std::string core, const std::string& time) {
    const std::size_t element = core.find("modified"), open = core.find('>', element), close = core.find('<', open);
    if (time.empty() || element == std::string::npos || open == std::string::npos || close == std::string::npos) return core;
    if (core[open - 1] == '/' || core.compare(close, 2, "</") != 0) return core;
    return core.replace(open + 1, close - open - 1, time);
}

bool begins_with_scheme(std::string_view address) { return address.substr(0, 10).contains("://") || address.starts_with("mailto:"); }

}  // namespace

Result<WordTemplate> WordTemplate::open(std::string_view docx) {
    WordTemplate opened;
    opened.package_ = TRY(open_word_package(docx));
    for (WordPart& part : opened.package_.parts) {
        opened.names_.insert(part.name);
        opened.parts_.push_back({.name = std::move(part.name),
                                 .location = std::move(part.location),
                                 .bytes = std::move(part.bytes),
                                 .program = {},
                                 .packed = part.packed,
                                 .rewritten = part.rewritten});
    }
    opened.package_.parts.clear();
    TRY(opened.compile_parts());
    opened.find_links();
    opened.make_room();
    return opened;
}

// After all parts are in their places: the programs refer to their bytes.
Status WordTemplate::compile_parts() {
    for (TemplatePart& part : parts_) {
        if (part.location.empty()) continue;
        part.program = TRY(is_wordprocessing(part.location) ? compile(part.bytes) : compile_plain(part.bytes));
        if (!is_wordprocessing(part.location) || std::ranges::none_of(part.program.tags, is_rich)) continue;
        has_rich_ = true;
        has_markup_ =
            has_markup_ || std::ranges::any_of(part.program.tags, [](const TagPlace& place) { return place.tag.kind == TagKind::Html; });
        late_.insert(relationships_name(part.name));
    }
    return success();
}

void WordTemplate::find_links() {
    for (TemplatePart& part : parts_) {
        if (!is_relationships_name(part.name)) continue;
        const std::string owner = owner_of(part.name);
        const Relationships& relationships = package_.relationships.at(owner);
        for (std::size_t i = 0; i < relationships.size(); ++i) {
            if (kind_of(relationships[i]) != "hyperlink" || !relationships[i].external) continue;
            std::optional<AddressTemplate> address = address_template(relationships[i].target);
            if (!address) continue;
            part.location = "hyperlink";
            for (const AddressTemplate::Piece& piece : address->pieces)
                if (piece.tag) part.program.tags.push_back({.tag = *piece.tag, .text = piece.written});
            links_.push_back({owner, i, *std::move(address)});
        }
    }
}

// What values will need is declared in any case: [Content_Types].xml stands first, before anybody knows what will be shown.
void WordTemplate::make_room() {
    if (!has_rich_) return;
    for (const TemplatePart& part : parts_) first_drawing_ = std::max(first_drawing_, largest_drawing(part.bytes) + 1);
    for (const PictureKind kind : {PictureKind::Png, PictureKind::Jpeg, PictureKind::Gif, PictureKind::Svg})
        package_.types.set_extension(extension_of(kind), media_type_of(kind));
    if (has_markup_) {
        if (package_.numbering.empty()) {
            package_.numbering = kNewNumbering;
            package_.types.set_part(kNewNumbering, kNumberingType);
            const std::string_view base = package_.strict ? "http://purl.oclc.org/ooxml/officeDocument/relationships/numbering"
                                                          : "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering";
            package_.relationships[package_.main].push_back(
                {.id = "rIdDwLists", .type = std::string(base), .target = "/" + package_.numbering});
        }
        late_.insert(package_.numbering);
        late_.insert(relationships_name(package_.main));
    }
    for (TemplatePart& part : parts_) {
        if (part.name != kContentTypesName) continue;
        part.bytes = content_types_xml(package_.types);
        part.rewritten = true;
    }
}

std::vector<std::string> WordTemplate::warnings() const {
    std::vector<std::string> all = package_.warnings;
    for (const TemplatePart& part : parts_)
        for (const std::string& warning : part.program.warnings)
            all.push_back(part.location == "body" ? warning : fmt::format("{}: {}", part.location, warning));
    return all;
}

// One merge.
class WordTemplate::Merge {
public:
    Merge(const WordTemplate& word, RichParts::Package rich, const json::value& values, const MergeSettings& settings, int descriptor,
          const Warn& warn)
        : word_(word), values_(values), settings_(settings), warn_(warn), archive_(descriptor), rich_(std::move(rich), settings, warn) {}

    Status run() {
        for (const TemplatePart& part : word_.parts_) copies_.know(part.program.used);
        std::vector<const TemplatePart*> notes;  // after all that refers to them
        for (const TemplatePart& part : word_.parts_) {
            if (word_.late_.contains(part.name)) continue;
            if (part.location == "footnote" || part.location == "endnote") {
                notes.push_back(&part);
            } else {
                TRY(write(part));
            }
        }
        for (const TemplatePart* part : notes) TRY(write(*part));
        for (const std::string& name : word_.late_) TRY(write_late(name));
        for (const RichParts::Media& media : rich_.media()) TRY(write_bytes(media.name, media.bytes, media.name.ends_with(".svg")));
        return archive_.finish();
    }

private:
    bool has_copied_notes(const TemplatePart& part) const {
        return (part.location == "footnote" && copies_.has_notes(Numbered::Footnote)) ||
               (part.location == "endnote" && copies_.has_notes(Numbered::Endnote));
    }

    Status write(const TemplatePart& part) {
        if (part.location == "hyperlink") return write_relationships(part.name, owner_of(part.name));
        if (part.name == word_.package_.core && !part.bytes.empty() && !settings_.modified.empty()) return write_core(part);
        if (part.program.tags.empty() && !has_copied_notes(part)) {
            return part.rewritten ? write_bytes(part.name, part.bytes, true) : archive_.add_packed(part.name, part.packed);
        }
        TRY(archive_.begin_deflated(part.name));
        TRY(show(part, [this](std::string_view bytes) { return archive_.add(bytes); }));
        return archive_.end();
    }

    Status show(const TemplatePart& part, const Sink& sink) {
        const ShowRich show_rich = [&](const Tag& tag, const json::value* value, const RichPlace& place) {
            return rich_.show(part.name, tag, value, place);
        };
        return render(part.program, values_, settings_, copies_, sink, warn_, show_rich);
    }

    Status write_core(const TemplatePart& part) {
        std::string core;
        if (part.program.tags.empty()) {
            core = part.bytes;
        } else {
            TRY(show(part, [&](std::string_view bytes) {
                core += bytes;
                return success();
            }));
        }
        return write_bytes(part.name, with_modified(std::move(core), settings_.modified), true);
    }

    Status write_late(const std::string& name) {
        if (name == word_.package_.numbering) return write_bytes(name, rich_.numbering().xml(), true);
        return write_relationships(name, owner_of(name));
    }

    Status write_relationships(const std::string& name, const std::string& owner) {
        const auto existing = word_.package_.relationships.find(owner);
        Relationships all = existing == word_.package_.relationships.end() ? Relationships() : existing->second;
        for (const Link& link : word_.links_)
            if (link.owner == owner) all[link.relationship].target = TRY(filled(link.address));
        for (Relationship& added : rich_.added_to(owner)) all.push_back(std::move(added));
        return all.empty() ? success() : write_bytes(name, relationships_xml(all), true);
    }

    // A value that begins the address, or stands behind "http://" with a scheme of its own, is an address itself.
    Result<std::string> filled(const AddressTemplate& address) {
        std::string out;
        std::string written;
        for (const AddressTemplate::Piece& piece : address.pieces) {
            if (!piece.tag) {
                out += piece.text;
                continue;
            }
            written = piece.written;
            const std::string text = TRY(shown_in_address(piece));
            if ((out == "http://" || out == "https://") && begins_with_scheme(text)) out.clear();
            const bool whole = out.empty() || out.ends_with("://") || out == "mailto:";
            out += whole ? text : percent_encoded(text);
        }
        if (out.empty()) return std::string(kNowhere);
        if (out.starts_with('#')) return "#" + percent_encoded(std::string_view(out).substr(1));
        std::optional<std::string> safe = safe_address(out);
        if (!safe) warn_(fmt::format("The link of {} leads nowhere: only http, https and mailto are linked to.", written));
        return safe ? *std::move(safe) : std::string(kNowhere);
    }

    Result<std::string> shown_in_address(const AddressTemplate::Piece& piece) const {
        if (piece.tag->kind != TagKind::Value) return std::string();
        if (settings_.missing == Missing::Empty || !is_missing(*piece.tag, Scope(values_)))
            return shown(*piece.tag, Scope(values_), settings_, warn_);
        if (settings_.missing == Missing::Error) return missing_value({.tag = *piece.tag, .text = piece.written});
        return piece.written;
    }

    Status write_bytes(const std::string& name, std::string_view bytes, bool deflated) {
        TRY(deflated ? archive_.begin_deflated(name) : archive_.begin_stored(name));
        TRY(archive_.add(bytes));
        return archive_.end();
    }

    const WordTemplate& word_;
    const json::value& values_;
    const MergeSettings& settings_;
    const Warn& warn_;
    formats::ZipWriter archive_;
    RichParts rich_;
    Copies copies_;
};

Status WordTemplate::merge(const json::value& values, const MergeSettings& settings, int descriptor, const Warn& warn) const {
    const auto part = std::ranges::find(parts_, package_.numbering, &TemplatePart::name);
    Numbering numbering = TRY(Numbering::read(has_markup_ && part != parts_.end() ? part->bytes : std::string(), package_.strict));
    RichParts::Package rich{
        .relationships = package_.relationships, .names = names_, .numbering = std::move(numbering), .first_drawing = first_drawing_};
    return Merge(*this, std::move(rich), values, settings, descriptor, warn).run();
}

}  // namespace docwright::docgen
