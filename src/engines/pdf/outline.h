// Bookmarks.
#pragma once

#include "engines/pdf/destinations.h"
#include "extract/page/document_facts.h"

namespace docwright::pdf {

std::vector<extract::OutlineEntry> read_outline(ObjectModel& model, Destinations& destinations);

}  // namespace docwright::pdf
