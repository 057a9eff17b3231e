#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "extract/classify/objects.h"
#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

constexpr double kTextLinkScore = 0.9;
constexpr std::size_t kLeastAddress = 7;  // "www.a.b"
constexpr std::u32string_view kTrailing = U".,;:!?)]}'\"”’>»";

bool in_address(char32_t c) { return c > U' ' && c != U'<' && c != U'>' && c != U'"' && c != U'“' && c != U'”' && c != U'«' && c != U'»'; }
bool in_mail(char32_t c) { return (c < 0x80 && (is_letter(c) || is_digit(c))) || c == U'.' || c == U'-' || c == U'_' || c == U'+'; }

struct Range {
    std::size_t start = 0, length = 0;
    std::string scheme;  // to put before it
};

std::size_t trimmed_end(std::u32string_view text, std::size_t start, std::size_t end) {
    while (end > start && kTrailing.find(text[end - 1]) != std::u32string_view::npos) {
        // A bracket that was opened inside belongs to the address.
        if (text[end - 1] == U')' && text.substr(start, end - start).find(U'(') != std::u32string_view::npos) break;
        --end;
    }
    return end;
}

// "https://…", "www.…", "name@host.tld"
std::vector<Range> addresses_in(std::u32string_view text) {
    std::vector<Range> ranges;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool at_start = i == 0 || !(is_letter(text[i - 1]) || is_digit(text[i - 1]));
        const bool http = at_start && (text.substr(i).starts_with(U"http://") || text.substr(i).starts_with(U"https://"));
        const bool www = at_start && text.substr(i).starts_with(U"www.");
        if (http || www) {
            std::size_t end = i;
            while (end < text.size() && in_address(text[end])) ++end;
            end = trimmed_end(text, i, end);
            const bool has_host = text.substr(i, end - i).find(U'.') != std::u32string_view::npos;
            if (end - i >= kLeastAddress && has_host) ranges.push_back({i, end - i, www ? "http://" : ""});
            i = std::max(i, end);
        } else if (text[i] == U'@' && i > 0 && i + 1 < text.size()) {
            std::size_t from = i, to = i + 1;
            while (from > 0 && in_mail(text[from - 1])) --from;
            while (to < text.size() && in_mail(text[to])) ++to;
            to = trimmed_end(text, i, to);
            const bool has_host = text.substr(i, to - i).find(U'.') != std::u32string_view::npos;
            if (from < i && to > i + 3 && has_host) ranges.push_back({from, to - from, "mailto:"});
        }
    }
    return ranges;
}

Quad quad_of(const Box& box) { return {Point{box.left, box.top}, {box.right, box.top}, {box.right, box.bottom}, {box.left, box.bottom}}; }

// A quad for each printed line that the range runs over.
void add_quads(const PageFacts& facts, const TextContent& text, const Range& range, Link& link) {
    Box open;
    bool any = false;
    for (std::size_t i = range.start; i < range.start + range.length; ++i) {
        if (text.glyphs[i] < 0) continue;
        const Box& box = facts.glyphs[static_cast<std::size_t>(text.glyphs[i])].advance;
        if (any && shared_height(open, box) <= 0) {
            link.quads.push_back(quad_of(open));
            open = box;
        } else {
            open = any ? joined(open, box) : box;
        }
        link.box = any ? joined(link.box, box) : box;
        any = true;
    }
    if (any) link.quads.push_back(quad_of(open));
}

struct TextLinks {
    const PageFacts& facts;
    const std::vector<Anchor>& covered;
    std::vector<ElementDraft>& out;

    void add(const TextContent& text, int element, int inner) {
        for (const Range& range : addresses_in(text.text)) {
            const bool is_covered = std::any_of(covered.begin(), covered.end(), [&](const Anchor& anchor) {
                return anchor.element == element && anchor.inner == inner && anchor.start < range.start + range.length &&
                       range.start < anchor.start + anchor.length;
            });
            if (is_covered) continue;
            ElementDraft draft{.element = {.type = ElementType::Hyperlink, .score = kTextLinkScore}, .after = element};
            Element& link = draft.element;
            link.link_from_text = true;
            link.text.text = text.text.substr(range.start, range.length);
            link.link.target = {.kind = TargetKind::Uri, .uri = range.scheme + utf8_of(link.text.text)};
            add_quads(facts, text, range, link.link);
            link.box = link.link.box;
            link.anchors.push_back({.element = element,
                                    .inner = inner,
                                    .start = static_cast<std::uint32_t>(range.start),
                                    .length = static_cast<std::uint32_t>(range.length)});
            if (!link.link.quads.empty()) out.push_back(std::move(draft));
        }
    }
};

}  // namespace

int element_before(std::span<const Element> elements, const Box& box) {
    int found = kNoElement;
    for (std::size_t i = 0; i < elements.size(); ++i)
        if (elements[i].box.top <= box.center_y() && shared_width(elements[i].box, box) > 0) found = static_cast<int>(i);
    if (found != kNoElement) return found;
    for (std::size_t i = 0; i < elements.size(); ++i)
        if (elements[i].box.top <= box.center_y()) found = static_cast<int>(i);
    return found;
}

std::vector<ElementDraft> link_elements(const AnalysedPage& page, std::span<const Element> elements, const AnchorIndex& index) {
    std::vector<ElementDraft> out;
    std::vector<Anchor> covered;
    for (std::size_t i = 0; i < page.facts.links.size(); ++i) {
        const Link& link = page.facts.links[i];
        if (link.target.kind == TargetKind::None) continue;
        ElementDraft draft{.element = {.type = ElementType::Hyperlink, .box = link.box, .structure = Structure::Object}};
        draft.element.object = static_cast<int>(i);
        draft.element.link = link;
        draft.element.anchors = index.under(link.quads);
        draft.element.text.text = index.text_at(draft.element.anchors);
        draft.after = draft.element.anchors.empty() ? element_before(elements, link.box) : draft.element.anchors.front().element;
        covered.insert(covered.end(), draft.element.anchors.begin(), draft.element.anchors.end());
        out.push_back(std::move(draft));
    }
    TextLinks text_links{.facts = page.facts, .covered = covered, .out = out};
    for (std::size_t e = 0; e < elements.size(); ++e) {
        const Element& element = elements[e];
        const int number = static_cast<int>(e);
        if (element.type != ElementType::Image && element.type != ElementType::Sidebar) text_links.add(element.text, number, -1);
        for (std::size_t c = 0; c < element.table.cells.size(); ++c)
            text_links.add(element.table.cells[c].text, number, static_cast<int>(c));
        for (std::size_t p = 0; p < element.paragraphs.size(); ++p) text_links.add(element.paragraphs[p].text, number, static_cast<int>(p));
    }
    return out;
}

}  // namespace docwright::extract
