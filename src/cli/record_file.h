// The records of a batch: a CSV file whose first row names the values, lines of JSON (NDJSON), or a JSON array. Records are cut apart
// at once and read one by one, so that a large file costs no memory.
// Errors: NotFound: the file cannot be read; InvalidInput: it has no records, or is no such file.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/mapped_file.h"
#include "base/result.h"

namespace docwright {

enum class RecordFormat { Csv, Lines, Array };

class RecordFile {
public:
    static Result<RecordFile> open(const std::filesystem::path& path, RecordFormat format);
    static Result<RecordFile> of_text(std::string_view text, RecordFormat format);  // which outlives it

    std::size_t count() const { return records_.size(); }
    // One record as a JSON object on one line. In CSV all values are texts, and cells that a short row lacks are missing.
    // Error: InvalidInput: this record cannot be used.
    Result<std::string> record(std::size_t index) const;

private:
    RecordFile() = default;
    Status read(std::string_view text, RecordFormat format);
    Status cut_csv(std::string_view text);
    void cut_lines(std::string_view text);
    Status cut_array(std::string_view text);

    std::unique_ptr<MappedFile> file_;
    RecordFormat format_ = RecordFormat::Lines;
    std::vector<std::string_view> records_;
    std::vector<std::string> names_;  // of CSV
    char separator_ = ',';
};

// "values.csv" → Csv, ".ndjson" and ".jsonl" → Lines; anything else is a single JSON document.
bool is_record_file(const std::filesystem::path& path, RecordFormat& format);

}  // namespace docwright
