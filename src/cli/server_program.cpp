#include "cli/server_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <thread>

#include "api/docgen/service.h"
#include "api/http/server.h"
#include "api/pdf_services/service.h"
#include "api/platform/front_door.h"
#include "api/platform/health.h"
#include "api/platform/openapi.h"
#include "cli/engine_run.h"
#include "cli/engines.h"
#include "cli/fetcher_settings.h"
#include "cli/gauges.h"
#include "cli/open_core.h"
#include "operations/all.h"
#include "outgoing/fetch.h"

namespace docwright {
namespace {

constexpr std::chrono::seconds kSweepEvery(1);
constexpr int kThreadsPerLane = 2;  // one waits for the engine, one writes down what came before

pdf_services::CreatedStatus created_status_of(const std::string& word) {
    if (word == "200") return pdf_services::CreatedStatus::Always200;
    if (word == "202") return pdf_services::CreatedStatus::Always202;
    return pdf_services::CreatedStatus::Compatible;
}

// As many calls at the engines as they have lanes, and one account never all of them.
docgen_api::PlaceLimits generation_places(const Configuration& configuration) {
    const int lanes = supervisor_settings(configuration, Engine::Pdf).lanes;
    return {.places = lanes, .of_one_account = std::max(1, lanes - 1)};
}

// Core's timer scan, once a second until stop().
class Sweeper {
public:
    Sweeper(Core& core, const Log& log) : core_(core), log_(log) {}
    void start() {
        thread_ = std::jthread([this](const std::stop_token& stop) { sweep_until(stop); });
    }
    void stop() {
        if (!thread_.joinable()) return;
        thread_.request_stop();
        thread_.join();
    }

private:
    void sweep_until(const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any sleeping;
        while (!stop.stop_requested()) {
            Status swept = core_.sweep();
            if (!swept.ok()) log_.error("sweep_failed", {{"why", swept.error().message}, {"detail", swept.error().detail}});
            std::unique_lock lock(mutex);
            sleeping.wait_for(lock, stop, kSweepEvery, [] { return false; });
        }
    }

    Core& core_;
    const Log& log_;
    std::jthread thread_;
};

Status engine_healthy(const Supervisor& supervisor) {
    PoolHealth health = supervisor.health();
    if (!health.healthy) return Error{Fault::Unavailable, health.problem};
    return success();
}

}  // namespace

// In the order of starting; destroyed in the reverse order, so that each part ends before what it works with.
struct ServerProgram::State {
    State(const LoadedConfiguration& loaded, OpenedCore core, const Log& given_log, Clock& clock)
        : configuration(loaded.values),
          log(given_log),
          opened(std::move(core)),
          pool(static_cast<std::size_t>(configuration.pool_threads), limits::kPoolQueue),
          service{.core = *opened.core,
                  .pool = pool,
                  .log = log,
                  .operations = all_operations(),
                  .settings = {.public_url = configuration.public_url,
                               .created_status = created_status_of(configuration.task_created_status),
                               .document_info = configuration.document_info}},
          docgen(*opened.core, pool, generation_places(configuration)),
          door{.cors = {.origins = comma_list(configuration.cors_origins)}, .metrics = metrics, .log = log, .clock = clock},
          health{.pool = pool, .metrics = metrics, .probes = {}, .gauges = {}},
          sweeper(*opened.core, log) {}

    Configuration configuration;
    const Log& log;
    OpenedCore opened;
    platform::Metrics metrics;
    http::Pool pool;
    pdf_services::Service service;
    docgen_api::Service docgen;
    platform::FrontDoor door;
    platform::HealthParts health;
    std::unique_ptr<http::Server> server;
    std::optional<FirstCredential> first;
    std::unique_ptr<FetcherProcess> fetcher;  // the web engine's way out; none without that engine
    Engines engines;
    std::unique_ptr<TaskRunner> runner;
    Sweeper sweeper;
    std::jthread serving;
};

namespace {

Status bind(ServerProgram::State& state, Clock& clock, Random& random) {
    ListenAddress listen = TRY(parse_listen(state.configuration.listen));
    http::ServerSettings settings{.address = listen.address,
                                  .port = listen.port,
                                  .certificate = state.configuration.tls_certificate,
                                  .key = state.configuration.tls_key};
    state.server = TRY(http::Server::listen(settings, {platform::handler_of(state.door), state.pool, clock, random, state.log}));
    return success();
}

void add_routes(ServerProgram::State& state) {
    Core& core = *state.opened.core;
    state.health.probes = {{"store", [&core] { return core.probe(); }}};
    for (const RunningEngine& engine : state.engines.running) {
        state.health.probes.push_back(
            {"engine." + engine_name(engine.lanes.engine), [supervisor = engine.supervisor.get()] { return engine_healthy(*supervisor); }});
    }
    if (state.fetcher) {
        state.health.probes.push_back({"fetcher", [fetcher = state.fetcher.get()]() -> Status {
                                           FetcherHealth health = fetcher->health();
                                           if (!health.running) return Error{Fault::Unavailable, health.problem};
                                           return success();
                                       }});
    }
    state.health.gauges = [&state] { return gauges_of(*state.opened.core, state.engines, *state.server, state.pool); };
    platform::add_health_routes(state.health, state.door.root);
    pdf_services::add_routes(state.service, state.door.pdf_services);
    docgen_api::add_routes(state.docgen, state.door.docgen);
    platform::add_openapi_route(state.service.operations, state.door.pdf_services);
}

void log_engines(const Engines& engines, const Log& log) {
    for (const RunningEngine& engine : engines.running) {
        for (const EngineFact& fact : engine.supervisor->facts()) {
            log.write(
                fact.in_force ? LogLevel::Info : LogLevel::Warning, "engine",
                {{"engine", engine_name(engine.lanes.engine)}, {"name", fact.name}, {"value", fact.value}, {"in_force", fact.in_force}});
        }
    }
    for (const auto& [engine, why] : engines.missing) log.info("engine_missing", {{"engine", engine_name(engine)}, {"why", why}});
}

Result<OpenNetwork> start_fetcher(ServerProgram::State& state) {
    if (!state.engines.of(Engine::Web)) return OpenNetwork();
    state.fetcher = TRY(FetcherProcess::start(fetcher_settings(state.configuration, true)));
    for (const FetcherFact& fact : state.fetcher->facts()) {
        state.log.write(fact.in_force ? LogLevel::Info : LogLevel::Warning, "fetcher",
                        {{"name", fact.name}, {"value", fact.value}, {"in_force", fact.in_force}});
    }
    AddressPolicy policy = TRY(parse_address_policy(comma_list(state.configuration.fetch_allow)));
    state.service.judge_url = [policy = std::move(policy)](std::string_view url) { return judge_url(policy, url); };
    return OpenNetwork([fetcher = state.fetcher.get()] { return fetcher->open_session(); });
}

Status start_working(ServerProgram::State& state) {
    state.engines = TRY(start_engines(state.configuration));
    OpenNetwork open_network = TRY(start_fetcher(state));
    log_engines(state.engines, state.log);
    state.service.missing_engines = state.engines.missing;
    state.docgen.missing_engines = state.engines.missing;
    state.docgen.run_engine = engine_runner(state.engines, state.metrics);
    RunnerOptions options{.operations = all_operations(),
                          .run = engine_runner(state.engines, state.metrics, std::move(open_network)),
                          .engines = {},
                          .threads = 0,
                          .engine_version = engine_version()};
    for (const RunningEngine& engine : state.engines.running) {
        options.engines.push_back(engine.lanes);
        options.threads += kThreadsPerLane * engine.lanes.lanes;
    }
    state.runner = std::make_unique<TaskRunner>(state.opened.core->parts(), state.opened.core->work, std::move(options));
    // This server is alone on its folder, so whatever is leased was left by one that ended without handing back.
    TRY(state.runner->rescue_all());
    return success();
}

}  // namespace

ServerProgram::ServerProgram(std::unique_ptr<State> state) : state_(std::move(state)) {}
ServerProgram::~ServerProgram() = default;

Result<std::unique_ptr<ServerProgram>> ServerProgram::prepare(const LoadedConfiguration& configuration, Clock& clock, Random& random,
                                                              const Log& log) {
    OpenedCore opened = TRY(open_core(configuration.values, Sharing::Alone, clock, random));
    TRY(opened.core->begin(configuration_json(configuration)));
    std::unique_ptr<ServerProgram> program(new ServerProgram(std::make_unique<State>(configuration, std::move(opened), log, clock)));
    State& state = *program->state_;
    TRY(bind(state, clock, random));
    state.first = TRY(make_first_credential(*state.opened.core, state.opened.folder, random, program->url()));
    TRY(note_host(state.opened.folder, program->url()));
    TRY(start_working(state));
    add_routes(state);
    return program;
}

const std::optional<FirstCredential>& ServerProgram::first_credential() const { return state_->first; }

std::string ServerProgram::credentials_path() const { return state_->opened.folder.credentials(); }

std::string ServerProgram::url() const {
    // Checked when the configuration was loaded; the port is the bound one.
    Result<ListenAddress> listen = parse_listen(state_->configuration.listen);
    std::string address = listen.ok() ? listen.value().address : std::string();
    if (address.contains(':')) address = "[" + address + "]";
    if (address == "0.0.0.0" || address == "[::]") address = "127.0.0.1";
    return fmt::format("{}://{}:{}", state_->configuration.tls_certificate.empty() ? "http" : "https", address, state_->server->port());
}

void ServerProgram::start() {
    state_->sweeper.start();
    state_->runner->start();
    state_->serving = std::jthread([state = state_.get()] { state->server->run(); });
}

void ServerProgram::stop(std::string_view reason) {
    const int grace = state_->configuration.stop_grace_seconds;
    state_->service.stopping = true;
    state_->server->stop(grace);
    state_->runner->stop(grace * 1000);
    state_->docgen.stopping.request_stop();  // what the grace did not suffice for
    state_->serving.join();
    state_->sweeper.stop();
    Status ended = state_->opened.core->end(reason);
    if (!ended.ok()) state_->log.error("stop_not_noted", {{"why", ended.error().message}, {"detail", ended.error().detail}});
}

}  // namespace docwright
