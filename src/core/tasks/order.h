// A request in the form in which the store keeps it.
#pragma once

#include "core/operation.h"
#include "store/records.h"

namespace docwright {

// Parameters of kind Secret and the passwords of inputs, apart from everything that may be shown.
struct SplitValues {
    json::object plain;
    std::string secrets;  // JSON; empty: there are none
};
SplitValues split_secrets(const Operation& operation, const OperationRequest& request);

struct JoinedValues {
    json::object values;
    std::vector<std::string> passwords;  // one per input
};
Result<JoinedValues> join_secrets(const TaskRecord& task);

std::string lane_of(Engine engine, bool long_work);
bool is_long_work(const Operation& operation, std::uint64_t input_bytes);

// "report.docx" and ZIP → "report.zip"
std::string result_file_name(std::string_view input_name, Format format);

}  // namespace docwright
