// What the resources of a page say about its fonts and images, where PDFium's handles do not tell: a font's subtype, an
// image's masks. Resources of form XObjects are looked into too.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "engines/pdf/object_model.h"

namespace docwright::pdf {

struct FontEntry {
    std::string type;  // subtype; of a composite font that of its descendant
    int weight = 0;    // of the descriptor, 0: not said
    bool subset = false;
};

struct PageResources {
    std::map<std::string, FontEntry> fonts;        // by base font name without subset prefix; "" for nameless (Type 3) ones
    std::set<std::pair<int, int>> masked_images;   // width and height of images with a soft mask, a mask or a colour key
    std::set<std::pair<int, int>> stencil_images;  // width and height of image masks
    bool shading_patterns = false;
};

PageResources read_resources(ObjectModel& model, int page_index);

}  // namespace docwright::pdf
