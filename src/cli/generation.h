// Documents made of a Word template on this machine, in the same confined engines that the server uses: one, or one for each record.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/local_run.h"
#include "cli/record_file.h"

namespace docwright {

struct GenerationEngines {
    std::unique_ptr<Supervisor> pdf;     // merges
    std::unique_ptr<Supervisor> office;  // makes PDFs; nullptr: not wanted
};

struct GenerationOrder {
    std::filesystem::path word_template;
    json::object parameters;  // of merge-template, checked
    bool as_pdf = false;
    Microseconds time = 0;  // that the documents show as now
    int at_once = 1;
};

struct MadeDocument {
    FileDescriptor file;
    std::vector<std::string> warnings;
};

// Error: those of the engines; NotFound: a file cannot be read.
Result<MadeDocument> make_one(const GenerationEngines& engines, const GenerationOrder& order, const std::filesystem::path& values);

// How the documents of a batch are called: {n} is the number of the record, padded so that names sort; {name} a value of it. What
// cannot stand in a file name becomes "_".
std::string document_name(const std::string& pattern, const std::string& record, std::size_t number, std::size_t count);

struct RecordFailure {
    std::size_t record = 0;  // from 1
    std::string message;
};

struct GenerationReport {
    std::size_t done = 0;
    std::vector<RecordFailure> failures;                        // in the order of the records
    std::vector<std::pair<std::size_t, std::string>> warnings;  // record and text; each text once
};

// One document for each record, into files of `folder` called by the pattern. The template is read once for many records. A record
// that fails stops no other one.
// Error: the engines or the folder cannot be used at all.
Result<GenerationReport> make_each(const GenerationEngines& engines, const GenerationOrder& order, const RecordFile& records,
                                   const std::filesystem::path& folder, const std::string& pattern);

// All records as one PDF at `path`, in their order. Records that fail are left out.
Result<GenerationReport> make_combined(const GenerationEngines& engines, const GenerationOrder& order, const RecordFile& records,
                                       const std::filesystem::path& path);

}  // namespace docwright
