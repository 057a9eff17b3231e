// What an operator can set, in one struct: filled from defaults, a TOML file, DOCWRIGHT_* variables and flags, in that order.
// The table of settings (configuration.cpp) gives each its name, meaning and check; the documentation and `docwright config`
// read the same table.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/fetch_limits.h"
#include "base/json.h"
#include "base/result.h"

namespace docwright {

struct Configuration {
    std::string listen = "127.0.0.1:8080";
    std::string data = "./data";
    std::string public_url = {};
    std::string tls_certificate = {};
    std::string tls_key = {};
    std::string cors_origins = "*";
    std::string task_created_status = "compat";
    bool document_info = false;
    int document_hours = 24;
    int rotation_grace_hours = 24;
    std::string engines = {};
    std::string isolation = "document";
    int engine_lanes = 0;
    int office_lanes = 0;
    int office_jobs = 0;
    int web_lanes = 0;
    int web_jobs = 0;
    std::string engine_path = {};
    std::string engine_user = "docwright-engine";
    bool allow_weak_sandbox = false;
    int pool_threads = 8;
    int stop_grace_seconds = 30;
    std::string fetch_allow = {};
    std::string fetch_issuers = {};
    int fetch_seconds = limits::kFetchSeconds;
    int fetch_megabytes = static_cast<int>(limits::kSessionBodyBytes / (1024 * 1024));
    int fetch_total_megabytes = static_cast<int>(limits::kSessionBytes / (1024 * 1024));
    int fetch_requests = static_cast<int>(limits::kSessionRequests);
    std::string log_level = "info";
    std::string log_name = "docwright";
};

struct SettingRow {
    std::string name;         // as in the file; DOCWRIGHT_NAME and --set name=… elsewhere
    std::string value;        // as text
    std::string source;       // "default", "file /etc/docwright.toml", "DOCWRIGHT_LISTEN", "flag"
    std::string description;  // one sentence
    bool is_text = true;      // written in quotes
};

struct LoadedConfiguration {
    Configuration values;
    std::vector<SettingRow> rows;  // in the order of the table
};

struct ConfigurationSources {
    std::string file = {};                                        // empty: none
    std::map<std::string, std::string> environment = {};          // NAME → value, DOCWRIGHT_ ones count
    std::vector<std::pair<std::string, std::string>> flags = {};  // setting name → text, later ones win
};

// Error: InvalidInput that names the setting, where it stands and what is allowed. Unknown names in file and flags are errors;
// unknown DOCWRIGHT_* variables are left alone: test runs and packagers use the prefix too.
Result<LoadedConfiguration> load_configuration(const ConfigurationSources& sources);

std::string configuration_text(const LoadedConfiguration& configuration);   // TOML with the source behind each line
json::object configuration_json(const LoadedConfiguration& configuration);  // flat, texts only: for the event log

std::map<std::string, std::string> docwright_environment();  // of this process, DOCWRIGHT_* only

// "127.0.0.1:8080", "[::1]:8080", ":8080" → address and port. Error: InvalidInput.
struct ListenAddress {
    std::string address;
    unsigned short port = 0;
};
Result<ListenAddress> parse_listen(std::string_view text);

std::vector<std::string> comma_list(std::string_view text);  // trimmed, without empty ones

}  // namespace docwright
