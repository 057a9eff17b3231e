#include <algorithm>
#include <cstddef>

#include "base/utf8.h"
#include "extract/classify/objects.h"

namespace docwright::extract {

namespace {

constexpr int kDeepestReplies = 64;  // beyond it the file is a circle

// The annotation at the head of a chain of replies; itself if it answers none.
int thread_of(const PageFacts& facts, int index) {
    const int count = static_cast<int>(facts.annotations.size());
    int at = index;
    for (int step = 0; step < kDeepestReplies; ++step) {
        const int to = facts.annotations[static_cast<std::size_t>(at)].reply_to;
        if (to < 0 || to >= count || to == at) return at;
        at = to;
    }
    return index;
}

bool is_markup(const Annotation& annotation) {
    return annotation.subtype == "Highlight" || annotation.subtype == "Underline" || annotation.subtype == "StrikeOut" ||
           annotation.subtype == "Squiggly";
}

}  // namespace

std::vector<ElementDraft> annotation_elements(const AnalysedPage& page, std::span<const Element> elements, const AnchorIndex& index) {
    const std::vector<Annotation>& annotations = page.facts.annotations;
    std::vector<ElementDraft> out;
    std::vector<int> element_of(annotations.size(), -1);
    for (std::size_t i = 0; i < annotations.size(); ++i) {
        const Annotation& annotation = annotations[i];
        if (annotation.subtype == "Popup" || thread_of(page.facts, static_cast<int>(i)) != static_cast<int>(i)) continue;
        element_of[i] = static_cast<int>(out.size());
        ElementDraft draft{.element = {.type = ElementType::Annotation, .box = annotation.box, .structure = Structure::Object}};
        draft.element.object = static_cast<int>(i);
        draft.element.text.text = code_points_of(annotation.contents);
        if (is_markup(annotation)) draft.element.anchors = index.under(annotation.quads);
        draft.after = draft.element.anchors.empty() ? element_before(elements, annotation.box) : draft.element.anchors.front().element;
        out.push_back(std::move(draft));
    }
    for (std::size_t i = 0; i < annotations.size(); ++i) {
        if (annotations[i].subtype == "Popup" || element_of[i] >= 0) continue;
        const int thread = element_of[static_cast<std::size_t>(thread_of(page.facts, static_cast<int>(i)))];
        if (thread >= 0) out[static_cast<std::size_t>(thread)].element.replies.push_back(static_cast<int>(i));
    }
    for (ElementDraft& draft : out) {
        std::stable_sort(draft.element.replies.begin(), draft.element.replies.end(), [&](int a, int b) {
            return annotations[static_cast<std::size_t>(a)].created < annotations[static_cast<std::size_t>(b)].created;
        });
    }
    return out;
}

}  // namespace docwright::extract
