// The summaries of pages on scratch: gathered in pass 1, given once more when all pages are known.
// Written and read by the attempt that makes them; values come back exactly as they were.
// Fails with what the log fails with. Memory: one record (kRecordBytes of summary_spill.cpp).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "extract/output/record_log.h"
#include "extract/page/summary.h"

namespace docwright::extract {

class SummarySpill {
public:
    explicit SummarySpill(RecordLog& log) : log_(&log) {}

    Status add(const PageSummary& page);

    // In the order in which they were added.
    Status each(const std::function<void(const PageSummary&)>& visit) const;

private:
    Status flush();
    RecordLog* log_;
    std::string open_;
    std::vector<RecordPlace> records_;
};

}  // namespace docwright::extract
