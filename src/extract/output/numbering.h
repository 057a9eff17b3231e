// Ids of elements: type name and running number, counted depth first over the document (contract/structure-info.md, 4.1),
// and references to elements that may not have theirs yet.
// An element is known by its page and its index there; `inner` is a cell of a table or a paragraph of a sidebar.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/output/slots.h"
#include "extract/page/element.h"

namespace docwright::extract {

std::string_view type_name(ElementType type);
constexpr std::size_t kElementTypes = 12;

class Counters {
public:
    int next(ElementType type) { return ++counts_[static_cast<std::size_t>(type)]; }
    int count(ElementType type) const { return counts_[static_cast<std::size_t>(type)]; }

private:
    std::array<int, kElementTypes> counts_{};
};

std::string element_id(ElementType type, int number);         // table1
std::string quoted_element_id(ElementType type, int number);  // "table1", as JSON

// The numbers of one page's elements, as far as they are given.
class PageNumbers {
public:
    struct Place {
        int element = kNoElement;
        int inner = -1;
        friend auto operator<=>(const Place&, const Place&) = default;
    };
    void set(Place place, ElementType type, int number, Slots& slots);
    int number(Place place) const;  // 0: not given yet
    // The id as a JSON value: itself, or a slot that set() fills.
    std::string reference(Place place, Slots& slots);

private:
    struct Given {
        ElementType type;
        int number;
    };
    std::map<Place, Given> given_;
    std::map<Place, std::uint32_t> waiting_;
};

}  // namespace docwright::extract
