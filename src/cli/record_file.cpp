#include "cli/record_file.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/ascii.h"
#include "base/file_descriptor.h"
#include "base/json.h"
#include "base/utf8.h"

namespace docwright {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

// The end of the row that begins at the front: behind its line end. Quoted cells may hold line ends (RFC 4180).
std::size_t row_bytes(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') quoted = !quoted;
        if (text[i] == '\n' && !quoted) return i + 1;
    }
    return text.size();
}

Result<std::vector<std::string>> cells_of(std::string_view row, char separator) {
    while (row.ends_with('\n') || row.ends_with('\r')) row.remove_suffix(1);
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (quoted && row[i] == '"' && i + 1 < row.size() && row[i + 1] == '"') {
            cells.back() += row[i++];
        } else if (row[i] == '"' && (quoted || cells.back().empty())) {
            quoted = !quoted;
        } else if (row[i] == separator && !quoted) {
            cells.emplace_back();
        } else {
            cells.back() += row[i];
        }
    }
    if (quoted) return Error{Fault::InvalidInput, "A quotation mark is never closed."};
    return cells;
}

// Whichever of the usual ones the first row has most of.
char separator_of(std::string_view first_row) {
    constexpr std::string_view kUsual = ",;\t";
    return *std::ranges::max_element(kUsual, {}, [&](char each) { return std::ranges::count(first_row, each); });
}

}  // namespace

bool is_record_file(const std::filesystem::path& path, RecordFormat& format) {
    const std::string ending = ascii_lowered(path.extension().native());
    if (ending == ".csv" || ending == ".tsv") {
        format = RecordFormat::Csv;
    } else if (ending == ".ndjson" || ending == ".jsonl") {
        format = RecordFormat::Lines;
    } else {
        return false;
    }
    return true;
}

Result<RecordFile> RecordFile::open(const std::filesystem::path& path, RecordFormat format) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.open()) return Error{Fault::NotFound, fmt::format("Cannot read {}: {}.", path.string(), std::strerror(errno))};
    RecordFile records;
    records.file_ = std::make_unique<MappedFile>(TRY(MappedFile::map(file.get())));
    Status read = records.read(records.file_->bytes(), format);
    if (!read.ok()) return Error{read.error().fault, fmt::format("{}: {}", path.string(), read.error().message)};
    return records;
}

Result<RecordFile> RecordFile::of_text(std::string_view text, RecordFormat format) {
    RecordFile records;
    TRY(records.read(text, format));
    return records;
}

Status RecordFile::read(std::string_view text, RecordFormat format) {
    format_ = format;
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    switch (format) {
        case RecordFormat::Csv: TRY(cut_csv(text)); break;
        case RecordFormat::Lines: cut_lines(text); break;
        case RecordFormat::Array: TRY(cut_array(text)); break;
    }
    if (records_.empty()) return Error{Fault::InvalidInput, "There are no records in it."};
    return success();
}

Status RecordFile::cut_csv(std::string_view text) {
    const std::size_t head = row_bytes(text);
    separator_ = separator_of(text.substr(0, head));
    names_ = TRY(cells_of(text.substr(0, head), separator_));
    for (std::string& name : names_) {
        while (name.ends_with(' ')) name.pop_back();
        name.erase(0, std::min(name.find_first_not_of(' '), name.size()));
    }
    for (text.remove_prefix(head); !text.empty();) {
        const std::size_t bytes = row_bytes(text);
        if (!is_blank(text.substr(0, bytes))) records_.push_back(text.substr(0, bytes));
        text.remove_prefix(bytes);
    }
    return success();
}

void RecordFile::cut_lines(std::string_view text) {
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        if (!is_blank(line)) records_.push_back(line);
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
}

// The members of an array, or one object, cut apart by their brackets; whether each is JSON is seen when it is used.
Status RecordFile::cut_array(std::string_view text) {
    int depth = 0;
    bool quoted = false;
    std::size_t begin = 0;
    const int level = text.find_first_of("[{") != std::string_view::npos && text[text.find_first_of("[{")] == '[' ? 1 : 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted) {
            if (text[i] == '\\')
                ++i;
            else if (text[i] == '"')
                quoted = false;
            continue;
        }
        if (text[i] == '"') quoted = true;
        if ((text[i] == '{' || text[i] == '[') && depth++ == level) begin = i;
        if ((text[i] == '}' || text[i] == ']') && --depth == level) records_.push_back(text.substr(begin, i + 1 - begin));
    }
    if (depth != 0 || quoted) return Error{Fault::InvalidInput, "It is no JSON: something in it is never closed."};
    return success();
}

Result<std::string> RecordFile::record(std::size_t index) const {
    const std::string_view text = records_.at(index);
    if (format_ != RecordFormat::Csv) {
        const Result<json::value> value = parse_json(text);
        if (!value.ok() || !value.value().is_object()) return Error{Fault::InvalidInput, "It is no JSON object."};
        return format_ == RecordFormat::Lines ? std::string(text) : json::serialize(value.value());
    }
    const std::vector<std::string> cells = TRY(cells_of(text, separator_));
    if (cells.size() > names_.size())
        return Error{Fault::InvalidInput, fmt::format("It has {} cells where the first row names {}.", cells.size(), names_.size())};
    json::object values;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!is_utf8(cells[i])) return Error{Fault::InvalidInput, fmt::format("Its cell {} is not UTF-8.", i + 1)};
        if (!names_[i].empty()) values[names_[i]] = cells[i];
    }
    return json::serialize(values);
}

}  // namespace docwright
