// An Office document → PDF, for all operations that make one. In the office engine only.
#pragma once

#include "core/operation.h"
#include "operations/office/parameters.h"

namespace docwright {

// Whatever Office document came, of whichever family: what it is decides, not the route. resultData is
// {"pages": 3, "fonts": [{"requested", "used", "metricCompatible"}]} with the fonts that were not there.
// Same input and values, same bytes. Errors: those of office.h; PAGE_RANGE_INVALID.
Result<TaskResult> pdf_from_office(const OfficeParameters& parameters, TaskFiles& files, Progress& progress);

}  // namespace docwright
