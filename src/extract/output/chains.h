// Texts that run on in the next column or page: each part says its place among all parts (contract/structure-info.md, 5.2),
// which is known when the last one is. A chain goes on over one page break at a time: a page without its next part ends it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "extract/output/numbering.h"
#include "extract/page/element.h"

namespace docwright::extract {

class Chains {
public:
    // Elements in the order of the result. A slot for late_members (,"continuation":{…}), or none when the element stands alone.
    std::optional<std::uint32_t> part(int element_index, const Element& element, const std::string& id, Slots& slots);
    void end_page(Slots& slots);
    void finish(Slots& slots);

private:
    struct Part {
        std::uint32_t slot;
        std::string id;
        Joiner joiner;
    };
    struct Chain {
        ElementType type;
        std::vector<Part> parts;
        int last_element = kNoElement;  // on the present page; kNoElement: on the page before
        bool runs_on = false;
    };
    static void close(const Chain& chain, Slots& slots);
    std::vector<Chain> open_;
};

}  // namespace docwright::extract
