// Where the markers of conditions stand, and what stands beside them.
#pragma once

#include <map>

#include "docgen/template/plan.h"
#include "docgen/template/structure.h"

namespace docwright::docgen {

struct MarkerPlace {
    std::size_t leaf = 0;     // the piece of text
    std::size_t segment = 0;  // of it

    auto operator<=>(const MarkerPlace&) const = default;
};

// By place in Plan::tags.
std::map<std::size_t, MarkerPlace> find_markers(const Plan& plan);

bool is_marker(TagKind kind);  // shows nothing itself: of a condition or a loop

// Whether a reader sees anything between the places, neither included, which stand in one row. Blank text is nothing.
bool shows_anything(const Plan& plan, const Structure& structure, const MarkerPlace& after, const MarkerPlace& before);

// The element inside of `outer` that holds the token, or is it.
std::size_t child_of(const Structure& structure, std::size_t outer, std::size_t token);
// The innermost element that holds both.
std::size_t common_element(const Structure& structure, std::size_t a, std::size_t b);

// What is always shown of a paragraph, blank text apart, and what if a guard holds.
Remains remains_of_paragraph(const Plan& plan, const Structure& structure, std::size_t paragraph);

}  // namespace docwright::docgen
