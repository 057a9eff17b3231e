#include "cli/configuration.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <variant>

#include "base/ascii.h"
#include "cli/toml_file.h"

namespace docwright {
namespace {

using Member = std::variant<std::string Configuration::*, bool Configuration::*, int Configuration::*>;

struct Setting {
    std::string_view name;
    Member member;
    std::string_view description;
    int minimum = 0;  // of a number
    int maximum = 0;
    std::vector<std::string_view> words = {};  // of a text; empty: any
};

const std::vector<Setting>& settings() {
    using C = Configuration;
    static const std::vector<Setting> table = {
        {"listen", &C::listen, "Address and port to serve on; port 0 takes any free one."},
        {"data", &C::data, "Folder of the state: database, documents, keys. Made at the first start."},
        {"public_url", &C::public_url, "Base of share links, such as https://docs.example.org; empty: the host that the request names."},
        {"tls_certificate", &C::tls_certificate, "PEM file with the certificate chain; empty: plain HTTP."},
        {"tls_key", &C::tls_key, "PEM file with the certificate's private key."},
        {"cors_origins", &C::cors_origins, "Origins whose pages may call the API, with commas between; * allows all."},
        {"task_created_status",
         &C::task_created_status,
         "Status of an accepted operation: compat is 200 on create/* and 202 elsewhere.",
         0,
         0,
         {"compat", "200", "202"}},
        {"document_info", &C::document_info, "Whether GET /documents/{id} answers metadata."},
        {"document_hours", &C::document_hours, "Hours that a document lives after its last use.", 1, 24 * 3650},
        {"rotation_grace_hours", &C::rotation_grace_hours, "Hours that an old secret stays valid after a rotation.", 0, 24 * 365},
        {"engines", &C::engines, "Engines to use, of pdf, office, web with commas between; empty: all that are installed."},
        {"isolation",
         &C::isolation,
         "What documents of office and web share: document is a clean state for each, account lets documents of one account share more, "
         "strict is a new process for each.",
         0,
         0,
         {"document", "account", "strict"}},
        {"engine_lanes", &C::engine_lanes,
         "PDF documents of one account worked on at the same time; 0: one per core and one more. One lane more is kept for the others.", 0,
         256},
        {"office_lanes", &C::office_lanes, "The same for office documents; 0: one per core. Each lane is a process of some 100 MB.", 0, 64},
        {"office_jobs", &C::office_jobs, "Documents after which an office process is replaced, ahead of need; 0: 200.", 0, 100'000},
        {"web_lanes", &C::web_lanes, "The same as engine_lanes for web pages; 0: one per core. Each lane is a browser of some 200 MB.", 0,
         64},
        {"web_jobs", &C::web_jobs, "Pages after which a browser is replaced, ahead of need; 0: 500.", 0, 100'000},
        {"engine_path", &C::engine_path, "The program docwright-engine; empty: beside this one."},
        {"engine_user", &C::engine_user, "System user that the engines become when the server runs as root."},
        {"allow_weak_sandbox", &C::allow_weak_sandbox, "Serve although this machine lacks a means of confining the engines."},
        {"pool_threads", &C::pool_threads, "Threads for store and disk; requests beyond them queue shortly, then get 503.", 1, 256},
        {"stop_grace_seconds", &C::stop_grace_seconds, "Seconds that requests and tasks get to end when the server stops.", 0, 3600},
        {"fetch_allow", &C::fetch_allow,
         "Hosts that pages may be loaded from beside the open internet, with commas between: names, addresses, ranges, each with or "
         "without :port."},
        {"fetch_issuers", &C::fetch_issuers, "PEM file of certificates trusted beside the system's when pages are loaded; empty: none."},
        {"fetch_seconds", &C::fetch_seconds, "Seconds that one page or asset may take to load.", 1, 120},
        {"fetch_megabytes", &C::fetch_megabytes, "Most of one page or asset, in MB.", 1, 100},
        {"fetch_total_megabytes", &C::fetch_total_megabytes, "Most of all that one document loads, in MB.", 1, 2048},
        {"fetch_requests", &C::fetch_requests, "Requests that one document may make.", 1, 100'000},
        {"log_level", &C::log_level, "Least level of the log on standard error.", 0, 0, {"debug", "info", "warning", "error"}},
        {"log_name", &C::log_name, "Name of this installation in the event log."},
    };
    return table;
}

Error refused(const Setting& setting, std::string_view allowed, std::string_view value, std::string_view source) {
    return Error{Fault::InvalidInput, fmt::format("{} must be {}, not \"{}\" ({}).", setting.name, allowed, value, source)};
}

Status assign(Configuration& values, const Setting& setting, std::string_view value, std::string_view source) {
    if (const auto* text = std::get_if<std::string Configuration::*>(&setting.member)) {
        const bool allowed = setting.words.empty() || std::ranges::find(setting.words, value) != setting.words.end();
        if (!allowed) return refused(setting, fmt::format("one of {}", fmt::join(setting.words, ", ")), value, source);
        values.*(*text) = std::string(value);
    } else if (const auto* flag = std::get_if<bool Configuration::*>(&setting.member)) {
        if (value != "true" && value != "false" && value != "1" && value != "0") return refused(setting, "true or false", value, source);
        values.*(*flag) = value == "true" || value == "1";
    } else {
        int number = 0;
        auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        const bool read = error == std::errc{} && end == value.data() + value.size() && !value.empty();
        if (!read || number < setting.minimum || number > setting.maximum) {
            return refused(setting, fmt::format("a whole number from {} to {}", setting.minimum, setting.maximum), value, source);
        }
        values.*std::get<int Configuration::*>(setting.member) = number;
    }
    return success();
}

std::string shown(const Configuration& values, const Setting& setting) {
    if (const auto* text = std::get_if<std::string Configuration::*>(&setting.member)) return values.*(*text);
    if (const auto* flag = std::get_if<bool Configuration::*>(&setting.member)) return values.*(*flag) ? "true" : "false";
    return std::to_string(values.*std::get<int Configuration::*>(setting.member));
}

std::string variable_of(std::string_view name) {
    std::string out = "DOCWRIGHT_";
    for (char letter : name) out += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    return out;
}

// One layer over what is there. `source_of` says where a setting of it came from.
struct Layer {
    std::vector<std::pair<std::string, std::string>> values;  // setting name → text
    std::string source;                                       // "file x"; for the environment, the variable's own name
};

Status apply(LoadedConfiguration& loaded, const Layer& layer) {
    for (const auto& [name, value] : layer.values) {
        auto setting = std::ranges::find(settings(), name, &Setting::name);
        if (setting == settings().end()) {
            return Error{Fault::InvalidInput,
                         fmt::format("There is no setting \"{}\" ({}). `docwright config` lists all.", name, layer.source)};
        }
        std::string source = layer.source.empty() ? variable_of(name) : layer.source;
        TRY(assign(loaded.values, *setting, value, source));
        SettingRow& row = loaded.rows[static_cast<std::size_t>(setting - settings().begin())];
        row.value = shown(loaded.values, *setting);
        row.source = source;
    }
    return success();
}

Layer environment_layer(const std::map<std::string, std::string>& environment) {
    Layer layer;
    for (const auto& [variable, value] : environment) {
        if (!variable.starts_with("DOCWRIGHT_") || variable == "DOCWRIGHT_CONFIG") continue;
        std::string name = ascii_lowered(variable.substr(std::string_view("DOCWRIGHT_").size()));
        if (std::ranges::find(settings(), name, &Setting::name) != settings().end()) layer.values.emplace_back(std::move(name), value);
    }
    return layer;
}

}  // namespace

Result<LoadedConfiguration> load_configuration(const ConfigurationSources& sources) {
    LoadedConfiguration loaded;
    for (const Setting& setting : settings()) {
        const bool is_text = std::holds_alternative<std::string Configuration::*>(setting.member);
        loaded.rows.push_back(
            {std::string(setting.name), shown(loaded.values, setting), "default", std::string(setting.description), is_text});
    }
    if (!sources.file.empty()) {
        Layer file{TRY(read_toml_file(sources.file)), "file " + sources.file};
        TRY(apply(loaded, file));
    }
    TRY(apply(loaded, environment_layer(sources.environment)));
    TRY(apply(loaded, Layer{sources.flags, "flag"}));
    TRY(parse_listen(loaded.values.listen));
    return loaded;
}

std::string configuration_text(const LoadedConfiguration& configuration) {
    std::string out;
    for (const SettingRow& row : configuration.rows) {
        std::string value = row.is_text ? json::serialize(json::string(row.value)) : row.value;
        out += fmt::format("# {}\n{} = {}  # {}\n\n", row.description, row.name, value, row.source);
    }
    return out;
}

json::object configuration_json(const LoadedConfiguration& configuration) {
    json::object out;
    for (const SettingRow& row : configuration.rows) {
        if (!row.value.empty()) out[row.name] = row.value;
    }
    return out;
}

std::map<std::string, std::string> docwright_environment() {
    std::map<std::string, std::string> out;
    for (char** entry = environ; *entry; ++entry) {
        std::string_view text(*entry);
        if (!text.starts_with("DOCWRIGHT_") || !text.contains('=')) continue;
        out.emplace(text.substr(0, text.find('=')), text.substr(text.find('=') + 1));
    }
    return out;
}

Result<ListenAddress> parse_listen(std::string_view text) {
    Error refused{Fault::InvalidInput, fmt::format("listen must be ADDRESS:PORT such as 127.0.0.1:8080 or [::1]:8080, not \"{}\".", text)};
    std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return refused;
    std::string_view address = text.substr(0, colon);
    std::string_view port = text.substr(colon + 1);
    if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
    ListenAddress out{.address = address.empty() ? std::string("0.0.0.0") : std::string(address)};
    auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
    if (error != std::errc{} || port.empty() || end != port.data() + port.size()) return refused;
    return out;
}

std::vector<std::string> comma_list(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        std::string_view part = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        std::size_t first = part.find_first_not_of(' ');
        if (first != std::string_view::npos) out.emplace_back(part.substr(first, part.find_last_not_of(' ') - first + 1));
    }
    return out;
}

}  // namespace docwright
