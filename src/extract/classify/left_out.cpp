#include "extract/classify/left_out.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

constexpr double kSpeck = 4.0;  // points: smaller pictures are decoration (contract 6.5)
constexpr std::size_t kShownText = 2000;
// A font is reported when it maps badly and this share of the page is set in it.
constexpr double kGarbledShare = 0.1;

const char* reason_of(Hidden hidden) {
    switch (hidden) {
        case Hidden::No: break;
        case Hidden::Invisible: return "hidden.invisible";
        case Hidden::SameColor: return "hidden.sameColor";
        case Hidden::Covered: return "hidden.covered";
        case Hidden::Clipped: return "hidden.clipped";
        case Hidden::OffPage: return "hidden.offPage";
        case Hidden::LayerOff: return "hidden.layerOff";
        case Hidden::Microscopic: return "hidden.microscopic";
        case Hidden::Duplicate: return "duplicate";
    }
    return "unsupported";
}

void list_glyphs(const PageDrafts& drafts, const std::vector<bool>& owned_lines, PageElements& out) {
    const PageFacts& facts = drafts.page.facts;
    std::vector<bool> owned(facts.glyphs.size(), false);
    for (std::size_t i = 0; i < owned_lines.size(); ++i)
        if (owned_lines[i])
            for (std::uint32_t glyph : drafts.page.lines[i].glyphs) owned[glyph] = true;
    std::map<std::string, LeftOut> items;
    float last_y = 0;
    for (std::size_t i = 0; i < owned.size(); ++i) {
        if (owned[i]) continue;
        const Glyph& glyph = facts.glyphs[i];
        LeftOut& item = items[reason_of(glyph.hidden)];
        item.reason = reason_of(glyph.hidden);
        item.box = item.has_box ? joined(item.box, glyph.advance) : glyph.advance;
        if (item.text.size() < kShownText) {
            if (!item.text.empty() && (glyph.space_before || glyph.origin_y != last_y) && item.text.back() != U' ')
                item.text.push_back(U' ');
            item.text += plain_letters(glyph.code);
        }
        last_y = glyph.origin_y;
        item.has_box = true;
        ++item.count;
    }
    for (auto& [reason, item] : items) {
        if (reason.starts_with("hidden.") && std::none_of(out.warnings.begin(), out.warnings.end(),
                                                          [](const PageWarning& warning) { return warning.code == "HIDDEN_TEXT"; }))
            out.warnings.push_back({"HIDDEN_TEXT", "The page has text that a reader does not see; it is listed in leftOut."});
        out.left_out.push_back(std::move(item));
    }
}

void list_images(const PageDrafts& drafts, PageElements& out) {
    const PageFacts& facts = drafts.page.facts;
    std::vector<bool> owned(facts.images.size(), false);
    for (const Element& element : out.elements)
        for (std::uint32_t image : element.figure.images) owned[image] = true;
    for (std::size_t i = 0; i < owned.size(); ++i) {
        if (owned[i]) continue;
        const ImagePlacement& image = facts.images[i];
        const bool speck = image.box.width() < kSpeck || image.box.height() < kSpeck;
        LeftOut item{.kind = LeftOutKind::Image, .reason = speck ? "decoration" : "scanBackground", .count = 1};
        item.box = image.box;
        item.has_box = !image.box.empty();
        out.left_out.push_back(item);
    }
}

void list_objects(const PageDrafts& drafts, PageElements& out) {
    const PageFacts& facts = drafts.page.facts;
    for (const Annotation& annotation : facts.annotations) {
        if (annotation.subtype != "Popup") continue;
        out.left_out.push_back({.kind = LeftOutKind::Annotation,
                                .reason = "popup",
                                .count = 1,
                                .has_box = !annotation.box.empty(),
                                .box = annotation.box,
                                .subtype = annotation.subtype});
    }
    for (const Link& link : facts.links) {
        if (link.target.kind != TargetKind::None) continue;
        out.left_out.push_back(
            {.kind = LeftOutKind::Link, .reason = "emptyTarget", .count = 1, .has_box = !link.box.empty(), .box = link.box});
    }
}

void warn_of_fonts(const PageDrafts& drafts, PageElements& out) {
    std::size_t bad = 0, all = 0;
    for (const Glyph& glyph : drafts.page.facts.glyphs) {
        if (glyph.hidden != Hidden::No) continue;
        ++all;
        const FontIndex font = drafts.page.facts.styles[glyph.style].font;
        if (font < drafts.document.fonts.size() && drafts.document.fonts[font].maps_badly) ++bad;
    }
    if (bad > 0 && static_cast<double>(bad) >= kGarbledShare * static_cast<double>(all))
        out.warnings.push_back({"GARBLED_FONT", "A font of the page does not say which characters it draws."});
}

}  // namespace

void list_left_out(const PageDrafts& drafts, const std::vector<bool>& owned_lines, PageElements& out) {
    list_glyphs(drafts, owned_lines, out);
    list_images(drafts, out);
    list_objects(drafts, out);
    warn_of_fonts(drafts, out);
    if (drafts.page.picture_only)
        out.warnings.push_back({"OCR_FAILED", "The page is a picture without text; recognition is not available."});
    if (drafts.page.facts.image_failed) out.warnings.push_back({"IMAGE_DECODE_FAILED", "A picture of the page could not be decoded."});
    if (drafts.page.facts.limit_reached)
        out.warnings.push_back({"LIMIT_REACHED", "The page holds more than the limits allow; the rest was left out."});
}

}  // namespace docwright::extract
