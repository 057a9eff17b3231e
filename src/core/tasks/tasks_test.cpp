// The life of a task, by its rules: retry, lease numbers, dead letter, cancel, credits, repeatable requests, accounts apart.
#include "core/tasks/tasks.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/testing.h"

namespace docwright {
namespace {

constexpr Microseconds kSecond = kMicrosecondsPerSecond;

class TaskLife : public testing::Test {
protected:
    TestCore test;
    Caller caller = test.caller();
    std::string document = test.upload(caller, "a.pdf", "%PDF-1.7 a");

    TaskView view(const std::string& task) { return test.core->tasks.get(caller, task).take(); }
    static Result<EngineAnswer> lost(EngineTask&) { return Error{Fault::EngineLost, "The engine crashed."}; }
    static Result<EngineAnswer> good(EngineTask& order) { return write_answer(order, "result"); }

    std::string whole_log() {
        std::string text;
        EXPECT_TRUE(test.core->parts()
                        .store
                        .read([&](const View& view) -> Status {
                            for (const EventRecord& event : TRY(view.events.after(0, 10'000))) text += event.body + "\n";
                            return success();
                        })
                        .ok());
        return text;
    }
};

TEST_F(TaskLife, is_tried_again_after_a_lost_engine_and_keeps_its_scratch_file) {
    const std::string task = test.submit(caller, document).take();
    auto first = [](EngineTask& order) -> Result<EngineAnswer> {
        EXPECT_EQ(::pwrite(order.scratch, "page 1", 6, 0), 6);
        return Error{Fault::EngineLost, "crashed"};
    };
    ASSERT_TRUE(test.runner(first).run_one().value());
    EXPECT_EQ(view(task).status, "IN_PROGRESS") << "work that waits for another attempt does not fall back to PENDING";
    auto second = [](EngineTask& order) {
        char kept[6] = {};
        EXPECT_EQ(::pread(order.scratch, kept, sizeof kept, 0), 6);
        EXPECT_EQ(std::string(kept, 6), "page 1");
        EXPECT_EQ(order.attempt, 2);
        return good(order);
    };
    ASSERT_TRUE(test.runner(second).run_one().value());
    EXPECT_EQ(view(task).status, "COMPLETED");
    EXPECT_TRUE(std::filesystem::is_empty(test.folder.path / "scratch"));
}

TEST_F(TaskLife, leaves_a_thread_to_other_accounts_however_much_one_has_waiting) {
    for (int number = 0; number < 5; ++number) ASSERT_TRUE(test.submit(caller, document).ok());
    std::mutex mutex;
    std::condition_variable changed;
    int of_first = 0, most_of_first = 0, yielding = 0;
    bool other_ran = false, other_yielded = false;
    RunnerOptions options{.operations = kTestOperations, .engines = {{Engine::Pdf, 3, 2}}, .threads = 4};
    options.run = [&](EngineTask& order, const ReportProgress&, const std::stop_token&) {
        std::unique_lock lock(mutex);
        if (order.inputs.front().file_name == "other.pdf") {
            other_ran = true;
            other_yielded = order.yields;
        } else {
            yielding += order.yields ? 1 : 0;
            most_of_first = std::max(most_of_first, ++of_first);
            changed.wait(lock, [&] { return other_ran; });  // slow work: it ends only after the neighbour's
            --of_first;
        }
        changed.notify_all();
        return good(order);
    };
    TaskRunner runner(test.core->parts(), test.core->work, options);
    runner.start();
    {
        std::unique_lock lock(mutex);
        changed.wait_for(lock, std::chrono::seconds(10), [&] { return of_first == 2; });
    }
    const Caller other = test.caller();
    ASSERT_TRUE(test.submit(other, test.upload(other, "other.pdf", "%PDF-1.7 b")).ok());
    for (int waited = 0; waited < 1'000 && test.core->tasks.counts().value().waiting + test.core->tasks.counts().value().running > 0;
         ++waited) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    {
        std::unique_lock lock(mutex);
        EXPECT_TRUE(other_ran);
        other_ran = true;  // lets the rest go where the test has failed
        changed.notify_all();
    }
    runner.stop(10'000);
    EXPECT_EQ(most_of_first, 2);
    EXPECT_GT(yielding, 0) << "what one account runs beyond one task gives way to the others";
    EXPECT_FALSE(other_yielded);
    EXPECT_EQ(test.core->tasks.counts().value().waiting, 0);
}

TEST_F(TaskLife, completes_with_an_empty_text_where_a_document_has_none) {
    const std::string task = test.submit(caller, document).take();
    auto empty_text = [](EngineTask&) -> Result<EngineAnswer> { return EngineAnswer{.result = {.format = Format::Text}}; };
    ASSERT_TRUE(test.runner(empty_text).run_one().value());
    EXPECT_EQ(view(task).status, "COMPLETED");
}

TEST_F(TaskLife, fails_where_an_engine_gives_an_empty_archive) {
    const std::string task = test.submit(caller, document).take();
    auto empty_archive = [](EngineTask&) -> Result<EngineAnswer> { return EngineAnswer{.result = {.format = Format::Zip}}; };
    ASSERT_TRUE(test.runner(empty_archive).run_one().value());
    EXPECT_EQ(view(task).status, "FAILED");
}

TEST_F(TaskLife, becomes_a_dead_letter_after_three_losses_and_can_be_replayed) {
    const std::string task = test.submit(caller, document).take();
    for (int loss = 0; loss < 3; ++loss) {
        ASSERT_TRUE(test.runner(lost).run_one().value());
        test.clock.advance(10 * kSecond);
    }
    const TaskView dead = view(task);
    EXPECT_EQ(dead.status, "FAILED");
    EXPECT_EQ(dead.progress, 0);
    ASSERT_TRUE(dead.error.has_value());
    EXPECT_EQ(dead.error->code, "INTERNAL_SERVER_ERROR");
    EXPECT_EQ(dead.error->details.at("reason"), "DEAD_LETTER");
    ASSERT_EQ(test.core->tasks.dead_letters(caller.account).value().size(), 1U);

    ASSERT_TRUE(test.core->tasks.replay(caller.account, task, test.actor).ok());
    ASSERT_TRUE(test.runner(good).run_one().value());
    EXPECT_EQ(view(task).status, "COMPLETED");
    EXPECT_TRUE(test.core->tasks.dead_letters(caller.account).value().empty());
}

TEST_F(TaskLife, becomes_a_dead_letter_when_its_workers_are_lost_again_and_again) {
    const std::string task = test.submit(caller, document).take();
    int rescues = 0;
    const auto lose_the_worker = [&](EngineTask& order) {
        test.clock.advance((limits::kLeaseSeconds + 1) * kSecond);
        rescues += test.runner(good).rescue().value();
        return good(order);
    };
    for (int turn = 0; turn < limits::kTaskRescues; ++turn) {
        ASSERT_FALSE(view(task).final) << turn;
        ASSERT_TRUE(test.runner(lose_the_worker).run_one().value());
    }
    EXPECT_EQ(rescues, limits::kTaskRescues);
    EXPECT_EQ(view(task).error->details.at("reason"), "DEAD_LETTER");
    EXPECT_FALSE(test.runner(good).run_one().value());
}

TEST_F(TaskLife, is_refused_while_too_many_of_its_account_wait) {
    const TaskRecord waiting{.account = caller.account, .lineage = "line", .operation = "test-convert", .lane = "pdf"};
    ASSERT_TRUE(test.core->parts()
                    .store
                    .write([&](Transaction& transaction) -> Status {
                        for (std::size_t number = 0; number < limits::kQueuedTasksPerAccount; ++number) {
                            TaskRecord next = waiting;
                            next.id = std::to_string(number);
                            TRY(transaction.tasks.add(next));
                        }
                        return success();
                    })
                    .ok());
    EXPECT_EQ(test.submit(caller, document).error().fault, Fault::Unavailable);
    const Caller other = test.caller();
    EXPECT_TRUE(test.submit(other, test.upload(other, "b.pdf", "%PDF b")).ok()) << "the bound is each account's own";
    ASSERT_TRUE(test.core->tasks.cancel(caller, "0").ok());
    EXPECT_TRUE(test.submit(caller, document).ok());
}

TEST_F(TaskLife, fails_alone_when_our_own_code_throws) {
    const std::string task = test.submit(caller, document).take();
    const std::string next = test.submit(caller, document).take();
    ASSERT_TRUE(test.runner([](EngineTask&) -> Result<EngineAnswer> { throw std::out_of_range("a mistake of ours"); }).run_one().value());
    EXPECT_EQ(view(task).error->code, "INTERNAL_SERVER_ERROR");
    ASSERT_TRUE(test.runner(good).run_one().value());
    EXPECT_EQ(view(next).status, "COMPLETED");
}

TEST_F(TaskLife, fails_at_once_when_the_document_is_to_blame) {
    const std::string task = test.submit(caller, document).take();
    auto engine = [](EngineTask&) -> Result<EngineAnswer> {
        return Error{Fault::InvalidInput, "Document is password-protected", {}, "PASSWORD_REQUIRED"};
    };
    ASSERT_TRUE(test.runner(engine).run_one().value());
    EXPECT_EQ(view(task).status, "FAILED");
    EXPECT_EQ(view(task).error->code, "INTERNAL_SERVER_ERROR");
    EXPECT_EQ(view(task).error->message, "Document is password-protected");
    EXPECT_EQ(view(task).error->details.at("reason"), "PASSWORD_REQUIRED");
}

TEST_F(TaskLife, refuses_a_late_finisher_by_its_lease_number) {
    const std::string task = test.submit(caller, document).take();
    auto slow = [&](EngineTask& order) -> Result<EngineAnswer> {
        test.clock.advance((limits::kLeaseSeconds + 1) * kSecond);
        EXPECT_EQ(test.runner(good).rescue().value(), 1);
        EXPECT_TRUE(test.runner([](EngineTask& again) { return write_answer(again, "of the second"); }).run_one().value());
        return write_answer(order, "of the late first");
    };
    ASSERT_TRUE(test.runner(slow).run_one().value());
    const TaskView done = view(task);
    EXPECT_EQ(done.status, "COMPLETED");
    EXPECT_EQ(read_all(test.core->documents.open(caller, done.result_document).value().file), "of the second");
}

TEST_F(TaskLife, is_not_rescued_while_its_lease_is_renewed) {
    (void)test.submit(caller, document).take();
    auto slow = [&](EngineTask& order) -> Result<EngineAnswer> {
        for (int turn = 0; turn < 5; ++turn) {
            test.clock.advance(limits::kLeaseSeconds / 3 * kSecond);
            EXPECT_EQ(test.runner(good).renew_leases().value(), 1);
            EXPECT_EQ(test.runner(good).rescue().value(), 0);
        }
        return good(order);
    };
    ASSERT_TRUE(test.runner(slow).run_one().value());
}

TEST_F(TaskLife, is_cancelled_while_it_waits_and_while_it_runs) {
    const std::string waiting = test.submit(caller, document).take();
    EXPECT_EQ(test.core->tasks.cancel(caller, waiting).value().error->code, "CANCELLED");
    EXPECT_FALSE(test.runner(good).run_one().value());

    const std::string running = test.submit(caller, document).take();
    TaskRunner runner(test.core->parts(), test.core->work,
                      {.operations = kTestOperations, .run = [&](EngineTask& order, const ReportProgress&, const std::stop_token& stop) {
                           EXPECT_EQ(test.core->tasks.cancel(caller, running).value().status, "FAILED");
                           EXPECT_TRUE(stop.stop_requested());
                           return write_answer(order, "too late");
                       }});
    ASSERT_TRUE(runner.run_one().value());
    EXPECT_EQ(view(running).error->code, "CANCELLED");
    EXPECT_EQ(test.core->tasks.counts().value().running, 0);
    EXPECT_EQ(test.core->tasks.counts().value().waiting, 0);
}

TEST_F(TaskLife, tells_progress_that_never_falls_and_calls_those_who_wait) {
    const std::string task = test.submit(caller, document).take();
    int calls = 0;
    const Subscription waiting = test.core->tasks.subscribe(task, [&] { ++calls; });
    TaskRunner runner(test.core->parts(), test.core->work,
                      {.operations = kTestOperations, .run = [&](EngineTask& order, const ReportProgress& report, const std::stop_token&) {
                           report(1, 2);
                           EXPECT_EQ(view(task).progress, 49);
                           report(1, 4);
                           EXPECT_EQ(view(task).progress, 49);
                           report(4, 4);
                           EXPECT_EQ(view(task).progress, 99) << "100 only when the result can be downloaded";
                           return good(order);
                       }});
    ASSERT_TRUE(runner.run_one().value());
    EXPECT_EQ(view(task).progress, 100);
    EXPECT_GE(calls, 4);
}

TEST_F(TaskLife, takes_turns_between_accounts) {
    const Caller other = test.caller();
    const std::string others = test.upload(other, "b.pdf", "%PDF-1.7 b");
    for (int turn = 0; turn < 3; ++turn) ASSERT_TRUE(test.submit(caller, document).ok());
    for (int turn = 0; turn < 3; ++turn) ASSERT_TRUE(test.submit(other, others).ok());
    std::string order_of_work;
    auto engine = [&](EngineTask& order) {
        order_of_work += order.inputs.front().file_name[0];
        return good(order);
    };
    while (test.runner(engine).run_one().value()) {
    }
    EXPECT_EQ(order_of_work, "ababab");
}

TEST_F(TaskLife, keeps_passwords_only_until_its_end_and_never_in_the_log) {
    const std::string task = test.submit(caller, document, "", "planted-marker").take();
    auto engine = [&](EngineTask& order) {
        EXPECT_EQ(order.inputs.front().password, "planted-marker");
        return good(order);
    };
    ASSERT_TRUE(test.runner(engine).run_one().value());
    const auto record =
        read_result(test.core->parts().store, [&](const View& view) { return view.tasks.find(caller.account, task); }).take();
    EXPECT_EQ(record->secrets, "");
    EXPECT_EQ(whole_log().find("planted-marker"), std::string::npos);
}

TEST_F(TaskLife, says_at_a_replay_that_its_password_is_gone_and_stays_as_it_was) {
    const std::string task = test.submit(caller, document, "", "planted-marker").take();
    for (int loss = 0; loss < 3; ++loss) {
        ASSERT_TRUE(test.runner(lost).run_one().value());
        test.clock.advance(10 * kSecond);
    }
    const Status refused = test.core->tasks.replay(caller.account, task, test.actor);
    EXPECT_EQ(refused.error().fault, Fault::InvalidInput);
    EXPECT_EQ(refused.error().reason, "PASSWORD_REQUIRED");
    EXPECT_EQ(test.core->tasks.dead_letters(caller.account).value().size(), 1U);
    EXPECT_FALSE(test.runner(good).run_one().value());
    EXPECT_EQ(whole_log().find("task.replayed"), std::string::npos);
}

TEST_F(TaskLife, gives_the_same_task_for_a_repeated_request_and_refuses_another_under_its_key) {
    const std::string first = test.submit(caller, document, "key-1").take();
    EXPECT_EQ(test.submit(caller, document, "key-1").value(), first);
    EXPECT_EQ(test.core->tasks.counts().value().waiting, 1);
    const std::string other = test.upload(caller, "b.pdf", "%PDF-1.7 b");
    EXPECT_EQ(test.submit(caller, other, "key-1").error().fault, Fault::Conflict);
    EXPECT_EQ(test.submit(caller, document, "key-1", "a password").error().fault, Fault::Conflict);
    test.clock.advance(25LL * 3600 * kSecond);
    const std::string later = test.upload(caller, "a.pdf", "%PDF-1.7 a");
    EXPECT_TRUE(test.submit(caller, later, "key-1").ok()) << "after 24 h the key is free again";
}

TEST_F(TaskLife, takes_an_idempotency_key_up_to_its_limit_only) {
    EXPECT_TRUE(test.submit(caller, document, std::string(limits::kIdempotencyKeyBytes, 'k')).ok());
    EXPECT_EQ(test.submit(caller, document, std::string(limits::kIdempotencyKeyBytes + 1, 'k')).error().fault, Fault::InvalidInput);
}

TEST_F(TaskLife, keeps_the_keys_of_accounts_apart) {
    const Caller other = test.caller();
    const std::string others = test.upload(other, "b.pdf", "%PDF-1.7 b");
    const std::string first = test.submit(caller, document, "key-1").take();
    EXPECT_NE(test.submit(other, others, "key-1").value(), first);
}

TEST_F(TaskLife, answers_a_foreign_id_exactly_like_an_unknown_one) {
    const Caller other = test.caller();
    const std::string task = test.submit(caller, document).take();
    const std::string unknown = "ffffffffffffffffffffffff";
    EXPECT_EQ(test.core->tasks.get(other, task).error().message, test.core->tasks.get(other, unknown).error().message);
    EXPECT_EQ(test.core->tasks.cancel(other, task).error().reason, "TASK_NOT_FOUND");
    EXPECT_EQ(test.submit(other, document).error().message, test.submit(other, unknown).error().message);
    EXPECT_EQ(test.core->documents.open(other, document).error().message, test.core->documents.open(other, unknown).error().message);
    EXPECT_EQ(test.core->documents.remove(other, document).error().message, test.core->documents.remove(other, unknown).error().message);
    EXPECT_EQ(test.core->documents.share(other, document, 30, "").error().fault, Fault::NotFound);
    EXPECT_TRUE(test.core->documents.open(caller, document).ok());
}

TEST_F(TaskLife, reserves_credits_takes_them_at_the_end_and_gives_them_back_on_failure) {
    ASSERT_TRUE(test.core->accounts.put_plan({.name = "small", .credits_per_period = 2}).ok());
    ASSERT_TRUE(test.core->accounts.set_plan(caller.account, "small", test.actor).ok());
    ASSERT_TRUE(test.submit(caller, document).ok());
    ASSERT_TRUE(test.submit(caller, document).ok());
    EXPECT_EQ(test.submit(caller, document).error().reason, "INSUFFICIENT_CREDITS");
    ASSERT_TRUE(test.runner(good).run_one().value());
    ASSERT_TRUE(test.runner([](EngineTask&) -> Result<EngineAnswer> { return Error{Fault::InvalidInput, "bad"}; }).run_one().value());
    EXPECT_EQ(test.core->credits.remaining(caller.account).value(), 1);
    EXPECT_TRUE(test.submit(caller, document).ok());
    EXPECT_NE(whole_log().find("credits.exhausted"), std::string::npos);
}

TEST_F(TaskLife, has_the_log_say_once_a_period_and_plan_that_a_fifth_of_the_credits_is_left) {
    ASSERT_TRUE(test.core->accounts.put_plan({.name = "ten", .credits_per_period = 10, .period_days = 30}).ok());
    ASSERT_TRUE(test.core->accounts.put_plan({.name = "forty", .credits_per_period = 40, .period_days = 30}).ok());
    ASSERT_TRUE(test.core->accounts.set_plan(caller.account, "ten", test.actor).ok());
    const auto alerts = [&] {
        int count = 0;
        const std::string log = whole_log();
        for (std::size_t at = log.find("credits.low"); at != std::string::npos; at = log.find("credits.low", at + 1)) ++count;
        return count;
    };
    const auto use = [&](int credits) {
        const std::string fresh = test.upload(caller, "a.pdf", "%PDF-1.7 a");
        for (int used = 0; used < credits; ++used) {
            ASSERT_TRUE(test.submit(caller, fresh).ok());
            ASSERT_TRUE(test.runner(good).run_one().value());
        }
    };
    use(7);
    EXPECT_EQ(alerts(), 0);
    use(1);
    EXPECT_EQ(alerts(), 1);
    use(1);
    EXPECT_EQ(alerts(), 1);
    ASSERT_TRUE(test.core->accounts.set_plan(caller.account, "forty", test.actor).ok());
    use(22);
    EXPECT_EQ(alerts(), 1) << "nine of forty are left";
    use(1);
    EXPECT_EQ(alerts(), 2);
    test.clock.advance(30LL * 24 * 3600 * kSecond);
    use(32);
    EXPECT_EQ(alerts(), 3);
}

TEST_F(TaskLife, is_handed_back_when_the_server_stops_and_nothing_counts_against_it) {
    const std::string task = test.submit(caller, document).take();
    TaskRunner runner(
        test.core->parts(), test.core->work,
        {.operations = kTestOperations, .run = [&](EngineTask&, const ReportProgress&, const std::stop_token&) -> Result<EngineAnswer> {
             test.core->work.stop_all();
             return Error{Fault::EngineLost, "stopped"};
         }});
    ASSERT_TRUE(runner.run_one().value());
    const auto record =
        read_result(test.core->parts().store, [&](const View& view) { return view.tasks.find(caller.account, task); }).take();
    EXPECT_EQ(record->state, TaskState::Pending);
    EXPECT_EQ(record->losses, 0);
    EXPECT_EQ(record->rescues, 0);
}

TEST_F(TaskLife, waits_out_a_folder_that_cannot_be_written_and_loses_nothing) {
    const std::string task = test.submit(caller, document).take();
    const auto blobs = test.folder.path / "blobs";
    std::filesystem::rename(blobs, test.folder.path / "away");
    for (int turn = 0; turn < 5; ++turn) {
        ASSERT_TRUE(test.runner(good).run_one().ok());
        EXPECT_FALSE(view(task).final);
        test.clock.advance(10 * kSecond);
    }
    EXPECT_EQ(test.core->documents.begin_upload(caller).error().reason, "STORAGE_ERROR");
    EXPECT_FALSE(test.core->probe().ok());
    std::filesystem::rename(test.folder.path / "away", blobs);
    EXPECT_TRUE(test.core->probe().ok());
    ASSERT_TRUE(test.runner(good).run_one().value());
    EXPECT_EQ(view(task).status, "COMPLETED");
}

}  // namespace
}  // namespace docwright
