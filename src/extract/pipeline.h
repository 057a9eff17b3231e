// A document → its structure, in two passes over its pages (docs/architecture.md, "Extraction in two passes").
//   pass 1: read a page, find lines, tables and blocks, spill the page to scratch, keep its summary;
//   between: all summaries → what the document says as a whole;
//   pass 2: load a page, classify, write its elements.
// Memory is bounded per page; what stays for every page is its summary. Same document and options, same result, whether it
// was made in one attempt or several.
// A later attempt goes on behind the last page on scratch. A page that took the engine with it limits::kLossesPerPage times is
// given up: its state is `failed`, the others are written. Pages that cannot be read likewise.
// Threads: pages are read, drawn and written by the caller's thread, in their order, for PDFium knows one thread only; what lies
// between (lines, tables, blocks, classes, packing of pictures) is done by `workers`, a few pages at a time. Pages that were
// under way when an earlier attempt was lost are done one by one, so that the guilty one is found. The result does not show it.
// Errors: those of scratch (Internal); InvalidInput with reason DAMAGED when no page could be read.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/worker_threads.h"
#include "extract/output/structure_writer.h"
#include "extract/page/page_source.h"

namespace docwright::extract {

struct ExtractionOrder {
    OutputOptions options;
    std::vector<int> pages;  // page indexes, ascending; empty: all
    ResultFacts facts;
    int scratch = -1;
    int attempt = 1;
    WorkerThreads* workers = nullptr;  // nullptr: the caller's thread does everything
};

// Steps done of all steps: every page counts twice, once for each pass.
using ProgressReport = std::function<void(int done, int total)>;

// A finished extraction, on scratch: the result is written from it.
struct Extraction {
    // Each looks into those above it.
    std::unique_ptr<RecordLog> log;
    DocumentFacts document;
    DocumentContext context;
    std::vector<PageFrame> frames;
    std::vector<std::pair<int, RecordPlace>> pages;  // index and spill of the pages that were read
    std::unique_ptr<Pictures> pictures;
    std::unique_ptr<StructureWriter> writer;  // json() and each_element()

    Result<std::string> file_bytes(const StoredPicture& file) const { return log->read(file.bytes); }
};

Result<std::unique_ptr<Extraction>> extract_structure(PageSource& source, const ExtractionOrder& order, const ProgressReport& progress);

}  // namespace docwright::extract
