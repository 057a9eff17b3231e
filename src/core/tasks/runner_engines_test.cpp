// One runner with several engines: each has its own lanes and bounds.
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "core/testing.h"

namespace docwright {
namespace {

const Operation kForOffice = {.name = "test-office",
                              .route = "POST /documents/test-office",
                              .inputs = {{.field = "documentId", .formats = {Format::Any}}},
                              .engine = Engine::Office,
                              .example = "{}"};
const Operation* const kBoth[] = {&kTestOperation, &kForOffice};

class RunnerEngines : public testing::Test {
protected:
    TestCore test;
    Caller caller = test.caller();
    std::string document = test.upload(caller, "a.pdf", "%PDF-1.7 a");

    void submit(const Operation& operation, const Caller& who, const std::string& what) {
        NewTask order{.operation = &operation};
        order.request.inputs.push_back({what, {}});
        ASSERT_TRUE(test.core->tasks.submit(who, order).ok());
    }
    std::int64_t left() const {
        const TaskCounts counts = test.core->tasks.counts().value();
        return counts.waiting + counts.running;
    }
};

TEST_F(RunnerEngines, do_their_work_however_much_waits_for_another_engine) {
    for (int number = 0; number < 4; ++number) submit(kTestOperation, caller, document);
    submit(kForOffice, caller, document);
    std::mutex mutex;
    std::condition_variable changed;
    bool office_ran = false;
    int at_pdf = 0, most_at_pdf = 0;
    RunnerOptions options{.operations = kBoth, .engines = {{Engine::Pdf, 2, 1}, {Engine::Office, 1, 1}}, .threads = 6};
    options.run = [&](EngineTask& order, const ReportProgress&, const std::stop_token&) {
        std::unique_lock lock(mutex);
        if (order.operation->engine == Engine::Office) {
            office_ran = true;
        } else {
            most_at_pdf = std::max(most_at_pdf, ++at_pdf);
            changed.wait(lock, [&] { return office_ran; });  // slow work: it ends only after that of the other engine
            --at_pdf;
        }
        changed.notify_all();
        return write_answer(order, "result");
    };
    TaskRunner runner(test.core->parts(), test.core->work, options);
    runner.start();
    for (int waited = 0; waited < 1'000 && left() > 0; ++waited) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    {
        std::unique_lock lock(mutex);
        EXPECT_TRUE(office_ran);
        office_ran = true;  // lets the rest go where the test has failed
        changed.notify_all();
    }
    runner.stop(10'000);
    EXPECT_EQ(most_at_pdf, 1) << "one account's bound at this engine";
    EXPECT_EQ(left(), 0);
}

TEST_F(RunnerEngines, leave_alone_what_is_for_an_engine_that_is_not_here) {
    submit(kForOffice, caller, document);
    RunnerOptions options{.operations = kBoth, .run = [](EngineTask& order, const ReportProgress&, const std::stop_token&) {
                              return write_answer(order, "result");
                          }};
    TaskRunner runner(test.core->parts(), test.core->work, options);
    EXPECT_FALSE(runner.run_one().value());
    EXPECT_EQ(test.core->tasks.counts().value().waiting, 1);
}

TEST_F(RunnerEngines, are_told_a_name_for_the_account_that_is_not_its_id) {
    const Caller other = test.caller();
    submit(kTestOperation, caller, document);
    submit(kTestOperation, caller, document);
    submit(kTestOperation, other, test.upload(other, "b.pdf", "%PDF-1.7 b"));
    std::multiset<std::string> tenants;
    TaskRunner runner = test.runner([&](EngineTask& order) {
        tenants.insert(order.tenant);
        return write_answer(order, "result");
    });
    while (runner.run_one().value()) {
    }
    EXPECT_EQ(tenants.size(), 3u);
    EXPECT_EQ((std::set<std::string>(tenants.begin(), tenants.end()).size()), 2u);
    EXPECT_EQ(tenants.count(caller.account), 0u);
}

}  // namespace
}  // namespace docwright
