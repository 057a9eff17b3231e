// Which element a place of the document means: for links to pages, outline entries and lines of a table of contents
// (contract/structure-info.md, 4.3, 7). Places are asked for before the elements they mean are known, so answers are late.
// Memory: a few words for every element of a page that something points to, and for every head.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "extract/output/numbering.h"
#include "extract/page/element.h"

namespace docwright::extract {

struct Spot {
    int page_index = -1;
    bool has_point = false;
    Point point;
};

class Targets {
public:
    void want_page(int page_index) { pages_.try_emplace(page_index); }
    void note(int page_index, const Element& element, int number);  // elements in the order of the result

    // Slots for late_members: ,"elementId":"head7" and ,"headLink":"head7", or nothing when there is no such element.
    std::uint32_t element_at(const Spot& spot, Slots& slots);
    std::uint32_t head_of_contents_line(const Spot& spot, const std::u32string& line, Slots& slots);

    // "" when there is none. `title`: a head with this text is preferred.
    std::string id_at(const Spot& spot, const std::u32string& title) const;

    void resolve(Slots& slots) const;  // all slots; once, when all elements are noted

private:
    struct Noted {
        ElementType type;
        int number;
        Box box;
        std::uint64_t text;  // fingerprint of its words
    };
    struct Asked {
        std::uint32_t slot;
        Spot spot;
        bool head;
        std::uint64_t text;
    };
    const Noted* find(const Spot& spot) const;
    std::map<int, std::vector<Noted>> pages_;
    std::map<std::uint64_t, int> heads_;  // fingerprint → number of the first such head
    std::vector<Asked> asked_;
};

// The words of a line of contents without its leader and page number.
std::u32string contents_title(const std::u32string& line);

}  // namespace docwright::extract
