// The objects of the file on a page as elements: links and printed addresses, annotations with their replies, form fields.
// Each gives drafts whose `after` is the element they follow (contract/structure-info.md, 5.1). Units: points, page space.
// `elements`: those of the page so far, in order. Fails: never. Cost: O(n log n).
#pragma once

#include <span>
#include <vector>

#include "extract/classify/anchors.h"
#include "extract/classify/draft.h"

namespace docwright::extract {

// Links that point somewhere, then addresses in the text that no link covers.
std::vector<ElementDraft> link_elements(const AnalysedPage& page, std::span<const Element> elements, const AnchorIndex& index);

// Annotations but pop-ups; replies go into the annotation they answer.
std::vector<ElementDraft> annotation_elements(const AnalysedPage& page, std::span<const Element> elements, const AnchorIndex& index);

// Fields whose first widget lies on this page, with the printed label beside them.
std::vector<ElementDraft> form_elements(const AnalysedPage& page, const DocumentFacts& document, std::span<const Element> elements);

// The last element that starts above or at the height of a box, -1: none.
int element_before(std::span<const Element> elements, const Box& box);

}  // namespace docwright::extract
