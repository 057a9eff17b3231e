#include "operations/docgen/merging.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/limits.h"
#include "docgen/pictures/general_format.h"

namespace docwright {
namespace {

docgen::DateTime date_of(Microseconds time) {
    const std::chrono::sys_time<std::chrono::microseconds> moment{std::chrono::microseconds(time)};
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(moment - day));
    return {.year = static_cast<int>(date.year()),
            .month = static_cast<int>(static_cast<unsigned>(date.month())),
            .day = static_cast<int>(static_cast<unsigned>(date.day())),
            .hour = static_cast<int>(clock.hours().count()),
            .minute = static_cast<int>(clock.minutes().count()),
            .second = static_cast<int>(clock.seconds().count())};
}

// As the properties of a document have it.
std::string property_of(const docgen::DateTime& time) {
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", time.year, time.month, time.day, time.hour, time.minute, time.second);
}

docgen::Missing as_merged(MissingValues missing) {
    switch (missing) {
        case MissingValues::Empty: return docgen::Missing::Empty;
        case MissingValues::Error: return docgen::Missing::Error;
        case MissingValues::Keep: return docgen::Missing::Keep;
    }
    return docgen::Missing::Empty;
}

}  // namespace

Result<docgen::WordTemplate> open_template(std::string_view bytes) {
    constexpr std::string_view kArchive = "PK";
    if (!bytes.starts_with(kArchive))
        return Error{Fault::InvalidInput, "Wrong signature: the template is no Word document (.docx).", {}, "DAMAGED"};
    return docgen::WordTemplate::open(bytes);
}

Result<docgen::MergeSettings> merge_settings(const MergeParameters& parameters, Microseconds time) {
    docgen::MergeSettings settings;
    if (!parameters.culture.empty()) settings.culture = parameters.culture;
    TRY(docgen::check_culture(settings.culture));
    settings.today = date_of(time);
    settings.modified = property_of(settings.today);
    settings.missing = as_merged(parameters.missing);
    return settings;
}

Result<json::value> document_values(std::string_view text) {
    Result<json::value> values = parse_json(text);
    if (!values.ok()) return Error{Fault::InvalidInput, "documentValues cannot be read: " + values.error().message};
    if (!values.value().is_object()) return Error{Fault::InvalidInput, "documentValues must be a JSON object."};
    return values;
}

Result<std::vector<std::string>> fill_template(const docgen::WordTemplate& word, const json::value& values,
                                               const docgen::MergeSettings& settings, int descriptor) {
    std::vector<std::string> warnings = word.warnings();
    const docgen::Warn warn = [&warnings](std::string text) {
        const bool known = std::ranges::find(warnings, text) != warnings.end();
        if (!known && warnings.size() < limits::kTemplateWarnings) warnings.push_back(std::move(text));
    };
    if (warnings.size() > limits::kTemplateWarnings) warnings.resize(limits::kTemplateWarnings);
    TRY(word.merge(values, settings, descriptor, warn));
    return warnings;
}

json::array texts(const std::vector<std::string>& lines) { return json::array(lines.begin(), lines.end()); }

}  // namespace docwright
