#include "extract/output/numbering.h"

#include "extract/output/json_text.h"

namespace docwright::extract {

std::string_view type_name(ElementType type) {
    static constexpr std::array<std::string_view, kElementTypes> kNames = {"title",    "head",         "paragraph",  "table",
                                                                           "image",    "headerFooter", "form",       "hyperlink",
                                                                           "footnote", "sidebar",      "annotation", "formula"};
    return kNames[static_cast<std::size_t>(type)];
}

std::string element_id(ElementType type, int number) { return std::string(type_name(type)) + std::to_string(number); }

std::string quoted_element_id(ElementType type, int number) { return '"' + element_id(type, number) + '"'; }

void PageNumbers::set(Place place, ElementType type, int number, Slots& slots) {
    given_[place] = {type, number};
    if (const auto slot = waiting_.find(place); slot != waiting_.end()) {
        slots.set(slot->second, quoted_element_id(type, number));
        waiting_.erase(slot);
    }
}

int PageNumbers::number(Place place) const {
    const auto found = given_.find(place);
    return found == given_.end() ? 0 : found->second.number;
}

std::string PageNumbers::reference(Place place, Slots& slots) {
    if (const auto found = given_.find(place); found != given_.end()) return quoted_element_id(found->second.type, found->second.number);
    auto slot = waiting_.find(place);
    if (slot == waiting_.end()) slot = waiting_.emplace(place, slots.make()).first;
    return kSlotOpen + std::to_string(slot->second) + kSlotClose;
}

}  // namespace docwright::extract
