#include "core/tasks/order.h"

#include <algorithm>

#include "base/limits.h"

namespace docwright {
namespace {

// Work that may hold a thread for minutes has its own lane, so that short work always finds a free one.
constexpr std::uint64_t kLongWorkBytes = 20ULL * 1024 * 1024;
constexpr int kLongWorkSeconds = 60;

bool is_secret(const Operation& operation, std::string_view name) {
    auto parameter = std::ranges::find(operation.body.parameters, name, &Parameter::name);
    return parameter != operation.body.parameters.end() && parameter->kind == ParameterKind::Secret;
}

}  // namespace

SplitValues split_secrets(const Operation& operation, const OperationRequest& request) {
    SplitValues split;
    json::object hidden;
    for (const auto& [key, value] : request.values) (is_secret(operation, key) ? hidden : split.plain)[key] = value;
    json::array passwords;
    bool any = false;
    for (const RequestedInput& input : request.inputs) {
        passwords.emplace_back(input.password);
        any |= !input.password.empty();
    }
    if (any || !hidden.empty()) split.secrets = json::serialize(json::object{{"passwords", passwords}, {"values", hidden}});
    return split;
}

Result<JoinedValues> join_secrets(const TaskRecord& task) {
    JoinedValues joined;
    json::value plain = TRY(parse_json(task.values));
    if (!plain.is_object()) return Error{Fault::Internal, "The stored values of the task cannot be read."};
    joined.values = plain.get_object();
    joined.passwords.resize(task.inputs.size());
    if (task.secrets.empty()) return joined;
    json::value secrets = TRY(parse_json(task.secrets));
    for (const auto& [key, value] : secrets.at("values").as_object()) joined.values[key] = value;
    std::size_t index = 0;
    for (const json::value& password : secrets.at("passwords").as_array()) {
        if (index < joined.passwords.size()) joined.passwords[index++] = password.as_string().c_str();
    }
    return joined;
}

std::string lane_of(Engine engine, bool long_work) {
    std::string lane;
    switch (engine) {
        case Engine::Pdf: lane = "pdf"; break;
        case Engine::Vision: lane = "vision"; break;
        case Engine::Office: lane = "office"; break;
        case Engine::Web: lane = "web"; break;
    }
    return long_work ? lane + "-long" : lane;
}

bool is_long_work(const Operation& operation, std::uint64_t input_bytes) {
    return input_bytes > kLongWorkBytes || operation.expected_seconds > kLongWorkSeconds;
}

std::string result_file_name(std::string_view input_name, Format format) {
    const std::size_t dot = input_name.rfind('.');
    std::string base(dot == std::string_view::npos || dot == 0 ? input_name : input_name.substr(0, dot));
    if (base.empty()) base = "result";
    const std::string extension = "." + std::string(format_facts(format).extension);
    if (base.size() + extension.size() > limits::kFileNameBytes) base = "result";
    return base + extension;
}

}  // namespace docwright
