#include "cli/audit.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>

#include "base/random.h"
#include "blobs/directory.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/saying.h"
#include "cli/settings_options.h"
#include "core/events/verify.h"
#include "store/sqlite/sqlite_store.h"

namespace docwright {
namespace {

constexpr std::int64_t kHeadsShown = 20;  // of streams; --heads shows all
constexpr int kExitUnreadable = 2;

void say_logs(const Verification& found) {
    for (const LogHead& log : found.logs) say(fmt::format("log {}: {} records, root {}", log.account, log.size, log.root));
}

void say_findings(const Verification& found) {
    for (const std::string& warning : found.warnings) say("warning: " + warning);
    for (const Finding& finding : found.findings) {
        say(finding.position == 0 ? "broken: " + finding.what : fmt::format("broken at record {}: {}", finding.position, finding.what));
    }
}

int verdict(const Verification& found) {
    say(fmt::format("checked: {} records in {} streams; {} stored documents ({} bytes) against their bytes; {} ended by a record",
                    found.records, found.streams, found.documents, found.bytes, found.ended_documents));
    if (!found.findings.empty()) return kExitFailed;
    if (found.sealed < found.records) say(fmt::format("not sealed yet: the last {} records", found.records - found.sealed));
    say(
        fmt::format("consistent, but not anchored: no signed checkpoint vouches for these {} records, so whoever owns the database "
                    "could have written them all anew",
                    found.records));
    return kExitNotAnchored;
}

int unreadable(const Error& error) {
    complain(error);
    return kExitUnreadable;
}

}  // namespace

int audit_verify(const std::string& data_folder, bool all_heads) {
    const std::filesystem::path folder(data_folder);
    const std::string database = (folder / kSqliteFileName).string();
    std::error_code failed;
    if (!std::filesystem::exists(database, failed)) return unreadable({Fault::NotFound, "There is no " + database + "."});
    SystemRandom random;
    auto store = open_sqlite_store({.path = database, .existing = true});
    if (!store.ok()) return unreadable(store.error());
    auto blobs = open_directory_blobs({.folder = folder, .alone = false}, random);
    if (!blobs.ok()) return unreadable(blobs.error());
    std::int64_t shown = 0;
    const auto say_head = [&](const StreamHead& head) {
        if (!all_heads && ++shown > kHeadsShown) return;
        say(fmt::format("head {} {} {}", head.stream, head.records, head.hash));
    };
    const Result<Verification> found = verify_log(*store.value(), *blobs.value(), say_head);
    if (!found.ok()) return unreadable(found.error());
    if (shown > kHeadsShown) say(fmt::format("({} more heads: --heads)", shown - kHeadsShown));
    say_logs(found.value());
    say_findings(found.value());
    return verdict(found.value());
}

void add_audit_command(CLI::App& program, int& exit_code) {
    CLI::App* audit = program.add_subcommand("audit", "Check the event log.");
    audit->require_subcommand(1);
    CLI::App* verify = audit->add_subcommand("verify", "Compare the event log with itself, the state and the stored bytes.");
    verify->footer(
        "Exit codes: 1 broken (the first bad record is named), 2 unreadable, 3 consistent but not anchored by a signed checkpoint.\n"
        "Examples:\n  docwright audit verify\n  docwright audit verify --data /var/lib/docwright --heads");
    auto options = add_settings_options(*verify, WithListen::No);
    auto heads = std::make_shared<bool>(false);
    verify->add_flag("--heads", *heads, "Print the head of every stream's chain, not only of the first.");
    verify->callback([options, heads, &exit_code] {
        Result<LoadedConfiguration> loaded = configuration_from(*options);
        exit_code = loaded.ok() ? audit_verify(loaded.value().values.data, *heads) : complain_usage(loaded.error());
    });
}

}  // namespace docwright
