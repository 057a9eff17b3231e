// Which pictures the elements of a page ask for, before they have their ids: so that pictures can be drawn ahead.
#pragma once

#include <optional>

#include "base/worker_threads.h"
#include "extract/output/options.h"
#include "extract/output/page_draft.h"
#include "extract/output/pictures.h"

namespace docwright::extract {

Box piece_box(const Element& table);  // of the table and all its cells

// None: the element has no picture, or its kind is not wanted. Stem and element id are left empty.
std::optional<PictureOrder> picture_order(const AnalysedPage& page, const Element& element, Renditions renditions);

// Draws all pictures of a page now and has them packed by `workers`.
void prepare_pictures(const ReadyPage& ready, const OutputOptions& options, WorkerThreads& workers, Pictures& pictures);

}  // namespace docwright::extract
