// A web page → PDF, for all operations that make one. In the web engine only.
#pragma once

#include "core/operation.h"
#include "engines/web/print_order.h"
#include "operations/web/page_settings.h"

namespace docwright {

// The browser prints into the output file; what is finished then takes its place. resultData is {"pageCount": 3} and "warnings"
// where the page was still changing or requests had no answer.
// Errors: those of browser.h; LimitExceeded for a header or footer beyond limits::kPageFurnitureBytes.
Result<TaskResult> print_page(web::PageSource source, const PageParams& params, TaskFiles& files, Progress& progress);

}  // namespace docwright
