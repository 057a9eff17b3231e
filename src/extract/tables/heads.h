// Which rows and columns of a grid are heads, and what kind each cell is (contract/structure-info.md, 4.3 table).
// Evidence: font and shading that differ from the body, values below but not in the row, years over columns, spans over groups.
// Takes a filled draft; sets header_rows, header_columns and the kind of each cell. Units: points. Fails: never.
// Holds: header_rows < rows, header_columns < columns. Cost: n log n in words of the table.
#pragma once

#include "extract/tables/draft.h"

namespace docwright::extract::tables {

void mark_heads(Draft& draft, const PageWords& page, const PageFacts& facts);

}  // namespace docwright::extract::tables
