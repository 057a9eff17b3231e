#include "core/operation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>

#include "base/ascii.h"
#include "base/limits.h"

namespace docwright {
namespace {

constexpr std::array<FormatFacts, 16> kFormats = {{
    {Format::Pdf, "PDF", "pdf", "application/pdf"},
    {Format::Zip, "ZIP", "zip", "application/zip"},
    {Format::Text, "plain text", "txt", "text/plain; charset=UTF-8"},
    {Format::Json, "JSON", "json", "application/json; charset=UTF-8"},
    {Format::Markdown, "Markdown", "md", "text/markdown; charset=UTF-8"},
    {Format::Html, "HTML", "html", "text/html; charset=UTF-8"},
    {Format::Word, "Word", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {Format::Excel, "Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {Format::PowerPoint, "PowerPoint", "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {Format::Rtf, "RTF", "rtf", "application/rtf"},
    {Format::Png, "PNG", "png", "image/png"},
    {Format::Jpeg, "JPEG", "jpg", "image/jpeg"},
    {Format::Tiff, "TIFF", "tiff", "image/tiff"},
    {Format::Bmp, "BMP", "bmp", "image/bmp"},
    {Format::Gif, "GIF", "gif", "image/gif"},
    {Format::Any, "any file", "bin", "application/octet-stream"},
}};

bool absent(const json::value& value) { return value.is_null() || (value.is_string() && value.get_string().empty()); }

// A key of the body: inside "config" first, then beside it; under its name first, then its aliases.
const json::value* find(const json::object& body, std::string_view name, std::span<const std::string_view> aliases) {
    const json::value* config = body.if_contains("config");
    for (const json::object* level : {config ? config->if_object() : nullptr, &body}) {
        if (!level) continue;
        for (std::size_t i = 0; i <= aliases.size(); ++i) {
            const json::value* value = level->if_contains(i == 0 ? name : aliases[i - 1]);
            if (value && !absent(*value)) return value;
        }
    }
    return nullptr;
}

std::string shown(const json::value& value) {
    std::string text = json::serialize(value);
    return text.size() <= 60 ? text : text.substr(0, 57) + "…";
}

Error refused(const Parameter& parameter, std::string_view allowed, const json::value& came) {
    return Error{Fault::InvalidInput, fmt::format("{} must be {}, not {}.", parameter.name, allowed, shown(came))};
}

std::optional<double> number_of(const json::value& value) {
    if (value.is_number()) return value.to_number<double>();
    const json::string* text = value.if_string();
    if (!text) return std::nullopt;
    double number = 0;
    auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc{} || end != text->data() + text->size() || !std::isfinite(number)) return std::nullopt;
    return number;
}

// Words may be numbers ("90") and then come as such.
Result<json::value> checked_choice(const Parameter& parameter, const json::value& value) {
    const std::string text = value.is_string() ? std::string(value.get_string()) : json::serialize(value);
    for (std::string_view word : parameter.choices) {
        if (same_word(word, text)) return json::value(json::string(word));
    }
    return refused(parameter, fmt::format("one of {}", fmt::join(parameter.choices, ", ")), value);
}

Result<json::value> checked_flag(const Parameter& parameter, const json::value& value) {
    if (value.is_bool()) return value;
    if (const json::string* text = value.if_string()) {
        if (same_word(*text, "true")) return json::value(true);
        if (same_word(*text, "false")) return json::value(false);
    }
    return refused(parameter, "true or false", value);
}

Result<json::value> checked_number(const Parameter& parameter, const json::value& value) {
    const bool whole = parameter.kind == ParameterKind::Integer;
    std::optional<double> number = number_of(value);
    if (!number || (whole && *number != std::floor(*number)) || *number < parameter.minimum || *number > parameter.maximum) {
        return refused(parameter, fmt::format("a {}number from {} to {}", whole ? "whole " : "", parameter.minimum, parameter.maximum),
                       value);
    }
    return whole ? json::value(static_cast<std::int64_t>(*number)) : json::value(*number);
}

// A string, a page number, or an array of both → the text that parse_page_range takes.
Result<json::value> checked_page_range(const Parameter& parameter, const json::value& value) {
    std::string text;
    auto add = [&](const json::value& part) {
        if (!text.empty()) text += ',';
        if (const json::string* words = part.if_string()) {
            text += std::string_view(*words);
        } else if (part.is_int64() || part.is_uint64()) {
            text += json::serialize(part);
        } else {
            return false;
        }
        return true;
    };
    const json::array* parts = value.if_array();
    const bool readable = parts ? std::ranges::all_of(*parts, add) : add(value);
    if (!readable) return refused(parameter, "a page range such as \"1,3,5-10\", \"all\", \"even\" or \"odd\"", value);
    TRY(parse_page_range(text));
    return json::value(json::string(text));
}

Result<json::value> checked_list(const Parameter& parameter, const json::value& value) {
    const json::array* items = value.if_array();
    if (value.is_string()) return json::value(json::array{value});
    if (!items || !std::ranges::all_of(*items, [](const json::value& item) { return item.is_string(); })) {
        return refused(parameter, "a list of strings", value);
    }
    return value;
}

// What every reader of addresses agrees on (RFC 3986): who may be reached is decided elsewhere.
bool is_web_address(std::string_view text) {
    constexpr std::string_view kHttp = "http://", kHttps = "https://";
    const bool http = same_word(text.substr(0, kHttp.size()), kHttp), https = same_word(text.substr(0, kHttps.size()), kHttps);
    if ((!http && !https) || text.size() > limits::kUrlBytes) return false;
    if (std::ranges::any_of(text, [](unsigned char c) { return c <= ' ' || c == 0x7F || c == '<' || c == '>' || c == '"'; })) return false;
    std::string_view place = text.substr(http ? kHttp.size() : kHttps.size());
    place = place.substr(0, place.find_first_of("/?#\\"));
    place = place.substr(place.rfind('@') + 1);  // a name and password are not sent
    const std::size_t colon = place.ends_with(']') ? std::string_view::npos : place.rfind(':');
    if (colon != std::string_view::npos) {
        const std::string_view port = place.substr(colon + 1);
        unsigned number = 0;
        const auto [end, wrong] = std::from_chars(port.data(), port.data() + port.size(), number);
        if (!port.empty() && (wrong != std::errc{} || end != port.data() + port.size() || number > 65535)) return false;
        place = place.substr(0, colon);
    }
    const bool literal = place.starts_with('[') && place.ends_with(']') && place.size() > 2;
    return literal || (!place.empty() && place.find_first_of("[]:") == std::string_view::npos);
}

Result<json::value> checked_url(const Parameter& parameter, const json::value& value) {
    if (value.is_string() && is_web_address(value.get_string())) return value;
    return refused(parameter, "an absolute address with http or https", value);
}

// From the command line the object comes as text.
Result<json::value> checked_numbers(const Parameter& parameter, const json::value& value) {
    const std::string allowed = fmt::format("an object of numbers from {} to {}: {}{}", parameter.minimum, parameter.maximum,
                                            fmt::join(parameter.members, ", "), parameter.all_members ? "" : ", each optional");
    json::value parsed = value;
    if (value.is_string()) {
        Result<json::value> read = parse_json(value.get_string());
        if (!read.ok()) return refused(parameter, allowed, value);
        parsed = read.value();
    }
    if (!parsed.is_object()) return refused(parameter, allowed, value);
    json::object numbers;
    for (std::string_view member : parameter.members) {
        const json::value* given = parsed.get_object().if_contains(member);
        if (!given || absent(*given)) {
            if (parameter.all_members) return refused(parameter, allowed, value);
            continue;
        }
        const std::optional<double> number = number_of(*given);
        if (!number || *number < parameter.minimum || *number > parameter.maximum) return refused(parameter, allowed, value);
        numbers[member] = *number;
    }
    return json::value(std::move(numbers));
}

Result<json::value> checked(const Parameter& parameter, const json::value& value) {
    switch (parameter.kind) {
        case ParameterKind::Text:
        case ParameterKind::Secret:
            if (value.is_string()) return value;
            return Error{Fault::InvalidInput, fmt::format("{} must be a string.", parameter.name)};
        case ParameterKind::Choice: return checked_choice(parameter, value);
        case ParameterKind::Flag: return checked_flag(parameter, value);
        case ParameterKind::Integer:
        case ParameterKind::Number: return checked_number(parameter, value);
        case ParameterKind::PageRange: return checked_page_range(parameter, value);
        case ParameterKind::TextList: return checked_list(parameter, value);
        case ParameterKind::Url: return checked_url(parameter, value);
        case ParameterKind::Numbers: return checked_numbers(parameter, value);
    }
    return refused(parameter, "something else", value);
}

Result<RequestedInput> requested_input(const json::object& body, const InputSlot& slot) {
    const json::value* id = find(body, slot.field, {});
    if (!id) return Error{Fault::InvalidInput, fmt::format("{} is required", slot.field)};
    if (!id->is_string())
        return Error{Fault::InvalidInput, fmt::format("{} must be a string: the id that the upload answered.", slot.field)};
    RequestedInput input{.document_id = std::string(id->get_string()), .password = {}};
    if (const json::value* password = find(body, "password", {})) {
        if (!password->is_string()) return Error{Fault::InvalidInput, "password must be a string."};
        input.password = std::string(password->get_string());
    }
    return input;
}

}  // namespace

const FormatFacts& format_facts(Format format) {
    auto row = std::ranges::find(kFormats, format, &FormatFacts::format);
    assert(row != kFormats.end());
    return *row;
}

const Operation* operation_named(std::span<const Operation* const> operations, std::string_view name) {
    auto found = std::ranges::find_if(operations, [&](const Operation* each) { return each->name == name; });
    return found == operations.end() ? nullptr : *found;
}

const Operation* operation_at(std::span<const Operation* const> operations, std::string_view path) {
    constexpr std::string_view kPost = "POST ";
    auto leads_here = [&](std::string_view route) { return route.substr(kPost.size()) == path; };
    auto found = std::ranges::find_if(
        operations, [&](const Operation* each) { return leads_here(each->route) || std::ranges::any_of(each->aliases, leads_here); });
    return found == operations.end() ? nullptr : *found;
}

Result<json::object> parse_values(const Operation& operation, const json::object& given) {
    json::object values;
    for (const Parameter& parameter : operation.body.parameters) {
        const json::value* value = find(given, parameter.name, parameter.aliases);
        if (value) {
            values[parameter.name] = TRY(checked(parameter, *value));
        } else if (parameter.required) {
            std::string words = parameter.choices.empty() ? "" : fmt::format(": one of {}", fmt::join(parameter.choices, ", "));
            return Error{Fault::InvalidInput, fmt::format("{} is required{}", parameter.name, words)};
        } else if (!parameter.default_value.is_null()) {
            values[parameter.name] = parameter.default_value;
        }
    }
    return values;
}

Result<OperationRequest> parse_request(const Operation& operation, std::string_view body) {
    json::value parsed = TRY(parse_json(body));
    const json::object* object = parsed.if_object();
    if (!object) return Error{Fault::InvalidInput, "The body must be a JSON object."};
    OperationRequest request;
    for (const InputSlot& slot : operation.inputs) request.inputs.push_back(TRY(requested_input(*object, slot)));
    request.values = TRY(parse_values(operation, *object));
    return request;
}

}  // namespace docwright
