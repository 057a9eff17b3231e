// docwright serve: the server until a signal ends it.
#include <fmt/format.h>
#include <sys/resource.h>
#include <CLI/CLI.hpp>

#include <csignal>

#include "base/log.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/saying.h"
#include "cli/server_program.h"
#include "cli/settings_options.h"

namespace docwright {
namespace {

LogLevel level_of(std::string_view word) {
    for (LogLevel level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error}) {
        if (level_name(level) == word) return level;
    }
    return LogLevel::Info;
}

sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

// Connections and engine channels are descriptors; the usual soft limit of 1,024 is below our own of limits::kConnections.
void raise_descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

void show_first_credential(const ServerProgram& program) {
    if (!program.first_credential()) return;
    say(fmt::format("First start: one account with one credential, shown this once and kept in {}", program.credentials_path()));
    say(fmt::format("  client_id      {}\n  client_secret  {}", program.first_credential()->client_id,
                    program.first_credential()->client_secret));
}

int serve(const SettingsOptions& options) {
    Result<LoadedConfiguration> configuration = configuration_from(options);
    if (!configuration.ok()) return complain_usage(configuration.error());
    // Blocked before any thread begins, so that only sigwait() below sees them.
    const sigset_t signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    // A limit of file sizes is then an error like a full disk. Not ignored: that would go on to the engines, which it must end.
    std::signal(SIGXFSZ, [](int) {});
    raise_descriptor_limit();
    SystemClock clock;
    SystemRandom random;
    Log log(STDERR_FILENO, level_of(configuration.value().values.log_level), clock);
    Result<std::unique_ptr<ServerProgram>> program = ServerProgram::prepare(configuration.value(), clock, random, log);
    if (!program.ok()) return complain(program.error());
    show_first_credential(*program.value());
    program.value()->start();
    say(fmt::format("ready {}", program.value()->url()));
    log.info("ready", {{"url", program.value()->url()}, {"version", DOCWRIGHT_VERSION}});
    int signal = 0;
    sigwait(&signals, &signal);
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);  // a second signal does not wait
    log.info("stopping", {{"signal", signal == SIGINT ? "SIGINT" : "SIGTERM"}});
    program.value()->stop(signal == SIGINT ? "SIGINT" : "SIGTERM");
    return kExitGood;
}

}  // namespace

void add_serve_command(CLI::App& program, int& exit_code) {
    CLI::App* command = program.add_subcommand("serve", "Serve the API until a signal ends it.");
    command->footer(
        "The first start makes the data folder, one account and one credential, and shows it once.\n"
        "Examples:\n"
        "  docwright serve\n"
        "  docwright serve --listen 0.0.0.0:8080 --data /var/lib/docwright\n"
        "  docwright serve --set tls_certificate=cert.pem --set tls_key=key.pem");
    auto options = add_settings_options(*command, WithListen::Yes);
    command->callback([options, &exit_code] { exit_code = serve(*options); });
}

}  // namespace docwright
