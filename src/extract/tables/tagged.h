// The fourth proposer: tables that the file itself names (Table, TR, TH, TD of a tagged PDF; ISO 32000-2, 14.8.4.8.3).
// Takes the page's tags and the marked content of its words. Gives a draft per table tag whose cells also stand as a grid on the
// page: tags lie, so that rows and columns must follow each other in space. Units: points. Fails: never.
// Cost: n log n in words and tags.
#pragma once

#include <vector>

#include "extract/tables/draft.h"

namespace docwright::extract::tables {

std::vector<Draft> drafts_from_tags(const PageFacts& facts, const PageWords& page);

}  // namespace docwright::extract::tables
