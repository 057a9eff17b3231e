// What an operation is: a declaration that server, engine, OpenAPI document, command line and tests all read.
// An operation is a function from input documents and typed parameters to a result, with progress. The server holds the
// declarations without their bodies; the engine holds both (BODY below).
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "core/page_range.h"

namespace docwright {

class WorkerThreads;
namespace office {
class Office;
}
namespace web {
class Browser;
}

enum class Format { Pdf, Zip, Text, Json, Markdown, Html, Word, Excel, PowerPoint, Rtf, Png, Jpeg, Tiff, Bmp, Gif, Any };

struct FormatFacts {
    Format format;
    std::string_view name;        // for people: "PDF"
    std::string_view extension;   // without the dot
    std::string_view media_type;  // as the contract wants it on a download (contract/pdf-services.md, 2.2)
};
const FormatFacts& format_facts(Format format);

enum class Engine { Pdf, Vision, Office, Web };
enum class Retry { Never, OnEngineLoss };

struct InputSlot {
    std::string_view field;       // JSON key that carries the document id; on the command line the inputs in order
    std::vector<Format> formats;  // what the body can read
    std::string_view description = "Id of an uploaded or produced document.";
};

// Url: absolute, http or https. Numbers: an object of numbers with the names of Parameter::members.
enum class ParameterKind { Text, Secret, Choice, Flag, Integer, Number, PageRange, TextList, Url, Numbers };

struct Parameter {
    std::string_view name;                       // key at the top level or in "config"
    std::vector<std::string_view> aliases = {};  // further spellings that clients in the wild use
    ParameterKind kind = ParameterKind::Text;
    bool required = false;
    std::string_view description = {};                       // one sentence; says the unit of a number
    std::vector<std::string_view> choices = {};              // Choice: the wire words, default first
    std::vector<std::string_view> members = {};              // Numbers
    bool all_members = false;                                // Numbers: none may be missing
    double minimum = std::numeric_limits<double>::lowest();  // Integer, Number, each of Numbers
    double maximum = std::numeric_limits<double>::max();
    json::value default_value = nullptr;  // null: no default, the key is left out
};

// ---- the engine's side of one task ---------------------------------------------------------------------------------

struct TaskInput {
    std::string_view bytes;  // the whole document, mapped; lives as long as the task
    std::string file_name;   // as uploaded, last path component only
    std::string sha256;      // hex
    std::string password;    // empty: none given
};

struct TaskFiles {
    std::vector<TaskInput> inputs;
    int output = -1;                   // descriptor of the empty result file, opened for writing
    int scratch = -1;                  // outlives the engine process: a later attempt finds what an earlier one left; -1: none
    Microseconds input_time = 0;       // when the first input was stored: "now" for results, so that repeats give the same bytes
    int attempt = 1;                   // from 1; above it, scratch may hold the work of lost attempts
    WorkerThreads* workers = nullptr;  // beside the body's own thread; nullptr: none
    // The means of the operation's engine; always there in the body of an operation that names this engine.
    office::Office* office = nullptr;  // Engine::Office
    web::Browser* browser = nullptr;   // Engine::Web
    int network = -1;                  // Engine::Web: socket to the fetcher, the only way out; -1: none
};

class Progress {
public:
    virtual ~Progress() = default;
    virtual void report(int done, int total) = 0;  // units of the operation's choice, usually pages; never falls
};

struct TaskResult {
    Format format = Format::Pdf;  // of what was written to the output
    std::string data = {};        // JSON object for the task's resultData; empty: none
};

using Body = std::function<Result<TaskResult>(const json::object& values, TaskFiles& files, Progress& progress)>;

struct TypedBody {
    std::vector<Parameter> parameters;
    Body run;  // empty in the server
};

// ---- the declaration -----------------------------------------------------------------------------------------------

struct Operation {
    std::string_view name;                       // on the command line and in logs: "pdf-compress"
    std::string_view route;                      // "POST /documents/modify/pdf-compress"
    std::vector<std::string_view> aliases = {};  // further routes of the same operation
    std::string_view title = {};                 // for a form or an agent's tool list: "Compress PDF"
    std::string_view group = {};                 // "Analyze", "Modify" …: order of the documentation
    std::string_view summary = {};               // one paragraph
    std::vector<InputSlot> inputs;
    Format result = Format::Zip;  // usual format of the result
    bool result_in_task = false;  // the task also carries resultData
    Engine engine = Engine::Pdf;
    int version = 1;  // rises when the same input gives another result
    int credits = 1;
    bool pure = true;          // same inputs and values, same bytes
    int expected_seconds = 5;  // for a usual document
    Retry retry = Retry::OnEngineLoss;
    std::string_view tool_name = {};  // under which an agent protocol offers it
    std::string_view example;         // request body; executed by a test
    TypedBody body;
};

const Operation* operation_named(std::span<const Operation* const> operations, std::string_view name);
// `path` is what follows /pdf-services/api; nullptr: no such operation.
const Operation* operation_at(std::span<const Operation* const> operations, std::string_view path);

// ---- reading a request ---------------------------------------------------------------------------------------------

struct RequestedInput {
    std::string document_id;
    std::string password;  // empty: none
};

struct OperationRequest {
    std::vector<RequestedInput> inputs;  // in the order of Operation::inputs
    json::object values;  // normalised: every parameter under its declared name, defaults filled in, words in their wire case
};

// A request body → checked values. Rules of contract/pdf-services.md, section 0: options at the top level or in "config"
// (config wins), null and "" are absent, unknown keys ignored, enum words in any case, numbers and flags may be strings.
// Error: InvalidInput that names the key, what is allowed and what came.
Result<OperationRequest> parse_request(const Operation& operation, std::string_view body);

// The same for values that came one by one as text (the command line).
Result<json::object> parse_values(const Operation& operation, const json::object& given);

// ---- typed parameters ----------------------------------------------------------------------------------------------

template <class Value>
struct Choice {
    std::string_view word;  // as on the wire
    Value value;
};

template <class Params>
struct Field {
    Parameter parameter;
    std::function<void(Params&, const json::value&)> set;  // called with a checked value of the parameter's kind
};

template <class Params, class Value, std::size_t count>
Field<Params> choice(std::string_view name, Value Params::*member, const Choice<Value> (&choices)[count], std::string_view description) {
    Parameter parameter{.name = name, .kind = ParameterKind::Choice, .description = description};
    for (const Choice<Value>& each : choices) parameter.choices.push_back(each.word);
    parameter.default_value = json::string(choices[0].word);
    std::span<const Choice<Value>> table(choices);
    return {std::move(parameter), [member, table](Params& params, const json::value& value) {
                for (const Choice<Value>& each : table) {
                    if (value.get_string() == each.word) params.*member = each.value;
                }
            }};
}

template <class Params, class Value, std::size_t count>
Field<Params> required_choice(std::string_view name, Value Params::*member, const Choice<Value> (&choices)[count],
                              std::string_view description) {
    Field<Params> field = choice(name, member, choices, description);
    field.parameter.required = true;
    field.parameter.default_value = nullptr;
    return field;
}

template <class Params>
Field<Params> flag(std::string_view name, bool Params::*member, bool default_value, std::string_view description) {
    return {{.name = name, .kind = ParameterKind::Flag, .description = description, .default_value = default_value},
            [member](Params& params, const json::value& value) { params.*member = value.get_bool(); }};
}

template <class Params>
Field<Params> text(std::string_view name, std::string Params::*member, std::string_view description) {
    return {{.name = name, .kind = ParameterKind::Text, .description = description},
            [member](Params& params, const json::value& value) { params.*member = std::string(value.get_string()); }};
}

template <class Params>
Field<Params> text_list(std::string_view name, std::vector<std::string> Params::*member, std::string_view description) {
    return {{.name = name, .kind = ParameterKind::TextList, .description = description},
            [member](Params& params, const json::value& value) {
                for (const json::value& item : value.get_array()) (params.*member).emplace_back(item.get_string());
            }};
}

template <class Params>
Field<Params> integer(std::string_view name, int Params::*member, int minimum, int maximum, std::optional<int> default_value,
                      std::string_view description) {
    Parameter parameter{.name = name, .kind = ParameterKind::Integer, .description = description};
    parameter.minimum = minimum;
    parameter.maximum = maximum;
    if (default_value) parameter.default_value = *default_value;
    return {std::move(parameter),
            [member](Params& params, const json::value& value) { params.*member = static_cast<int>(value.to_number<std::int64_t>()); }};
}

template <class Params>
Field<Params> required_url(std::string_view name, std::string Params::*member, std::string_view description) {
    return {{.name = name, .kind = ParameterKind::Url, .required = true, .description = description},
            [member](Params& params, const json::value& value) { params.*member = std::string(value.get_string()); }};
}

// An object of numbers. `members` in the order in which `set` gets them; what is missing is not a number (isnan).
template <class Params, class Set>
Field<Params> numbers(Parameter parameter, Set set) {
    parameter.kind = ParameterKind::Numbers;
    std::vector<std::string_view> members = parameter.members;
    return {std::move(parameter), [members, set](Params& params, const json::value& value) {
                std::vector<double> given;
                for (std::string_view member : members) {
                    const json::value* number = value.get_object().if_contains(member);
                    given.push_back(number ? number->to_number<double>() : std::numeric_limits<double>::quiet_NaN());
                }
                set(params, given);
            }};
}

// `pageRange` with its wire aliases (contract/pdf-services.md, 5.3). The stored value is the range in its normal spelling.
template <class Params>
Field<Params> page_range(PageRange Params::*member) {
    return {{.name = "pageRange",
             .aliases = {"pageRanges"},
             .kind = ParameterKind::PageRange,
             .description = "Pages, 1-based: \"1,3,5-10\", \"all\", \"even\", \"odd\". Default: all."},
            [member](Params& params, const json::value& value) { params.*member = parse_page_range(value.get_string()).take(); }};
}

template <class Params, class Run>
TypedBody typed(std::vector<Field<Params>> fields, Run run) {
    TypedBody body;
    for (const Field<Params>& field : fields) body.parameters.push_back(field.parameter);
    if constexpr (!std::is_same_v<Run, std::nullptr_t>) {
        body.run = [fields, run](const json::object& values, TaskFiles& files, Progress& progress) -> Result<TaskResult> {
            Params params{};
            for (const Field<Params>& field : fields) {
                if (const json::value* value = values.if_contains(field.parameter.name)) field.set(params, *value);
            }
            return run(params, files, progress);
        };
    }
    return body;
}

// The body in the engine, nothing in the server: dropping the pointer alone is not enough, the function must not be compiled.
#ifdef DOCWRIGHT_ENGINE
#define BODY(function) function
#else
#define BODY(function) nullptr
#endif

}  // namespace docwright
