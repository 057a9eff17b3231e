// docwright operations: what can be done, with every parameter.
#include "operations/all.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/saying.h"

namespace docwright {
namespace {

std::string kind_of(const Parameter& parameter) {
    switch (parameter.kind) {
        case ParameterKind::Choice: return fmt::format("{}", fmt::join(parameter.choices, "|"));
        case ParameterKind::Flag: return "true|false";
        case ParameterKind::Integer: return fmt::format("{} to {}", parameter.minimum, parameter.maximum);
        case ParameterKind::Number: return fmt::format("number, {} to {}", parameter.minimum, parameter.maximum);
        case ParameterKind::PageRange: return "pages";
        case ParameterKind::TextList: return "texts";
        case ParameterKind::Url: return "address";
        case ParameterKind::Numbers: return fmt::format("{{{}}}", fmt::join(parameter.members, ", "));
        case ParameterKind::Text:
        case ParameterKind::Secret: return "text";
    }
    return "";
}

std::string described(const Operation& operation) {
    std::string out = fmt::format("{}\n    {}\n    {}\n", operation.name, operation.summary, operation.route);
    for (std::string_view alias : operation.aliases) out += fmt::format("    {}\n", alias);
    for (const Parameter& parameter : operation.body.parameters) {
        std::string remark = parameter.required                  ? "required"
                             : parameter.default_value.is_null() ? ""
                                                                 : "default " + json::serialize(parameter.default_value);
        out += fmt::format("      {:<16} {}{}{}\n", parameter.name, kind_of(parameter), remark.empty() ? "" : "; ", remark);
        out += fmt::format("      {:<16} {}\n", "", parameter.description);
    }
    return out;
}

}  // namespace

void add_operations_command(CLI::App& program, int&) {
    CLI::App* command = program.add_subcommand("operations", "List the operations with their routes and parameters.");
    command->callback([] {
        for (const Operation* operation : all_operations()) say(described(*operation));
    });
}

}  // namespace docwright
