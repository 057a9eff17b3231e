#include "docgen/package/rich_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/base64.h"
#include "base/hashing.h"
#include "base/limits.h"
#include "docgen/package/address.h"
#include "docgen/package/drawing.h"

namespace docwright::docgen {
namespace {

// Ids of drawings begin here where the template has none beyond: Word counts from 1, and copied rows go on from there.
constexpr std::uint32_t kFirstDrawing = 0x20000000;
constexpr std::string_view kFolder = "word/";
constexpr std::string_view kIdStart = "rIdDw";

// Stands in for an SVG in programs that show none (Word before 2016): one transparent pixel. Nothing here draws SVG.
constexpr unsigned char kClearPixel[] = {0x89, 'P',  'N',  'G',  13,   10,  26,  10,   0,    0,    0,    13,  'I',  'H',  'D',  'R',  0,
                                         0,    0,    1,    0,    0,    0,   1,   8,    6,    0,    0,    0,   0x1F, 0x15, 0xC4, 0x89, 0,
                                         0,    0,    11,   'I',  'D',  'A', 'T', 0x78, 0xDA, 0x63, 0x60, 0,   2,    0,    0,    5,    0,
                                         1,    0xE9, 0xFA, 0xDC, 0xD8, 0,   0,   0,    0,    'I',  'E',  'N', 'D',  0xAE, 0x42, 0x60, 0x82};

struct Size {
    double width, height;
};

// What the tag does not say keeps the picture's proportions.
Size size_of(const PictureFile& file, const Switches& switches) {
    if (switches.width > 0 && switches.height > 0) return {switches.width, switches.height};
    if (switches.width > 0) return {switches.width, file.height * switches.width / file.width};
    if (switches.height > 0) return {file.width * switches.height / file.height, switches.height};
    return {file.width, file.height};
}

// Control characters are none that a document may hold.
std::string cleaned(std::string text) {
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; });
    return text;
}

Result<std::string> bytes_of_base64(std::string_view text) {
    Base64Reader reader(limits::kTemplateValuesBytes);
    TRY(reader.add(text));
    return reader.finish();
}

std::string text_of(const json::value* value) {
    const json::string* text = value ? value->if_string() : nullptr;
    return text ? std::string(*text) : std::string();
}

}  // namespace

RichParts::RichParts(Package package, const MergeSettings& settings, const Warn& warn)
    : package_(std::move(package)), settings_(settings), warn_(warn) {}

Result<std::string> RichParts::show(const std::string& part, const Tag& tag, const json::value* value, const RichPlace& place) {
    if (tag.kind == TagKind::Html) return show_markup(part, value, place);
    if (!value || value->is_null()) return std::string();
    return tag.kind == TagKind::Image ? show_picture(part, tag, *value, place) : show_link(part, *value, place);
}

std::string RichParts::show_picture(const std::string& part, const Tag& tag, const json::value& value, const RichPlace& place) {
    const json::string* text = value.if_string();
    if (!text) return refuse(place, "its value is no text; it takes base64, a data URI or a document's id"), std::string();
    if (text->empty()) return {};
    std::string bytes;
    if (const auto stored = settings_.documents.find(std::string_view(*text)); stored != settings_.documents.end()) {
        bytes = stored->second;
    } else {
        Result<std::string> read = bytes_of_base64(*text);
        if (!read.ok()) return refuse(place, "its value is neither base64 nor a data URI; addresses are not fetched"), std::string();
        bytes = std::move(read).take();
    }
    const Result<PictureFile> file = read_picture(bytes);
    if (!file.ok()) return refuse(place, fmt::format("its value is no picture: {}", file.error().message)), std::string();
    const PictureKind kind = file.value().kind;
    const auto [width, height] = size_of(file.value(), tag.switches);
    PlacedPicture picture{.width = width,
                          .height = height,
                          .id = std::max(kFirstDrawing, package_.first_drawing) + drawings_++,
                          .description = tag.name,
                          .strict = place.strict};
    const auto related = [&](std::string media, std::string_view extension) {
        const std::string name = add_media(std::move(media), extension);
        const bool beside = part.starts_with(kFolder) && part.find('/', kFolder.size()) == std::string::npos;
        return relationship(part, "image", beside ? name.substr(kFolder.size()) : "/" + name, false, place.strict);
    };
    if (kind == PictureKind::Svg) {
        picture.relationship = related(std::string(std::begin(kClearPixel), std::end(kClearPixel)), "png");
        picture.svg_relationship = related(std::move(bytes), "svg");
    } else {
        picture.relationship = related(std::move(bytes), extension_of(kind));
    }
    return fmt::format("</{0}t><{0}drawing>{1}</{0}drawing><{0}t xml:space=\"preserve\">", place.prefix, picture_xml(picture));
}

std::string RichParts::show_markup(const std::string& part, const json::value* value, const RichPlace& place) {
    if (value && !value->is_string() && !value->is_null()) refuse(place, "its value is no text");
    std::map<int, int> lists;  // of this value → w:numId
    const MarkupParts parts{
        .link = [&](const std::string& written) -> std::string {
            const std::optional<std::string> address = safe_address(written);
            if (address) return relationship(part, "hyperlink", *address, true, place.strict);
            warn_(fmt::format("{}: \"{}\" is not made a link; only http, https and mailto are.", place.name, written.substr(0, 100)));
            return {};
        },
        .numbering =
            [&](const HtmlBlock& item) {
                if (!item.ordered) return package_.numbering.bullets();
                const auto known = lists.find(item.list);
                return known != lists.end() ? known->second : lists[item.list] = package_.numbering.new_numbers();
            }};
    return html_xml(html_blocks(text_of(value)), place, parts);
}

std::string RichParts::show_link(const std::string& part, const json::value& value, const RichPlace& place) {
    const json::object* object = value.if_object();
    const std::string url = object ? text_of(object->if_contains("url")) : text_of(&value);
    const std::string text = object ? text_of(object->if_contains("text")) : url;
    if (url.empty()) return refuse(place, "its value is no {\"text\", \"url\"}"), std::string();
    const std::optional<std::string> address = safe_address(url);
    if (!address) return refuse(place, "its address is not http, https or mailto"), std::string();
    return link_xml(cleaned(text.empty() ? url : text), relationship(part, "hyperlink", *address, true, place.strict), place);
}

std::string RichParts::add_media(std::string bytes, std::string_view extension) {
    std::string& name = media_names_[hex(sha256(bytes))];
    if (name.empty()) {
        std::size_t number = media_.size() + 1;
        do name = fmt::format("{}media/dw{}.{}", kFolder, number++, extension);
        while (package_.names.contains(name) || std::ranges::find(media_, name, &Media::name) != media_.end());
        media_.push_back({name, std::move(bytes)});
    }
    return name;
}

std::string RichParts::relationship(const std::string& part, std::string_view kind, const std::string& target, bool external, bool strict) {
    Added& added = added_[part];
    std::string& id = added.ids[fmt::format("{} {}", kind, target)];
    if (!id.empty()) return id;
    const std::string_view base = strict ? "http://purl.oclc.org/ooxml/officeDocument/relationships/"
                                         : "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    id = fmt::format("{}{}", kIdStart, added.list.size() + 1);
    if (const auto existing = package_.relationships.find(part); existing != package_.relationships.end())
        while (std::ranges::find(existing->second, id, &Relationship::id) != existing->second.end()) id += "x";
    added.list.push_back({.id = id, .type = fmt::format("{}{}", base, kind), .target = target, .external = external});
    return id;
}

Relationships RichParts::added_to(const std::string& part) const {
    const auto found = added_.find(part);
    return found == added_.end() ? Relationships() : found->second.list;
}

void RichParts::refuse(const RichPlace& place, std::string_view why) const { warn_(fmt::format("{} shows nothing: {}.", place.name, why)); }

}  // namespace docwright::docgen
