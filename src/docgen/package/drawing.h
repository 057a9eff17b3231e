// DrawingML of a picture in the line (ECMA-376 part 1, 20.4.2.8), complete with its namespaces, for any place of a run.
#pragma once

#include <cstdint>
#include <string>

namespace docwright::docgen {

struct PlacedPicture {
    std::string relationship;      // of the picture, or of what stands in for an SVG
    std::string svg_relationship;  // empty: it is none
    double width = 0, height = 0;  // points
    std::uint32_t id = 0;          // unique in the document
    std::string description;       // for those who cannot see it
    bool strict = false;
};
std::string picture_xml(const PlacedPicture& picture);

}  // namespace docwright::docgen
