// Structured log: one JSON object a line, to one descriptor, in one write, so that lines of threads never mix.
// Fields carry ids, names, counts and durations; never file contents, passwords or secrets (contract/platform.md, 5).
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <variant>

#include "base/clock.h"
#include "base/fault_table.h"

namespace docwright {

struct LogField {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, double, bool> value;

    LogField(std::string_view field, std::string_view text) : name(field), value(text) {}
    LogField(std::string_view field, const char* text) : name(field), value(std::string_view(text)) {}
    LogField(std::string_view field, const std::string& text) : name(field), value(std::string_view(text)) {}
    LogField(std::string_view field, bool flag) : name(field), value(flag) {}
    LogField(std::string_view field, double number) : name(field), value(number) {}
    template <std::integral Number>
        requires(!std::same_as<Number, bool>)
    LogField(std::string_view field, Number number) : name(field), value(static_cast<std::int64_t>(number)) {}
};

// Thread-safe. Empty texts are left out.
class Log {
public:
    Log(int descriptor, LogLevel least, const Clock& clock) : descriptor_(descriptor), least_(least), clock_(clock) {}
    void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) const;

    void debug(std::string_view event, std::initializer_list<LogField> fields = {}) const { write(LogLevel::Debug, event, fields); }
    void info(std::string_view event, std::initializer_list<LogField> fields = {}) const { write(LogLevel::Info, event, fields); }
    void warning(std::string_view event, std::initializer_list<LogField> fields = {}) const { write(LogLevel::Warning, event, fields); }
    void error(std::string_view event, std::initializer_list<LogField> fields = {}) const { write(LogLevel::Error, event, fields); }

private:
    int descriptor_;
    LogLevel least_;
    const Clock& clock_;
};

std::string_view level_name(LogLevel level);

}  // namespace docwright
