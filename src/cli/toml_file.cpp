#define TOML_EXCEPTIONS 0
#include "cli/toml_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <optional>

namespace docwright {
namespace {

std::optional<std::string> text_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* flag = node.as_boolean()) return std::string(flag->get() ? "true" : "false");
    if (const auto* number = node.as_integer()) return std::to_string(number->get());
    const toml::array* list = node.as_array();
    if (!list) return std::nullopt;
    std::string joined;
    for (const toml::node& item : *list) {
        std::optional<std::string> text = text_of(item);
        if (!text) return std::nullopt;
        joined += (joined.empty() ? "" : ",") + *text;
    }
    return joined;
}

}  // namespace

Result<std::vector<std::pair<std::string, std::string>>> read_toml_file(const std::string& path) {
    toml::parse_result parsed = toml::parse_file(path);
    if (!parsed) {
        const toml::parse_error& error = parsed.error();
        return Error{Fault::InvalidInput, fmt::format("{}, line {}, column {}: {}.", path, error.source().begin.line,
                                                      error.source().begin.column, error.description())};
    }
    std::vector<std::pair<std::string, std::string>> out;
    for (auto&& [key, node] : parsed.table()) {
        std::optional<std::string> text = text_of(node);
        if (!text)
            return Error{Fault::InvalidInput, fmt::format("{}: {} must be a text, a number, true, false or a list.", path, key.str())};
        out.emplace_back(std::string(key.str()), std::move(*text));
    }
    return out;
}

}  // namespace docwright
