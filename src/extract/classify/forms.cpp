#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>

#include "extract/classify/objects.h"
#include "extract/text/labels.h"

namespace docwright::extract {

namespace {

// A label stands on the field's row or right above it; further away it belongs to something else.
constexpr double kReachBeside = 220;  // points
constexpr double kReachAbove = 16;
constexpr double kReachBehind = 24;  // from a check box to the words behind it
constexpr double kTouch = 3;         // points that drawn boxes overlap their labels
constexpr double kSameRow = 0.4;
constexpr std::size_t kLongestLabel = 160;

struct LabelFound {
    std::uint32_t line = 0;
    std::uint32_t first_word = 0;
    std::uint32_t word_count = 0;
    double cost = std::numeric_limits<double>::max();
};

// First widget on this page and union of those; the field is this page's if no earlier page has one.
std::optional<Box> region_on(const Field& field, int page_index) {
    std::optional<Box> region;
    for (const Widget& widget : field.widgets) {
        if (widget.page_index < 0) continue;
        if (widget.page_index < page_index) return std::nullopt;
        if (widget.page_index == page_index) region = region ? joined(*region, widget.box) : widget.box;
    }
    return region;
}

void consider(LabelFound& best, const LabelFound& other) {
    if (other.cost < best.cost) best = other;
}

// Words of a line that end before x, back to a gap that no word space explains, or all behind it.
LabelFound words_before(const Line& line, std::uint32_t index, const Box& box) {
    LabelFound found{.line = index};
    for (std::uint32_t w = 0; w < line.words.size(); ++w) {
        if (line.words[w].box.right > box.left + kTouch) break;
        if (found.word_count == 0 || line.words[w].box.left - line.words[w - 1].box.right > line.size) {
            found.first_word = w;
            found.word_count = 0;
        }
        ++found.word_count;
    }
    if (found.word_count > 0) found.cost = box.left - line.words[found.first_word + found.word_count - 1].box.right;
    return found;
}

LabelFound words_behind(const Line& line, std::uint32_t index, const Box& box) {
    LabelFound found{.line = index};
    for (std::uint32_t w = 0; w < line.words.size(); ++w) {
        if (line.words[w].box.left < box.right - kTouch) continue;
        if (found.word_count > 0 && line.words[w].box.left - line.words[w - 1].box.right > line.size) break;
        if (found.word_count == 0) found.first_word = w;
        ++found.word_count;
    }
    if (found.word_count > 0) found.cost = line.words[found.first_word].box.left - box.right;
    return found;
}

LabelFound label_beside(const AnalysedPage& page, const Box& box, bool behind_first) {
    LabelFound best;
    for (std::uint32_t i = 0; i < page.lines.size(); ++i) {
        const Line& line = page.lines[i];
        if (line.angle != 0 || line.words.empty()) continue;
        const double least_height = std::min(line.box.height(), box.height());
        if (shared_height(line.box, box) > kSameRow * least_height) {
            LabelFound before = words_before(line, i, box);
            if (before.cost > kReachBeside) before.word_count = 0;
            if (behind_first) before.cost += kReachBehind;
            if (before.word_count > 0) consider(best, before);
            if (!behind_first) continue;
            LabelFound behind = words_behind(line, i, box);
            if (behind.word_count > 0 && behind.cost <= kReachBehind) consider(best, behind);
        } else if (!behind_first && line.box.bottom <= box.top + kTouch && box.top - line.box.bottom <= kReachAbove &&
                   shared_width(line.box, box) > 0) {
            LabelFound above{.line = i, .word_count = static_cast<std::uint32_t>(line.words.size())};
            above.cost = box.top - line.box.bottom + std::max(0.0, std::abs(line.box.left - box.left)) / 2;
            if (best.cost > kReachAbove) consider(best, above);
        }
    }
    return best;
}

std::u32string text_of(const AnalysedPage& page, const LabelFound& label) {
    const LinePiece piece{.line = &page.lines[label.line], .first_word = label.first_word, .word_count = label.word_count};
    std::u32string text = assemble(page.facts, std::span(&piece, 1), LineEnds::Space, {}).text;
    if (text.size() > kLongestLabel) text.resize(kLongestLabel);
    return text;
}

}  // namespace

std::vector<ElementDraft> form_elements(const AnalysedPage& page, const DocumentFacts& document, std::span<const Element> elements) {
    std::vector<ElementDraft> out;
    for (std::size_t f = 0; f < document.fields.size(); ++f) {
        const Field& field = document.fields[f];
        const auto region = region_on(field, page.facts.page_index);
        if (!region) continue;
        ElementDraft draft{.element = {.type = ElementType::Form, .box = *region, .structure = Structure::Object}};
        draft.element.object = static_cast<int>(f);
        const bool box_first = field.type == FieldType::CheckBox || (field.type == FieldType::Radio && field.widgets.size() == 1);
        if (field.type != FieldType::PushButton) {
            const LabelFound label = label_beside(page, *region, box_first);
            if (label.word_count > 0) {
                draft.element.label_text = text_of(page, label);
                for (std::size_t e = 0; e < elements.size(); ++e) {
                    const Element& element = elements[e];
                    if (element.type != ElementType::Paragraph || shared(element.box, page.lines[label.line].box).empty()) continue;
                    draft.after = static_cast<int>(e);
                    if (element.text.text == draft.element.label_text) draft.element.label_element = static_cast<int>(e);
                    break;
                }
                while (!draft.element.label_text.empty() &&
                       (draft.element.label_text.back() == U':' || draft.element.label_text.back() == U' '))
                    draft.element.label_text.pop_back();
            }
        }
        if (draft.after < 0) draft.after = element_before(elements, *region);
        out.push_back(std::move(draft));
    }
    std::stable_sort(out.begin(), out.end(), [](const ElementDraft& a, const ElementDraft& b) { return a.after < b.after; });
    return out;
}

}  // namespace docwright::extract
