// What a stage decided, drawn over the page: a ZIP with page1.png, page2.png … for people who look for the reason of a result.
//   lines     boxes of lines, in their order        blocks    boxes of blocks with their order, columns and frames
//   tables    tables with probabilities, cells      elements  boxes of elements with type and order
// Errors: those of scratch and output; a page that cannot be rendered is left out.
#pragma once

#include "extract/debug_stage.h"
#include "extract/pipeline.h"

namespace docwright::extract {

Status write_debug_pictures(PageSource& source, const Extraction& extraction, DebugStage stage, int output);

}  // namespace docwright::extract
