#include "api/docgen/engine_work.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <utility>

#include "base/hashing.h"
#include "operations/all.h"

namespace docwright::docgen_api {
namespace {

constexpr int kWaitMilliseconds = 900;  // for a place at an engine: with the rest an answer within a second

Result<FileDescriptor> duplicate(const FileDescriptor& file) {
    FileDescriptor again(::fcntl(file.get(), F_DUPFD_CLOEXEC, 0));
    if (!again.open()) return Error{Fault::Internal, "The server has no descriptors left.", {}, "STORAGE_ERROR"};
    return again;
}

Result<EngineInput> input_of(FileDescriptor file, std::string_view name) {
    EngineInput input{.file = std::move(file), .bytes = 0, .file_name = std::string(name), .sha256 = {}, .password = {}};
    input.bytes = TRY(size_of(input.file));
    return input;
}

EngineTask task_of(const Operation& operation, const Caller& caller, Microseconds time, int wall_seconds) {
    EngineTask task{.operation = &operation};
    task.input_time = time;
    task.wall_seconds = wall_seconds;
    task.output_bytes = limits::kGeneratedBytes;
    task.wait_milliseconds = kWaitMilliseconds;
    task.tenant = hex(sha256("tenant " + caller.account));
    return task;
}

// Runs the task; its result lands in `output`. Gives the operation's data.
Result<json::object> run(const Service& service, EngineTask& task, const FileDescriptor& output) {
    task.output = output.get();
    Result<EngineAnswer> answer = service.run_engine(
        task, [](int, int) {}, service.stopping.get_token());
    if (!answer.ok() && answer.error().reason == "CANCELLED") return Error{Fault::Unavailable, "The server is stopping."};
    if (!answer.ok()) return answer.error();
    const json::value data = TRY(parse_json(answer.value().result.data));
    if (!data.is_object()) return Error{Fault::Internal, "The engine answered without saying anything."};
    return data.get_object();
}

void add_texts(const json::object& data, std::string_view key, std::vector<std::string>& texts) {
    const json::value* list = data.if_contains(key);
    if (!list || !list->is_array()) return;
    for (const json::value& text : list->get_array())
        if (text.is_string()) texts.emplace_back(text.get_string());
}

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* text = object.if_contains(key);
    return text && text->is_string() ? std::string(text->get_string()) : std::string();
}

void add_font_warnings(const json::object& data, std::vector<std::string>& warnings) {
    const json::value* fonts = data.if_contains("fonts");
    if (!fonts || !fonts->is_array()) return;
    for (const json::value& each : fonts->get_array()) {
        if (!each.is_object()) continue;
        const std::string used = text_at(each.get_object(), "used");
        warnings.push_back(fmt::format("The font {} is not installed; {} was used in its place.", text_at(each.get_object(), "requested"),
                                       used.empty() ? "another one" : used));
    }
}

Result<FileDescriptor> pdf_of(const Service& service, const Caller& caller, const FileDescriptor& document, Microseconds time,
                              std::vector<std::string>& warnings) {
    EngineTask task = task_of(create_pdf_from_word, caller, time, limits::kOfficeWallSeconds);
    task.values = TRY(parse_values(create_pdf_from_word, {}));
    task.inputs.push_back(TRY(input_of(TRY(reopened_for_reading(document)), "document.docx")));
    FileDescriptor pdf = TRY(nameless_file(Room::Memory));
    const json::object data = TRY(run(service, task, pdf));
    add_font_warnings(data, warnings);
    return pdf;
}

}  // namespace

Result<GeneratedFile> make_document(Service& service, const Caller& caller, const Order& order, Microseconds time) {
    EngineTask task = task_of(merge_template, caller, time, limits::kMergeWallSeconds);
    task.values = order.parameters;
    task.inputs.push_back(TRY(input_of(TRY(duplicate(order.template_file)), "template.docx")));
    task.inputs.push_back(TRY(input_of(TRY(duplicate(order.values_file)), "values.json")));
    GeneratedFile made{.file = TRY(nameless_file(Room::Memory)), .extension = order.extension, .verbose = order.verbose};
    const json::object data = TRY(run(service, task, made.file));
    add_texts(data, "warnings", made.warnings);
    if (order.extension == "pdf") made.file = TRY(pdf_of(service, caller, made.file, time, made.warnings));
    return made;
}

Result<json::object> template_report(Service& service, const Caller& caller, const Order& order) {
    EngineTask task = task_of(order.kind == Kind::Check ? check_template : analyze_template, caller, 0, limits::kMergeWallSeconds);
    task.inputs.push_back(TRY(input_of(TRY(duplicate(order.template_file)), "template.docx")));
    if (order.kind == Kind::Check && order.values_file.open())
        task.inputs.push_back(TRY(input_of(TRY(duplicate(order.values_file)), "values.json")));
    const FileDescriptor nothing = TRY(nameless_file(Room::Memory));
    return run(service, task, nothing);
}

}  // namespace docwright::docgen_api
