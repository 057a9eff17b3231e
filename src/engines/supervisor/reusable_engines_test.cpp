// Children that do one job after another, with the real supervisor: replaced ahead of need, killed without a trace, and nothing of a
// job is left for the next one.
#include <signal.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <thread>

#include "engines/sandbox/resource_limits.h"
#include "engines/supervisor/processes.h"
#include "engines/supervisor/supervisor.h"
#include "engines/supervisor/test_jobs.h"

namespace docwright {
namespace {

using namespace std::chrono_literals;

SupervisorSettings reusable_engine(int lanes, int children, int jobs) {
    SupervisorSettings settings = failing_engine();
    settings.kind = "reusable";
    settings.lanes = lanes;
    settings.spares = children;
    settings.jobs_per_child = jobs;
    return settings;
}

json::object data_of(const Result<EngineOutcome>& outcome) {
    EXPECT_TRUE(outcome.ok()) << outcome.error().message << " " << outcome.error().detail;
    Result<json::value> data = outcome.ok() ? parse_json(outcome.value().data) : json::value(json::object{});
    return data.ok() ? data.value().as_object() : json::object{};
}

std::int64_t process_of(const Result<EngineOutcome>& outcome) {
    const json::object data = data_of(outcome);
    return data.contains("process") ? data.at("process").to_number<std::int64_t>() : 0;
}

// The children that stay: no zombie, nothing that they have started.
bool whole(const Supervisor& supervisor, int children) {
    const PoolHealth health = supervisor.health();
    std::size_t processes = 0;
    for (pid_t parent : engine_parents()) processes += processes_of_session(parent).size() - 1;
    return health.healthy && health.busy == 0 && health.ready == children && processes == static_cast<std::size_t>(children);
}

bool gone(std::int64_t process) { return ::kill(static_cast<pid_t>(process), 0) != 0; }

std::ptrdiff_t open_descriptors() {
    std::filesystem::directory_iterator all("/proc/self/fd");
    return std::distance(begin(all), end(all));
}

TEST(ReusableEngine, serves_a_thousand_jobs_with_two_lanes_and_a_new_child_after_ten_each_and_none_waits_for_a_start) {
    auto supervisor = started(reusable_engine(2, 3, 10));
    ASSERT_TRUE(supervisor);
    const std::ptrdiff_t before = open_descriptors();
    std::atomic<int> good = 0;
    {
        std::vector<std::jthread> callers;
        for (int lane = 0; lane < 2; ++lane) {
            callers.emplace_back([&] {
                for (int i = 0; i < 500; ++i) {
                    EngineJob job = job_of("echo");
                    good += run(*supervisor, job).ok() && content_of(job.output) == "hello" ? 1 : 0;
                }
            });
        }
    }
    EXPECT_EQ(good, 1000);
    const PoolHealth health = supervisor->health();
    EXPECT_EQ(health.starved, 0u);
    EXPECT_GE(health.children_replaced, 20u) << "an old one serves on until the new one is ready";
    EXPECT_EQ(health.losses, 0u);
    EXPECT_EQ(health.parent_starts, 1u);
    EXPECT_TRUE(within(10s, [&] { return whole(*supervisor, 3); }));
    EXPECT_EQ(open_descriptors(), before);
}

TEST(ReusableEngine, gives_one_process_one_job_after_another) {
    auto supervisor = started(reusable_engine(1, 1, 100));
    ASSERT_TRUE(supervisor);
    std::set<std::int64_t> processes;
    for (int i = 0; i < 10; ++i) processes.insert(process_of(run(*supervisor, job_of("which-process"))));
    EXPECT_EQ(processes.size(), 1u);
}

TEST(ReusableEngine, gives_each_job_a_process_of_its_own_where_isolation_is_strict) {
    auto supervisor = started(reusable_engine(1, 2, 1));
    ASSERT_TRUE(supervisor);
    EXPECT_EQ(supervisor->use(), ChildUse::OnceAndKilled);
    std::set<std::int64_t> processes;
    for (int i = 0; i < 10; ++i) processes.insert(process_of(run(*supervisor, job_of("which-process"))));
    EXPECT_EQ(processes.size(), 10u);
    EXPECT_TRUE(within(10s, [&] { return whole(*supervisor, 2); }));
}

TEST(ReusableEngine, gives_a_tenant_the_process_that_served_it_before) {
    auto supervisor = started(reusable_engine(1, 3, 100));
    ASSERT_TRUE(supervisor);
    auto served = [&](std::string tenant) {
        EngineJob job = job_of("which-process");
        job.tenant = std::move(tenant);
        EXPECT_TRUE(within(10s, [&] { return supervisor->health().ready == 3; })) << "one that rests is not waited for";
        return process_of(run(*supervisor, job));
    };
    const std::int64_t of_a = served("a"), of_b = served("b");
    EXPECT_NE(of_a, of_b);
    EXPECT_EQ(served("a"), of_a);
    EXPECT_EQ(served("b"), of_b);
}

TEST(ReusableEngine, leaves_nothing_of_a_job_for_the_next_one) {
    auto supervisor = started(reusable_engine(1, 1, 100));
    ASSERT_TRUE(supervisor);
    ASSERT_TRUE(run(*supervisor, job_of("leave-file")).ok());
    const json::object found = data_of(run(*supervisor, job_of("list-folder")));
    const std::string own = found.at("own").as_string().c_str();
    EXPECT_EQ(found.at("found"), (json::array{own, own + "/job"}));
    EXPECT_FALSE(std::filesystem::exists(own)) << "the engine's /tmp is its own";
    EXPECT_EQ(data_of(run(*supervisor, job_of("count-descriptors"))).at("open"), (json::array{0, 1, 2, 3, 4}));
}

TEST(ReusableEngine, keeps_no_folder_of_a_child_that_has_ended) {
    auto supervisor = started(reusable_engine(1, 1, 100));
    ASSERT_TRUE(supervisor);
    EXPECT_FALSE(run(*supervisor, job_of("crash")).ok());
    EXPECT_EQ(data_of(run(*supervisor, job_of("list-folder"))).at("found").as_array().size(), 2u);
}

TEST(ReusableEngine, gives_a_job_its_network_and_no_scratch) {
    auto supervisor = started(reusable_engine(1, 1, 100));
    ASSERT_TRUE(supervisor);
    int ends[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
    FileDescriptor far(ends[1]);
    EngineJob job = job_of("tell-network");
    job.network = FileDescriptor(ends[0]);
    job.scratch = file_with("");
    const json::object told = data_of(run(*supervisor, job));
    EXPECT_EQ(told.at("open"), true);
    EXPECT_EQ(told.at("scratch"), -1);
}

TEST(ReusableEngine, lets_nobody_write_to_the_output_after_the_job) {
    auto supervisor = started(reusable_engine(1, 2, 100));
    ASSERT_TRUE(supervisor);
    EngineJob job = job_of("linger");
    ASSERT_TRUE(run(*supervisor, job).ok());
    ASSERT_EQ(::ftruncate(job.output.get(), 0), 0);
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(content_of(job.output), "");
}

TEST(ReusableEngine, ends_everything_that_a_child_has_started_when_the_child_ends) {
    auto supervisor = started(reusable_engine(1, 1, 100));
    ASSERT_TRUE(supervisor);
    const json::object spawned = data_of(run(*supervisor, job_of("spawn")));
    for (const json::value& process : spawned.at("spawned").as_array()) EXPECT_FALSE(gone(process.as_int64()));
    EngineJob hang = job_of("hang");
    hang.limits.wall_milliseconds = 200;
    EXPECT_EQ(run(*supervisor, hang).error().reason, "TIMEOUT");
    EXPECT_TRUE(gone(spawned.at("process").as_int64()));
    for (const json::value& process : spawned.at("spawned").as_array()) {
        EXPECT_TRUE(within(10s, [&] { return gone(process.as_int64()); }));
    }
    EXPECT_TRUE(within(10s, [&] { return whole(*supervisor, 1); }));
}

TEST(ReusableEngine, ends_everything_when_its_parent_is_killed_and_begins_again) {
    auto supervisor = started(reusable_engine(1, 2, 100));
    ASSERT_TRUE(supervisor);
    const std::int64_t child = process_of(run(*supervisor, job_of("which-process")));
    ::kill(engine_parents().at(0), SIGKILL);
    EXPECT_TRUE(within(10s, [&] { return gone(child); }));
    EXPECT_TRUE(within(10s, [&] { return supervisor->health().parent_starts == 2 && whole(*supervisor, 2); }));
    EXPECT_EQ(engine_parents().size(), 1u) << "a process of the lost parent is left";
    EXPECT_TRUE(run(*supervisor, job_of("echo")).ok());
}

TEST(ReusableEngine, leaves_no_process_behind_when_it_ends) {
    auto supervisor = started(reusable_engine(1, 2, 100));
    ASSERT_TRUE(supervisor);
    const json::object spawned = data_of(run(*supervisor, job_of("spawn")));
    supervisor.reset();
    EXPECT_TRUE(gone(spawned.at("process").as_int64()));
    for (const json::value& process : spawned.at("spawned").as_array()) EXPECT_TRUE(gone(process.as_int64()));
    EXPECT_TRUE(engine_parents().empty());
}

TEST(ReusableEngine, replaces_a_child_that_has_grown) {
    auto supervisor = started(reusable_engine(1, 1, 100));
    ASSERT_TRUE(supervisor);
    const std::int64_t grown = process_of(run(*supervisor, job_of("grow", {{"megabytes", 100}})));
    EXPECT_TRUE(within(10s, [&] { return gone(grown) && whole(*supervisor, 1); }));
    EXPECT_EQ(supervisor->health().children_replaced, 1u);
}

TEST(ReusableEngine, replaces_a_child_after_a_damaged_document) {
    auto supervisor = started(reusable_engine(1, 1, 100));
    ASSERT_TRUE(supervisor);
    const std::int64_t before = process_of(run(*supervisor, job_of("which-process")));
    EXPECT_EQ(run(*supervisor, job_of("refuse-damaged")).error().reason, "DAMAGED");
    EXPECT_TRUE(within(10s, [&] { return gone(before) && whole(*supervisor, 1); }));
    EXPECT_EQ(supervisor->health().starved, 0u);
}

TEST(ReusableEngine, does_not_use_a_child_again_that_cannot_be_cleaned) {
    auto supervisor = started(reusable_engine(1, 1, 100));
    ASSERT_TRUE(supervisor);
    const std::int64_t before = process_of(run(*supervisor, job_of("break-cleaning")));
    EXPECT_NE(process_of(run(*supervisor, job_of("which-process"))), before);
    EXPECT_TRUE(within(10s, [&] { return whole(*supervisor, 1); }));
}

TEST(ReusableEngine, refuses_an_operation_whose_means_it_does_not_have) {
    auto supervisor = started(reusable_engine(1, 1, 100));
    ASSERT_TRUE(supervisor);
    auto refused = run(*supervisor, job_of("needs-office"));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::Unsupported);
}

TEST(ReusableEngine, says_what_is_not_installed_and_what_was_not_built) {
    SupervisorSettings settings = failing_engine();
    settings.kind = "missing";
    auto missing = Supervisor::start(settings);
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().fault, Fault::Unsupported);
    EXPECT_NE(missing.error().message.find("not installed"), std::string::npos) << missing.error().message;
    settings.kind = "unknown";
    auto unknown = Supervisor::start(settings);
    ASSERT_FALSE(unknown.ok());
    EXPECT_EQ(unknown.error().fault, Fault::Unsupported);
}

struct LosingCase {
    const char* says;
    const char* operation;
    Fault fault;
    const char* reason;
    const char* in_message;  // or in the detail
};
void PrintTo(const LosingCase& each, std::ostream* out) { *out << each.says; }

const LosingCase kLosingCases[] = {
    {"a_wild_pointer", "crash", Fault::EngineLost, "", "signal 11"},
    {"an_abort", "give-up", Fault::EngineLost, "", "signal 6"},
    {"an_exit_without_an_answer", "exit-in-silence", Fault::EngineLost, "", "exit code 0"},
    {"a_hang", "hang", Fault::LimitExceeded, "TIMEOUT", "limit: time"},
    {"memory_without_end", "allocate-like-c", Fault::LimitExceeded, "", "limit: memory"},
    {"output_without_end", "flood-output", Fault::LimitExceeded, "", "limit: output"},
    {"messages_without_end", "flood-messages", Fault::LimitExceeded, "", "limit: messages"},
    {"a_closed_channel_behind_which_it_lives_on", "hide", Fault::EngineLost, "", "signal 9"},
};

class LosingEngine : public testing::TestWithParam<LosingCase> {
protected:
    static void SetUpTestSuite() { supervisor = started(reusable_engine(2, 3, 100)); }
    static void TearDownTestSuite() { supervisor.reset(); }
    static std::unique_ptr<Supervisor> supervisor;
};
std::unique_ptr<Supervisor> LosingEngine::supervisor;

TEST_P(LosingEngine, loses_one_job_only_and_is_whole_again) {
    if (std::string_view(GetParam().says).starts_with("memory") && !memory_limit_works())
        GTEST_SKIP() << "a sanitizer has no limit of memory";
    ASSERT_TRUE(supervisor);
    ASSERT_TRUE(within(10s, [] { return whole(*supervisor, 3); })) << supervisor->health().problem;
    const std::ptrdiff_t before = open_descriptors();
    Neighbour neighbour(*supervisor);
    Result<EngineOutcome> outcome = [] {
        EngineJob job = job_of(GetParam().operation);
        job.limits.wall_milliseconds = std::string_view(GetParam().operation) == "hang" ? 300 : 30'000;
        job.limits.output_bytes = 8ULL * 1024 * 1024;
        return run(*supervisor, job);
    }();
    neighbour.finish();
    expect_failure(outcome, GetParam().fault, GetParam().reason, GetParam().in_message);
    EXPECT_GT(neighbour.good, 0);
    EXPECT_EQ(neighbour.bad, 0);
    EXPECT_TRUE(within(10s, [] { return whole(*supervisor, 3); }));
    EXPECT_EQ(open_descriptors(), before);
}
INSTANTIATE_TEST_SUITE_P(, LosingEngine, testing::ValuesIn(kLosingCases), [](auto& test) { return test.param.says; });

}  // namespace
}  // namespace docwright
