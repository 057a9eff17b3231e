#include "base/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <string>

#include "base/json.h"
#include "base/time_text.h"

namespace docwright {
namespace {

std::string shown(const LogField& field) {
    if (const auto* text = std::get_if<std::string_view>(&field.value)) return json::serialize(json::string(*text));
    if (const auto* number = std::get_if<std::int64_t>(&field.value)) return std::to_string(*number);
    if (const auto* real = std::get_if<double>(&field.value)) return fmt::format("{:.3f}", *real);
    return std::get<bool>(field.value) ? "true" : "false";
}

bool empty_text(const LogField& field) {
    const auto* text = std::get_if<std::string_view>(&field.value);
    return text && text->empty();
}

}  // namespace

std::string_view level_name(LogLevel level) {
    switch (level) {
        case LogLevel::Debug: return "debug";
        case LogLevel::Info: return "info";
        case LogLevel::Warning: return "warning";
        case LogLevel::Error: return "error";
    }
    return "error";
}

void Log::write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) const {
    if (level < least_) return;
    std::string line = fmt::format(R"({{"time":"{}","level":"{}","event":"{}")", utc_text(clock_.now()), level_name(level), event);
    for (const LogField& field : fields) {
        if (!empty_text(field)) line += fmt::format(R"(,"{}":{})", field.name, shown(field));
    }
    line += "}\n";
    // A log that cannot be written must not stop the server.
    [[maybe_unused]] ssize_t written = ::write(descriptor_, line.data(), line.size());
}

}  // namespace docwright
