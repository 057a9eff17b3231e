// The codes of native Word fields: MERGEFIELD, IF and formulas (contract/docgen.md, 9; ECMA-376 part 1, 17.16.4 and 17.16.5).
// A code is its text, in which kObject stands for what is no text: a field inside it, a drawing. Places are bytes.
// Fails: never; what is not well formed is nothing, and the field keeps what it shows.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "docgen/template/program.h"
#include "docgen/template/tag.h"

namespace docwright::docgen {

inline constexpr char kObject = '\x01';

enum class FieldKind {
    Merge,    // MERGEFIELD
    If,       // IF
    Formula,  // = function ( direction )
    Kept,     // COMPARE, NEXT …: not offered; they keep what they show, and so does their code
    Other,    // PAGE, HYPERLINK …: left to Word; tags in its code are filled
};
FieldKind field_kind(std::string_view code);

// Of a MERGEFIELD: the tag that {{…}} with its name and switches would be. A name that is none in braces, such as "First Name",
// is one here. TagKind::Unknown: no name.
Tag merge_field_tag(std::string_view code);

struct Span {
    std::size_t begin = 0, end = 0;  // without the quotes around it
};

struct IfCode {
    Span left, right, then, otherwise;  // the last may be empty
    Comparison comparison = Comparison::Equal;
};

// `tags` are those found in the code: what stands in them is not taken apart.
std::optional<IfCode> parse_if(std::string_view code, const std::vector<FoundTag>& tags);

}  // namespace docwright::docgen
