// `version`, `pages` and `info` as JSON (contract/structure-info.md, 2, 3 and 7).
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "extract/output/writing.h"
#include "extract/page/context.h"

namespace docwright::extract {

// What the task knows of the file and of itself.
struct ResultFacts {
    std::string file_name;
    std::int64_t file_bytes = 0;
    std::string file_sha256;
    Microseconds analysis_time = 0;
};

enum class PageState { Success, Partial, Failed };

void write_version(JsonText& json, const OutputOptions& options);  // the object
void write_page_entry(JsonText& json, const PageDraft& draft, const OutputOptions& options, bool picture_failed, bool files_limited);
void write_failed_page_entry(JsonText& json, const PageFrame& frame, const std::string& message);
void write_info(JsonText& json, const Writing& writing, const DocumentContext& context, const ResultFacts& facts, int analysed_pages);

// Seconds precision: 2026-07-31T12:42:29Z.
std::string utc_time(Microseconds time);

}  // namespace docwright::extract
