// Where the native fields of a part begin and end: w:fldSimple, and w:fldChar over many runs and paragraphs (ECMA-376 part 1,
// 17.16.18). A field stays in one cell, text box or note, and a field without its end is none.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "docgen/template/structure.h"

namespace docwright::docgen {

struct FieldSpan {
    std::size_t begin = 0;        // token: its first fldChar, or fldSimple
    std::size_t separate = 0;     // the fldChar between code and result; `end` where there is none
    std::size_t end = 0;          // token: its last fldChar, or the end of fldSimple
    int outer = -1;               // the field that holds it; -1: none
    std::vector<int> inner = {};  // those right inside it, in order
    bool simple = false;

    bool in_code(const FieldSpan& outer_field) const { return !outer_field.simple && begin < outer_field.separate; }
};

// In the order of their beginnings.
std::vector<FieldSpan> find_fields(const Structure& structure);

// What a field holds, from one token to another (neither included), is handed to these in order.
struct FieldVisitor {
    std::function<void(std::size_t leaf)> leaf;
    std::function<void(std::size_t first, std::size_t last)> paragraph_break;  // from a paragraph's end to the next one's content
    std::function<std::size_t(std::size_t token)> pass_over;  // gives the last token of what is not visited, else the token itself
};
// False: the field is not in order, since a paragraph in it is followed by no other.
bool visit_field(const Structure& structure, std::size_t first, std::size_t last, const FieldVisitor& visitor);

}  // namespace docwright::docgen
