#include "extract/classify/anchors.h"

#include <algorithm>
#include <cstddef>
#include <map>

namespace docwright::extract {

namespace {

Box box_of(const Quad& quad) {
    Box box{quad[0].x, quad[0].y, quad[0].x, quad[0].y};
    for (const Point& corner : quad) box = joined(box, {corner.x, corner.y, corner.x, corner.y});
    return box;
}

}  // namespace

AnchorIndex::AnchorIndex(const PageFacts& facts, std::span<const Element> elements) {
    for (std::size_t e = 0; e < elements.size(); ++e) {
        const Element& element = elements[e];
        const int index = static_cast<int>(e);
        if (element.type != ElementType::Image) add(facts, element.text, index, -1);
        for (std::size_t c = 0; c < element.table.cells.size(); ++c) add(facts, element.table.cells[c].text, index, static_cast<int>(c));
        for (std::size_t p = 0; p < element.paragraphs.size(); ++p) add(facts, element.paragraphs[p].text, index, static_cast<int>(p));
    }
    std::stable_sort(places_.begin(), places_.end(), [](const Place& a, const Place& b) { return a.y < b.y; });
}

void AnchorIndex::add(const PageFacts& facts, const TextContent& content, int element, int inner) {
    const auto text = static_cast<std::uint32_t>(texts_.size());
    texts_.push_back({.where = {.element = element, .inner = inner}, .content = &content});
    for (std::size_t i = 0; i < content.glyphs.size(); ++i) {
        if (content.glyphs[i] < 0) continue;
        const Box& box = facts.glyphs[static_cast<std::size_t>(content.glyphs[i])].advance;
        places_.push_back({.y = box.center_y(), .x = box.center_x(), .text = text, .offset = static_cast<std::uint32_t>(i)});
    }
}

std::vector<Anchor> AnchorIndex::under(std::span<const Quad> quads) const {
    std::map<std::uint32_t, std::vector<std::uint32_t>> found;
    for (const Quad& quad : quads) {
        const Box box = box_of(quad);
        auto place = std::lower_bound(places_.begin(), places_.end(), box.top, [](const Place& p, double y) { return p.y < y; });
        for (; place != places_.end() && place->y <= box.bottom; ++place)
            if (place->x >= box.left && place->x <= box.right) found[place->text].push_back(place->offset);
    }
    std::vector<Anchor> anchors;
    for (auto& [text, offsets] : found) {
        std::sort(offsets.begin(), offsets.end());
        const TextContent& content = *texts_[text].content;
        for (std::uint32_t offset : offsets) {
            Anchor* open = anchors.empty() ? nullptr : &anchors.back();
            const bool same_text = open && open->element == texts_[text].where.element && open->inner == texts_[text].where.inner;
            bool touches = same_text;
            for (std::size_t i = same_text ? open->start + open->length : 0; touches && i < offset; ++i) touches = content.glyphs[i] < 0;
            if (touches) {
                open->length = std::max(open->length, offset + 1 - open->start);
            } else {
                anchors.push_back(texts_[text].where);
                anchors.back().start = offset;
                anchors.back().length = 1;
            }
        }
    }
    return anchors;
}

std::u32string AnchorIndex::text_at(std::span<const Anchor> anchors) const {
    std::u32string out;
    for (const Anchor& anchor : anchors) {
        for (const Text& text : texts_) {
            if (text.where.element != anchor.element || text.where.inner != anchor.inner) continue;
            if (!out.empty()) out.push_back(U' ');
            out += text.content->text.substr(anchor.start, anchor.length);
            break;
        }
    }
    return out;
}

}  // namespace docwright::extract
