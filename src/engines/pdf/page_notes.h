// Links and annotations of a page. Widgets belong to fields (fields.h).
#pragma once

#include "engines/pdf/destinations.h"
#include "engines/pdf/layers.h"
#include "extract/page/page_facts.h"

namespace docwright::pdf {

void read_notes(ObjectModel& model, Destinations& destinations, const PageMap& map, extract::PageFacts& facts);

// The upright box of a /Rect as shown; empty if it is missing or broken.
Box box_of_rect(QPDFObjectHandle annotation, const PageMap& map);
bool is_hidden_annotation(QPDFObjectHandle annotation, const HiddenLayers& layers);  // by its hidden or no-view flag, or its layer
bool has_appearance(QPDFObjectHandle annotation);                                    // a normal appearance for its present state

}  // namespace docwright::pdf
