// A long text that grows at its end and lies on scratch meanwhile, in chunks of a bounded size.
// Fails with what the log fails with. Memory: one chunk, and 16 bytes for every chunk written.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/output/record_log.h"

namespace docwright::extract {

class ScratchText {
public:
    ScratchText(RecordLog& log, std::uint32_t kind) : log_(&log), kind_(kind) {}

    // `text` is never cut between two chunks, so that what must stay together does.
    Status append(std::string_view text);

    // All of it from the start, chunk by chunk.
    Status read(const std::function<Status(std::string_view)>& out) const;

private:
    RecordLog* log_;
    std::uint32_t kind_;
    std::string open_;
    std::vector<RecordPlace> chunks_;
};

}  // namespace docwright::extract
