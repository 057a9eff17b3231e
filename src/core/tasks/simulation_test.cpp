// Queue, leases, crashes and retries through thousands of seeded schedules: whatever happens in whatever order, each accepted
// task ends in exactly one final state with at most one result, and the credits add up.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "core/events/verify.h"
#include "core/testing.h"

namespace docwright {
namespace {

constexpr int kSchedules = 2'000;
constexpr int kStepsPerSchedule = 30;
constexpr Microseconds kSecond = kMicrosecondsPerSecond;

class Simulation {
public:
    explicit Simulation(std::uint64_t seed) : dice_(seed) {
        EXPECT_TRUE(test_.core->accounts.put_plan({.name = "counted", .credits_per_period = 1'000'000}).ok());
    }

    void run_schedule() {
        callers_ = {test_.caller(), test_.caller()};
        for (const Caller& caller : callers_) EXPECT_TRUE(test_.core->accounts.set_plan(caller.account, "counted", test_.actor).ok());
        tasks_.clear();
        for (int step = 0; step < kStepsPerSchedule; ++step) one_step(0);
        settle();
        check();
    }

    void check_log() {
        const Verification found = verify_log(test_.core->parts().store, test_.core->parts().blobs, [](const StreamHead&) {}).take();
        EXPECT_TRUE(found.findings.empty()) << found.findings.front().position << " " << found.findings.front().what;
    }

private:
    int roll(int sides) { return static_cast<int>(dice_() % static_cast<std::uint64_t>(sides)); }

    void one_step(int depth) {
        switch (roll(8)) {
            case 0:
            case 1: return submit();
            case 2:
            case 3: return work(depth);
            case 4: return cancel();
            case 5: test_.clock.advance(roll(40) * kSecond); return;
            case 6: EXPECT_TRUE(test_.runner(nullptr).rescue().ok()); return;
            case 7:
                if (roll(10) == 0) {
                    EXPECT_TRUE(test_.runner(nullptr).rescue_all().ok());
                }
                return;
        }
    }

    void submit() {
        const Caller& caller = callers_[static_cast<std::size_t>(roll(2))];
        const std::string document = test_.upload(caller, "a.pdf", "%PDF " + std::to_string(roll(3)));
        const Result<std::string> task = test_.submit(caller, document);
        ASSERT_TRUE(task.ok());
        tasks_[task.value()] = caller;
    }

    // While the engine runs, the world goes on: leases lapse, others take the task, clients cancel.
    void work(int depth) {
        auto engine = [&](EngineTask& order) -> Result<EngineAnswer> {
            constexpr int kDeepest = 3;
            for (int turn = roll(3); turn > 0 && depth < kDeepest; --turn) one_step(depth + 1);
            switch (roll(5)) {
                case 0: return Error{Fault::EngineLost, "crashed"};
                case 1: return Error{Fault::InvalidInput, "bad", {}, "DAMAGED"};
                default: return write_answer(order, order.id + " attempt " + std::to_string(order.attempt));
            }
        };
        EXPECT_TRUE(test_.runner(engine).run_one().ok());
    }

    void cancel() {
        if (tasks_.empty()) return;
        const auto task = std::next(tasks_.begin(), roll(static_cast<int>(tasks_.size())));
        EXPECT_TRUE(test_.core->tasks.cancel(task->second, task->first).ok());
    }

    void settle() {
        for (int round = 0; round < 200; ++round) {
            test_.clock.advance(60 * kSecond);
            EXPECT_TRUE(test_.runner(nullptr).rescue().ok());
            auto engine = [](EngineTask& order) { return write_answer(order, "settled " + order.id); };
            while (test_.runner(engine).run_one().value()) {
            }
            const TaskCounts counts = test_.core->tasks.counts().take();
            if (counts.waiting == 0 && counts.running == 0) return;
        }
        ADD_FAILURE() << "work is left for ever";
    }

    void check() {
        std::map<std::string, std::int64_t> completed;
        for (const auto& [id, caller] : tasks_) {
            const TaskView view = test_.core->tasks.get(caller, id).take();
            ASSERT_TRUE(view.final);
            if (view.status == "COMPLETED") {
                ++completed[caller.account];
                EXPECT_NE(read_all(test_.core->documents.open(caller, view.result_document, false).value().file).find(id),
                          std::string::npos);
            } else {
                EXPECT_TRUE(view.error.has_value());
            }
        }
        for (const Caller& caller : callers_) {
            const auto balance =
                read_result(test_.core->parts().store, [&](const View& view) { return view.ledger.balance(caller.account); }).take();
            if (!balance) continue;
            EXPECT_EQ(balance->reserved, 0);
            EXPECT_EQ(balance->used, completed[caller.account]);
        }
    }

    std::mt19937_64 dice_;
    TestCore test_;
    std::vector<Caller> callers_;
    std::map<std::string, Caller> tasks_;
};

TEST(Schedules, end_every_task_exactly_once_with_one_result_and_balanced_credits) {
    constexpr std::uint64_t kSeed = 20261124;
    Simulation simulation(kSeed);
    for (int schedule = 0; schedule < kSchedules; ++schedule) {
        SCOPED_TRACE(schedule);
        simulation.run_schedule();
        if (testing::Test::HasFailure()) return;
    }
    simulation.check_log();
}

}  // namespace
}  // namespace docwright
