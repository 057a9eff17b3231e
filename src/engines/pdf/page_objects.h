// Everything a page draws, flattened: objects of nested form XObjects stand where the form is drawn.
// Coordinates are those of the page as shown (page_facts.h).
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engines/pdf/affine.h"
#include "engines/pdf/handles.h"

namespace docwright::pdf {

struct PageObject {
    FPDF_PAGEOBJECT handle = nullptr;
    int type = FPDF_PAGEOBJ_UNKNOWN;
    std::uint16_t form_depth = 0;
    std::int32_t marked_content = -1;
    bool artifact = false;
    bool layer_off = false;
    Affine to_page;  // from the space of its own matrix' result (the page's or its form's space)
    Box clip;        // page and clip paths; a box around them where they are not upright rectangles
};

struct PageObjects {
    std::vector<PageObject> all;  // in paint order: the index is the paint order
    std::unordered_map<FPDF_PAGEOBJECT, std::uint32_t> index_of;
    bool limit_reached = false;
};

PageObjects collect_objects(FPDF_PAGE page, const Affine& to_page, const Box& page_box);

}  // namespace docwright::pdf
