// The supervisor with real engines: what goes in, what comes out, who waits for whom.
#include "engines/supervisor/supervisor.h"

#include <atomic>
#include <thread>
#include <vector>

#include "engines/supervisor/test_jobs.h"

namespace docwright {
namespace {

class SupervisorTest : public testing::Test {
protected:
    static void SetUpTestSuite() { supervisor = started(failing_engine()); }
    static void TearDownTestSuite() { supervisor.reset(); }
    void SetUp() override { ASSERT_TRUE(supervisor); }
    static std::unique_ptr<Supervisor> supervisor;
};
std::unique_ptr<Supervisor> SupervisorTest::supervisor;

TEST(Supervisor, is_healthy_once_the_product_engine_has_passed_its_self_test) {
    auto supervisor = started({});
    ASSERT_TRUE(supervisor);
    PoolHealth health = supervisor->health();
    EXPECT_TRUE(health.healthy) << health.problem;
    EXPECT_TRUE(health.self_test_passed);
    EXPECT_TRUE(supervisor->self_test().ok());
    EXPECT_FALSE(supervisor->facts().empty());
}

TEST(Supervisor, says_why_an_engine_does_not_start) {
    auto supervisor = Supervisor::start({.engine_path = "/nonexistent/docwright-engine"});
    ASSERT_FALSE(supervisor.ok());
    EXPECT_EQ(supervisor.error().fault, Fault::Unavailable);
    EXPECT_NE(supervisor.error().detail.find("/nonexistent/docwright-engine"), std::string::npos);
}

TEST(Supervisor, does_not_take_another_program_for_an_engine) {
    auto supervisor = Supervisor::start({.engine_path = "/bin/true"});
    ASSERT_FALSE(supervisor.ok());
    EXPECT_EQ(supervisor.error().fault, Fault::Unavailable);
}

TEST_F(SupervisorTest, gives_the_operation_all_of_the_job) {
    EngineJob job = job_of("echo", {{"colour", "red"}});
    job.input_time = 1234567;
    job.attempt = 2;
    auto outcome = run(*supervisor, job);
    ASSERT_TRUE(outcome.ok()) << outcome.error().message;
    EXPECT_EQ(outcome.value().format, Format::Text);
    EXPECT_EQ(content_of(job.output), "hello");
    EXPECT_EQ(parse_json(outcome.value().data).value(), parse_json(R"({"name":"hello.txt","sha256":"ab12","password":"secret",
        "attempt":2,"input_time":1234567,"values":{"colour":"red"}})")
                                                            .value());
    EXPECT_GT(outcome.value().wall, 0);
    EXPECT_GT(outcome.value().memory_bytes, 0);
}

TEST_F(SupervisorTest, gives_several_documents_in_their_order_and_an_empty_one_too) {
    EngineJob job = job_of("echo", {}, "");
    for (std::size_t i = 1; i < limits::kEngineInputs; ++i) job.inputs.push_back({file_with("more"), "more.txt", {}, {}});
    EXPECT_TRUE(run(*supervisor, job).ok());
    job.inputs.push_back({file_with("one too many"), "more.txt", {}, {}});
    auto refused = run(*supervisor, job);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::LimitExceeded);
}

TEST_F(SupervisorTest, empties_the_output_before_the_job) {
    EngineJob job = job_of("echo");
    job.output = file_with("left by an attempt before this one");
    ASSERT_TRUE(run(*supervisor, job).ok());
    EXPECT_EQ(content_of(job.output), "hello");
}

TEST_F(SupervisorTest, reports_progress_that_never_falls) {
    struct Listener : JobObserver {
        void progress(int done, int total) override { heard.emplace_back(done, total); }
        std::vector<std::pair<int, int>> heard;
    } listener;
    ASSERT_TRUE(supervisor->run(job_of("echo"), listener).ok());
    ASSERT_FALSE(listener.heard.empty());
    EXPECT_TRUE(std::ranges::is_sorted(listener.heard));
    EXPECT_EQ(listener.heard.back(), (std::pair{5, 5}));
}

TEST_F(SupervisorTest, brings_back_result_data_longer_than_a_frame) {
    auto outcome = run(*supervisor, job_of("long-data", {{"bytes", 1'000'000}}));
    ASSERT_TRUE(outcome.ok()) << outcome.error().message;
    EXPECT_GT(outcome.value().data.size(), 1'000'000u);
}

TEST_F(SupervisorTest, gives_values_longer_than_a_frame) {
    std::string text(1'000'000, 'z');
    auto outcome = run(*supervisor, job_of("echo", {{"text", text}}));
    ASSERT_TRUE(outcome.ok()) << outcome.error().message;
    EXPECT_NE(outcome.value().data.find(text), std::string::npos);
}

TEST_F(SupervisorTest, gives_a_child_no_descriptor_but_its_own) {
    EngineJob job = job_of("count-descriptors");
    job.scratch = file_with("");
    auto outcome = run(*supervisor, job);
    ASSERT_TRUE(outcome.ok()) << outcome.error().message;
    EXPECT_EQ(outcome.value().data, R"({"open":[0,1,2,3,4,5]})");  // nothing twice or thrice, channel, output, scratch
}

TEST_F(SupervisorTest, keeps_the_errors_of_the_operation) {
    auto outcome = run(*supervisor, job_of("refuse"));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().fault, Fault::InvalidInput);
    EXPECT_EQ(outcome.error().message, "The document needs a password.");
    EXPECT_EQ(outcome.error().reason, "PASSWORD_REQUIRED");
}

TEST_F(SupervisorTest, does_not_know_an_operation_that_is_not_declared) {
    auto outcome = run(*supervisor, job_of("no-such-operation"));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().fault, Fault::Internal);
}

TEST_F(SupervisorTest, runs_as_many_jobs_at_once_as_it_has_lanes) {
    std::atomic<int> good = 0, most_busy = 0;
    std::vector<std::thread> callers;
    for (int i = 0; i < 8; ++i) {
        callers.emplace_back([&] {
            struct Watcher : JobObserver {
                bool cancelled() override {
                    int busy = supervisor->health().busy;
                    for (int seen = most; seen < busy && !most.compare_exchange_weak(seen, busy);) {
                    }
                    return false;
                }
                std::atomic<int>& most;
                explicit Watcher(std::atomic<int>& m) : most(m) {}
            } watcher(most_busy);
            good += supervisor->run(job_of("echo", {{"milliseconds", 20}}), watcher).ok() ? 1 : 0;
        });
    }
    for (std::thread& caller : callers) caller.join();
    EXPECT_EQ(good, 8);
    EXPECT_EQ(most_busy, 2);
    EXPECT_EQ(supervisor->health().busy, 0);
    EXPECT_EQ(supervisor->health().waiting, 0);
}

TEST_F(SupervisorTest, ends_a_job_when_the_observer_says_so) {
    struct Canceller : JobObserver {
        bool cancelled() override { return ++asked > 2; }
        int asked = 0;
    } canceller;
    auto outcome = supervisor->run(job_of("hang"), canceller);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().reason, "CANCELLED");
    EXPECT_TRUE(run(*supervisor, job_of("echo")).ok());
}

}  // namespace
}  // namespace docwright
