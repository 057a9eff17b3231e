// Every way in which an engine can fail, with the real supervisor: the job ends with one clear error, a job that runs beside it
// does not notice, and the pool is whole again.
#include <signal.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <thread>

#include "engines/sandbox/resource_limits.h"
#include "engines/supervisor/supervisor.h"
#include "engines/supervisor/test_jobs.h"

namespace docwright {
namespace {

using namespace std::chrono_literals;

bool whole(const Supervisor& supervisor) {
    PoolHealth health = supervisor.health();
    std::size_t processes = 0;
    for (pid_t parent : engine_parents()) processes += children_of(parent).size();
    return health.healthy && health.ready == 2 && health.busy == 0 && processes == 2;
}

struct FailingCase {
    const char* says;
    EngineJob (*job)();
    Fault fault;
    const char* reason;
    const char* in_message;  // or in the detail
};
void PrintTo(const FailingCase& each, std::ostream* out) { *out << each.says; }

EngineJob plain(std::string_view operation) { return job_of(operation); }

const FailingCase kFailingCases[] = {
    {"a_wild_pointer", [] { return plain("crash"); }, Fault::EngineLost, "", "signal 11"},
    {"an_abort", [] { return plain("give-up"); }, Fault::EngineLost, "", "signal 6"},
    {"a_stack_overflow", [] { return plain("recurse"); }, Fault::EngineLost, "", "signal 11"},
    {"an_exception", [] { return plain("throw"); }, Fault::Internal, "", "from a library"},
    {"an_exit_without_an_answer", [] { return plain("exit-in-silence"); }, Fault::EngineLost, "", "exit code 0"},
    {"a_forbidden_system_call", [] { return plain("call-forbidden"); }, Fault::EngineLost, "", "forbidden system call 80"},
    {"a_hang",
     [] {
         EngineJob job = plain("hang");
         job.limits.wall_milliseconds = 300;
         return job;
     },
     Fault::LimitExceeded, "TIMEOUT", "limit: time"},
    {"an_endless_loop",
     [] {
         EngineJob job = plain("compute");
         job.limits.cpu_seconds = 1;
         return job;
     },
     Fault::LimitExceeded, "", "limit: cpu"},
    {"memory_without_end",
     [] {
         EngineJob job = plain("allocate");
         job.limits.address_bytes = 512ULL * 1024 * 1024;
         return job;
     },
     Fault::LimitExceeded, "", "limit: memory"},
    {"memory_without_end_in_a_c_library",
     [] {
         EngineJob job = plain("allocate-like-c");
         job.limits.address_bytes = 512ULL * 1024 * 1024;
         return job;
     },
     Fault::LimitExceeded, "", "limit: memory"},
    {"output_without_end",
     [] {
         EngineJob job = plain("flood-output");
         job.limits.output_bytes = 8ULL * 1024 * 1024;
         return job;
     },
     Fault::LimitExceeded, "", "limit: output"},
    {"messages_without_end", [] { return plain("flood-messages"); }, Fault::LimitExceeded, "", "limit: messages"},
    {"a_message_without_end", [] { return plain("endless-message"); }, Fault::EngineLost, "", "message too long"},
    {"an_answer_that_is_no_frame",
     [] {
         return job_of("talk-nonsense", {{"bytes", "GET / HTTP/1.1"}});
     },
     Fault::EngineLost, "", "not a frame"},
    {"an_answer_of_another_version",
     [] {
         return job_of("talk-nonsense", {{"bytes", "DW\x09\x34{}"}});
     },
     Fault::EngineLost, "", "version"},
    {"an_answer_that_is_no_json",
     [] {
         return job_of("talk-nonsense", {{"bytes", "DW\x01\x34{\"format\":"}});
     },
     Fault::EngineLost, "", "member"},
    {"an_answer_with_wrong_types",
     [] {
         return job_of("talk-nonsense", {{"bytes", "DW\x01\x34{\"format\":7}"}});
     },
     Fault::EngineLost, "", "member"},
    {"a_message_that_is_the_parents_to_send",
     [] {
         return job_of("talk-nonsense", {{"bytes", "DW\x01\x0b{\"number\":1,\"process\":1}"}});
     },
     Fault::EngineLost, "", "not its to send"},
    {"a_claim_that_is_not_its_to_make", [] { return plain("claim"); }, Fault::Internal, "", "Try me again"},
    {"a_library_whose_process_has_ended", [] { return plain("lose-library"); }, Fault::EngineLost, "", "exit code 1"},
    {"a_closed_channel_behind_which_it_lives_on", [] { return plain("hide"); }, Fault::EngineLost, "", "signal 9"},
};

class FailingEngine : public testing::TestWithParam<FailingCase> {
protected:
    static void SetUpTestSuite() { supervisor = started(failing_engine()); }
    static void TearDownTestSuite() { supervisor.reset(); }
    static std::unique_ptr<Supervisor> supervisor;
};
std::unique_ptr<Supervisor> FailingEngine::supervisor;

TEST_P(FailingEngine, ) {
    if (std::string_view(GetParam().says).starts_with("memory") && !memory_limit_works())
        GTEST_SKIP() << "a sanitizer has no limit of memory";
    ASSERT_TRUE(supervisor);
    ASSERT_TRUE(within(10s, [] { return whole(*supervisor); })) << supervisor->health().problem;
    Neighbour neighbour(*supervisor);
    Result<EngineOutcome> outcome = run(*supervisor, GetParam().job());
    neighbour.finish();
    expect_failure(outcome, GetParam().fault, GetParam().reason, GetParam().in_message);
    EXPECT_GT(neighbour.good, 0);
    EXPECT_EQ(neighbour.bad, 0);
    EXPECT_TRUE(within(10s, [] { return whole(*supervisor); }));
}
INSTANTIATE_TEST_SUITE_P(, FailingEngine, testing::ValuesIn(kFailingCases), [](auto& test) { return test.param.says; });

class PoolTest : public testing::Test {
protected:
    void SetUp() override {
        supervisor = started(failing_engine());
        ASSERT_TRUE(supervisor);
    }
    std::unique_ptr<Supervisor> supervisor;
};

TEST_F(PoolTest, goes_on_from_scratch_after_a_lost_attempt) {
    EngineJob job = job_of("go-on");
    job.scratch = file_with("");
    auto lost = run(*supervisor, job);
    ASSERT_FALSE(lost.ok());
    EXPECT_EQ(lost.error().fault, Fault::EngineLost);
    job.attempt = 2;
    auto found = run(*supervisor, job);
    ASSERT_TRUE(found.ok()) << found.error().message;
    EXPECT_EQ(found.value().data, R"({"found":true})");
}

TEST_F(PoolTest, lets_nobody_write_to_the_output_after_the_job) {
    EngineJob job = job_of("linger");
    ASSERT_TRUE(run(*supervisor, job).ok());
    ASSERT_EQ(::ftruncate(job.output.get(), 0), 0);
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(content_of(job.output), "");
}

TEST_F(PoolTest, takes_no_descriptor_from_a_child) {
    auto open_descriptors = [] {
        std::filesystem::directory_iterator all("/proc/self/fd");
        return std::distance(begin(all), end(all));
    };
    ASSERT_TRUE(run(*supervisor, job_of("echo")).ok());
    ASSERT_TRUE(within(10s, [&] { return whole(*supervisor); }));
    auto before = open_descriptors();
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(run(*supervisor, job_of("push-descriptors")).ok());
    ASSERT_TRUE(within(10s, [&] { return whole(*supervisor); }));
    EXPECT_EQ(open_descriptors(), before);
}

TEST_F(PoolTest, replaces_children_that_exit_while_idle_in_silence) {
    for (int round = 0; round < 5; ++round) {
        ASSERT_TRUE(within(10s, [&] { return whole(*supervisor); }));
        for (pid_t child : children_of(engine_parents().at(0))) ::kill(child, SIGKILL);
        EXPECT_TRUE(within(10s, [&] { return whole(*supervisor); }));
        EXPECT_TRUE(run(*supervisor, job_of("echo")).ok());
    }
    EXPECT_EQ(supervisor->health().losses, 0u);
    EXPECT_EQ(supervisor->health().parent_starts, 1u);
}

TEST_F(PoolTest, gives_a_job_to_another_child_when_one_does_not_start_it) {
    ASSERT_TRUE(within(10s, [&] { return whole(*supervisor); }));
    ::kill(children_of(engine_parents().at(0)).front(), SIGSTOP);
    std::thread other([this] { EXPECT_TRUE(run(*supervisor, job_of("echo", {{"milliseconds", 50}})).ok()); });
    EXPECT_TRUE(run(*supervisor, job_of("echo", {{"milliseconds", 50}})).ok());
    other.join();
    EXPECT_TRUE(within(10s, [this] { return whole(*supervisor); }));
}

TEST_F(PoolTest, loses_one_job_with_a_killed_child_and_only_that) {
    ASSERT_TRUE(within(10s, [&] { return whole(*supervisor); }));
    std::atomic<bool> ended = false;
    std::thread killer([&] {  // until the job's own child was among the killed: the one that was ready first need not be the oldest
        while (!ended) {
            std::this_thread::sleep_for(50ms);
            std::vector<pid_t> children = children_of(engine_parents().at(0));
            if (!ended && !children.empty()) ::kill(children.front(), SIGKILL);
        }
    });
    EngineJob job = job_of("hang");
    job.limits.wall_milliseconds = 20'000;
    auto outcome = run(*supervisor, job);
    ended = true;
    killer.join();
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().fault, Fault::EngineLost);
    EXPECT_TRUE(within(10s, [this] { return whole(*supervisor); }));
    EXPECT_EQ(supervisor->health().losses, 1u);
}

TEST_F(PoolTest, lets_a_long_job_give_way_to_the_rest_of_the_machine) {
    EngineJob job = job_of("hang");
    job.limits.wall_milliseconds = 20'000;
    struct UntilNice final : JobObserver {
        pid_t parent = 0;
        int nicest = 0;
        bool cancelled() override {
            for (pid_t child : children_of(parent)) nicest = std::max(nicest, ::getpriority(PRIO_PROCESS, static_cast<id_t>(child)));
            return nicest > 0;
        }
    } observer;
    observer.parent = engine_parents().at(0);
    auto outcome = supervisor->run(job, observer);
    EXPECT_EQ(outcome.error().reason, "CANCELLED") << "its priority was never lowered";
    EXPECT_GE(observer.nicest, 10);
}

TEST_F(PoolTest, starts_another_parent_when_one_is_killed) {
    for (int round = 0; round < 3; ++round) {
        std::vector<pid_t> parents = engine_parents();
        ASSERT_EQ(parents.size(), 1u);
        std::thread killer([&] {
            std::this_thread::sleep_for(50ms);
            ::kill(parents.at(0), SIGKILL);
        });
        EngineJob job = job_of("hang");
        job.limits.wall_milliseconds = 20'000;
        auto outcome = run(*supervisor, job);
        killer.join();
        ASSERT_FALSE(outcome.ok());
        EXPECT_EQ(outcome.error().fault, Fault::EngineLost);
        EXPECT_TRUE(run(*supervisor, job_of("echo")).ok());
        EXPECT_TRUE(within(10s, [&] { return whole(*supervisor); })) << supervisor->health().problem;
        EXPECT_EQ(engine_parents().size(), 1u) << "a child of the lost parent is left";
    }
    EXPECT_EQ(supervisor->health().parent_starts, 4u);
}

TEST_F(PoolTest, leaves_no_process_behind_when_it_ends) {
    ASSERT_TRUE(within(10s, [&] { return whole(*supervisor); }));
    std::vector<pid_t> processes = engine_parents();
    for (pid_t child : children_of(processes.at(0))) processes.push_back(child);
    ASSERT_EQ(processes.size(), 3u);
    supervisor.reset();
    for (pid_t process : processes) EXPECT_NE(::kill(process, 0), 0);
}

}  // namespace
}  // namespace docwright
