#include "engines/protocol/messages.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/fault_table.h"
#include "base/limits.h"
#include "base/utf8.h"

namespace docwright {
namespace {

Error nonsense(std::string_view member) {
    return Error{Fault::Internal, "The engine sent a message that cannot be read.", "member " + std::string(member)};
}

// Checked reading of one message's members; the first that is missing, of another type or out of range spoils the message.
class Members {
public:
    static Result<Members> of(std::string_view text) {
        auto value = parse_json(text);
        if (!value.ok() || !value.value().is_object()) return nonsense("(no object)");
        return Members(std::move(std::move(value).take().get_object()));
    }

    template <class Number>
    Number number(std::string_view name, Number minimum = 0, Number maximum = std::numeric_limits<Number>::max()) {
        const json::value* value = object_.if_contains(name);
        boost::system::error_code error;
        Number number = value && !value->is_double() ? value->to_number<Number>(error) : Number{};
        if (!value || value->is_double() || error || number < minimum || number > maximum) return spoilt<Number>(name);
        return number;
    }
    std::string text(std::string_view name, std::size_t longest) {
        const json::value* value = object_.if_contains(name);
        if (!value || !value->is_string() || value->get_string().size() > longest) return spoilt<std::string>(name);
        return std::string(value->get_string());
    }
    bool flag(std::string_view name) {
        const json::value* value = object_.if_contains(name);
        if (!value || !value->is_bool()) return spoilt<bool>(name);
        return value->get_bool();
    }
    json::object object(std::string_view name) {
        const json::value* value = object_.if_contains(name);
        if (!value || !value->is_object()) return spoilt<json::object>(name);
        return value->get_object();
    }
    // The objects of an array, each as Members of their own.
    std::vector<Members> list(std::string_view name, std::size_t longest) {
        std::vector<Members> items;
        const json::value* value = object_.if_contains(name);
        if (!value || !value->is_array() || value->get_array().size() > longest) return spoilt<std::vector<Members>>(name);
        for (const json::value& item : value->get_array()) {
            if (!item.is_object()) return spoilt<std::vector<Members>>(name);
            items.push_back(Members(item.get_object()));
        }
        return items;
    }
    void refuse(std::string_view name) { spoilt<bool>(name); }
    void refuse_if_spoilt(const Members& item) {
        if (!item.spoilt_.empty()) refuse(item.spoilt_);
    }

    template <class Read>
    Result<Read> result(Read read) const {
        if (!spoilt_.empty()) return nonsense(spoilt_);
        return read;
    }

private:
    explicit Members(json::object object) : object_(std::move(object)) {}
    template <class Value>
    Value spoilt(std::string_view name) {
        if (spoilt_.empty()) spoilt_ = name;
        return Value{};
    }
    json::object object_;
    std::string spoilt_;  // name of the first wrong member
};

// A child reports what a document caused. Retry, refusal and account faults are the server's to decide.
constexpr std::array kDocumentFaults = {Fault::InvalidInput, Fault::Unsupported, Fault::LimitExceeded, Fault::Internal};
constexpr std::array<std::string_view, 2> kServerReasons = {"CANCELLED", "DEAD_LETTER"};
constexpr std::size_t kReasonBytes = 64;
constexpr std::size_t kNameBytes = 1024;      // an operation, a version, a fact
constexpr std::size_t kPasswordBytes = 4096;  // far beyond what any format allows
constexpr std::size_t kFacts = 200;
constexpr int kHighestStatus = 999;  // three digits (RFC 9112, 4)
constexpr int kPagesReported = std::numeric_limits<int>::max();

bool reason_allowed(std::string_view reason) {
    if (reason.size() > kReasonBytes || std::ranges::find(kServerReasons, reason) != kServerReasons.end()) return false;
    const ReasonRow* row = reason_row(reason);
    if (row && row->http_status != 0) return false;
    return std::ranges::all_of(reason, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

std::string text_of(const HelloMessage& message) {
    json::array facts;
    for (const EngineFact& fact : message.facts) {
        facts.push_back(json::object{{"name", fact.name}, {"value", fact.value}, {"in_force", fact.in_force}});
    }
    return json::serialize(json::object{{"version", message.version},
                                        {"jobs", message.traits.jobs},
                                        {"retire_bytes", message.traits.retire_bytes},
                                        {"kill_bytes", message.traits.kill_bytes},
                                        {"wall_seconds", message.traits.wall_seconds},
                                        {"facts", facts}});
}

Result<HelloMessage> read_hello(std::string_view text) {
    Members members = TRY(Members::of(text));
    HelloMessage message{.version = members.text("version", kNameBytes),
                         .traits = {.jobs = members.number<int>("jobs", 1),
                                    .retire_bytes = members.number<std::uint64_t>("retire_bytes"),
                                    .kill_bytes = members.number<std::uint64_t>("kill_bytes"),
                                    .wall_seconds = members.number<int>("wall_seconds", 1)}};
    for (Members& fact : members.list("facts", kFacts)) {
        message.facts.push_back({fact.text("name", kNameBytes), fact.text("value", kNameBytes), fact.flag("in_force")});
        members.refuse_if_spoilt(fact);
    }
    return members.result(std::move(message));
}

std::string text_of(const ChildMessage& message) {
    return json::serialize(json::object{{"number", message.number}, {"process", message.process}});
}

Result<ChildMessage> read_child(std::string_view text) {
    Members members = TRY(Members::of(text));
    return members.result(ChildMessage{members.number<std::int64_t>("number", 1), members.number<std::int64_t>("process", 1)});
}

std::string text_of(const ExitedMessage& message) {
    return json::serialize(json::object{{"number", message.number},
                                        {"signal", message.signal},
                                        {"code", message.code},
                                        {"cpu", message.cpu},
                                        {"memory_bytes", message.memory_bytes}});
}

Result<ExitedMessage> read_exited(std::string_view text) {
    Members members = TRY(Members::of(text));
    ExitedMessage message{.number = members.number<std::int64_t>("number", 1),
                          .signal = members.number<int>("signal"),
                          .code = members.number<int>("code"),
                          .cpu = members.number<Microseconds>("cpu"),
                          .memory_bytes = members.number<std::int64_t>("memory_bytes")};
    return members.result(message);
}

std::string text_of(const TakenMessage& message) { return json::serialize(json::object{{"number", message.number}}); }

Result<TakenMessage> read_taken(std::string_view text) {
    Members members = TRY(Members::of(text));
    return members.result(TakenMessage{members.number<std::int64_t>("number", 1)});
}

std::string text_of(const JobMessage& message) {
    json::array inputs;
    for (const JobMessage::Input& input : message.inputs) {
        inputs.push_back(json::object{{"file_name", input.file_name}, {"sha256", input.sha256}, {"password", input.password}});
    }
    return json::serialize(json::object{{"operation", message.operation},
                                        {"values", message.values},
                                        {"inputs", inputs},
                                        {"has_scratch", message.has_scratch},
                                        {"has_network", message.has_network},
                                        {"tenant", message.tenant},
                                        {"input_time", message.input_time},
                                        {"attempt", message.attempt},
                                        {"threads", message.threads},
                                        {"cpu_seconds", message.cpu_seconds},
                                        {"address_bytes", message.address_bytes},
                                        {"output_bytes", message.output_bytes}});
}

Result<JobMessage> read_job(std::string_view text) {
    Members members = TRY(Members::of(text));
    JobMessage message{.operation = members.text("operation", kNameBytes),
                       .values = members.object("values"),
                       .has_scratch = members.flag("has_scratch"),
                       .has_network = members.flag("has_network"),
                       .tenant = members.text("tenant", kNameBytes),
                       .input_time = members.number<Microseconds>("input_time", std::numeric_limits<Microseconds>::min()),
                       .attempt = members.number<int>("attempt", 1),
                       .threads = members.number<int>("threads", 1, limits::kEngineThreads),
                       .cpu_seconds = members.number<int>("cpu_seconds", 1),
                       .address_bytes = members.number<std::uint64_t>("address_bytes", 1),
                       .output_bytes = members.number<std::uint64_t>("output_bytes", 1)};
    for (Members& input : members.list("inputs", limits::kEngineInputs)) {
        message.inputs.push_back(
            {input.text("file_name", limits::kFileNameBytes), input.text("sha256", kNameBytes), input.text("password", kPasswordBytes)});
        members.refuse_if_spoilt(input);
    }
    return members.result(std::move(message));
}

std::string text_of(const ProgressMessage& message) {
    return json::serialize(json::object{{"done", message.done}, {"total", message.total}});
}

Result<ProgressMessage> read_progress(std::string_view text) {
    Members members = TRY(Members::of(text));
    ProgressMessage message{members.number<int>("done", 0, kPagesReported), members.number<int>("total", 0, kPagesReported)};
    if (message.done > message.total) members.refuse("done");
    return members.result(message);
}

std::string text_of(const DoneMessage& message) {
    return json::serialize(json::object{{"format", format_facts(message.format).extension},
                                        {"data", message.data},
                                        {"cpu", message.cpu},
                                        {"memory_bytes", message.memory_bytes}});
}

Result<DoneMessage> read_done(std::string_view text) {
    Members members = TRY(Members::of(text));
    DoneMessage message{.data = members.text("data", limits::kEngineMessageBytes),
                        .cpu = members.number<Microseconds>("cpu"),
                        .memory_bytes = members.number<std::int64_t>("memory_bytes")};
    std::string extension = members.text("format", kReasonBytes);
    bool known = false;
    for (int index = 0; index <= static_cast<int>(Format::Any); ++index) {
        auto format = static_cast<Format>(index);
        if (format_facts(format).extension != extension) continue;
        message.format = format;
        known = true;
    }
    if (!known) members.refuse("format");
    if (!message.data.empty()) {
        auto data = parse_json(message.data);
        if (!data.ok() || !data.value().is_object()) members.refuse("data");
    }
    return members.result(std::move(message));
}

std::string text_of(const Error& error) {
    return json::serialize(json::object{{"fault", fault_row(error.fault).name},
                                        {"message", cut_utf8(error.message, limits::kEngineErrorBytes)},
                                        {"detail", cut_utf8(error.detail, limits::kEngineErrorBytes)},
                                        {"reason", error.reason},
                                        {"remote_status", error.remote_status}});
}

Result<FailedMessage> read_failed(std::string_view text) {
    Members members = TRY(Members::of(text));
    Error error{Fault::Internal, members.text("message", limits::kEngineErrorBytes), members.text("detail", limits::kEngineErrorBytes),
                members.text("reason", kReasonBytes), members.number<int>("remote_status", 0, kHighestStatus)};
    std::string fault_name = members.text("fault", kReasonBytes);
    auto fault = std::ranges::find_if(kDocumentFaults, [&](Fault each) { return fault_row(each).name == fault_name; });
    if (fault != kDocumentFaults.end()) error.fault = *fault;
    if (!reason_allowed(error.reason)) error.reason.clear();
    return members.result(FailedMessage{std::move(error)});
}

Result<DyingMessage> read_dying(std::string_view text) {
    Members members = TRY(Members::of(text));
    return members.result(DyingMessage{members.number<int>("signal"), members.number<int>("system_call"), members.flag("memory")});
}

}  // namespace docwright
