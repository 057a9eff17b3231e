// A drawn grid whose lines are drawn in its head only: cells that span columns although their texts stand column by column.
// Takes a filled draft; splits such cells at the column edges that stand in the white between their words on all their lines.
// Units: points. Holds: cells tile the grid, words stay where they are. Fails: never. Cost: n log n in words.
#pragma once

#include "extract/tables/draft.h"

namespace docwright::extract::tables {

void split_cells_at_white(Draft& draft, const PageWords& page);

}  // namespace docwright::extract::tables
