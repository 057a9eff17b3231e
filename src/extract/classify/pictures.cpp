#include "extract/classify/pictures.h"

#include <algorithm>
#include <cstddef>

#include "extract/classify/page_tags.h"

namespace docwright::extract {

namespace {

constexpr double kInside = 0.8;
// Small pictures: icons up to a line of large print, logos in the head of the page up to two inches.
constexpr double kIcon = 28;  // points
constexpr double kLogoWide = 180;
constexpr double kLogoHigh = 90;
constexpr double kLogoPlace = 0.2;  // of the page's height
// Few pixels per point and no photograph: drawings; charts hold numbers.
constexpr int kChartLabels = 4;
constexpr int kCurvedMap = 2000;  // so many curves draw a map or an illustration

FigureType guess(const PageDrafts& drafts, const Element& element) {
    const Figure& figure = element.figure;
    const Box& box = element.box;
    if (box.width() <= kIcon && box.height() <= kIcon) return FigureType::Icon;
    const bool small = box.width() <= kLogoWide && box.height() <= kLogoHigh;
    if (small && box.bottom <= kLogoPlace * drafts.page.facts.height) return FigureType::Logo;
    if (!figure.images.empty()) {
        for (std::uint32_t image : figure.images)
            if (drafts.page.facts.images[image].plain_jpeg) return FigureType::Photo;
        return FigureType::Other;
    }
    int numbers = 0, curves = 0;
    for (std::uint32_t line : figure.lines)
        for (std::uint32_t glyph : drafts.page.lines[line].glyphs)
            if (drafts.page.facts.glyphs[glyph].code >= U'0' && drafts.page.facts.glyphs[glyph].code <= U'9') {
                ++numbers;
                break;
            }
    for (std::uint32_t drawing : figure.drawings) curves += drafts.page.facts.drawings[drawing].curve_count;
    if (numbers >= kChartLabels) return FigureType::Chart;
    if (!figure.lines.empty()) return FigureType::Diagram;
    return curves > kCurvedMap ? FigureType::Map : FigureType::Drawing;
}

std::string alternate_text(const PageFacts& facts, const PageTags& tags, const Figure& figure) {
    for (std::uint32_t image : figure.images) {
        std::int32_t at = tags.tag_of(facts.images[image].marked_content);
        for (int step = 0; step < 8 && at >= 0 && static_cast<std::size_t>(at) < facts.tags.size(); ++step) {
            const Tag& tag = facts.tags[static_cast<std::size_t>(at)];
            if (!tag.alternate_text.empty()) return tag.alternate_text;
            at = tag.parent;
        }
    }
    // A vector figure: the page's only Figure tag with an alternate text, if it has no image of its own.
    return {};
}

}  // namespace

void describe_pictures(PageDrafts& drafts) {
    const PageTags tags(drafts.page.facts);
    for (std::size_t i = 0; i < drafts.drafts.size(); ++i) {
        Element& element = drafts.drafts[i].element;
        if (element.type != ElementType::Image || drafts.drafts[i].dropped) continue;
        element.figure_type = guess(drafts, element);
        element.alternate_text = alternate_text(drafts.page.facts, tags, element.figure);
        for (std::size_t other = 0; other < drafts.drafts.size(); ++other) {
            const Element& holder = drafts.drafts[other].element;
            const bool holds = holder.type == ElementType::Table || holder.type == ElementType::Sidebar;
            if (holds && !drafts.drafts[other].dropped && share_inside(element.box, holder.box) >= kInside)
                element.parent = static_cast<int>(other);
        }
    }
}

void continue_tables(PageDrafts& drafts) {
    ElementDraft *first = nullptr, *last = nullptr;
    for (ElementDraft& draft : drafts.drafts) {
        if (draft.element.type != ElementType::Table) continue;
        if (!first) first = &draft;
        last = &draft;
    }
    if (!first) return;
    if (drafts.own.first_table_continues) {
        first->element.table.continues_previous = true;
        first->element.table.repeated_header_rows = drafts.own.repeated_header_rows;
        first->element.table.continues_row = drafts.own.first_row_continues;
    }
    if (drafts.own.last_table_continues) last->element.table.continues_on_next = true;
}

}  // namespace docwright::extract
