// The queue of any store: whose turn it is, leases and their numbers, retries, dead letters.
#include <algorithm>
#include <set>
#include <thread>

#include "store/conformance/store_under_test.h"

namespace docwright {
namespace {

// ---- rows

TEST_P(StoreQueue, keeps_a_task_with_all_that_belongs_to_it) {
    TaskRecord put = task("t", "acc", 50);
    put.version = 3;
    put.secrets = R"({"passwords":["p"]})";
    put.fingerprint = "f";
    put.credits = 2;
    put.reserved = true;
    put.run = "run";
    put.stage = "stage";
    put.item = "item";
    put.inputs = {{"doc 2", "bb", 2, "b.pdf", 8}, {"doc 1", "aa", 1, "a.pdf", 7}};
    add(put);
    reopen();
    const TaskRecord kept = find("t");
    EXPECT_EQ(kept.state, TaskState::Pending);
    EXPECT_EQ(kept.credential, "cred");
    EXPECT_EQ(kept.lineage, "line");
    EXPECT_EQ(kept.operation, "test-convert");
    EXPECT_EQ(kept.version, 3);
    EXPECT_EQ(kept.lane, "pdf");
    EXPECT_EQ(kept.values, "{}");
    EXPECT_EQ(kept.secrets, put.secrets);
    EXPECT_EQ(kept.fingerprint, "f");
    EXPECT_EQ(kept.result_document, "result of t");
    EXPECT_EQ(kept.credits, 2);
    EXPECT_TRUE(kept.reserved);
    EXPECT_EQ(kept.attempts + kept.losses + kept.rescues + kept.progress, 0);
    EXPECT_EQ(kept.lease_number, 0);
    EXPECT_EQ(kept.created_at, 5);
    EXPECT_EQ(kept.due_at, 50);
    EXPECT_EQ(kept.run + kept.stage + kept.item, "runstageitem");
    ASSERT_EQ(kept.inputs.size(), 2U);
    EXPECT_EQ(kept.inputs[0].document, "doc 2") << "in the order of the request";
    EXPECT_EQ(kept.inputs[1].sha256, "aa");
    EXPECT_EQ(kept.inputs[1].bytes, 1U);
    EXPECT_EQ(kept.inputs[1].file_name, "a.pdf");
    EXPECT_EQ(kept.inputs[1].stored_at, 7);
}

TEST_P(StoreQueue, finds_no_task_under_another_account) {
    add(task("t"));
    read([](const View& view) -> Status {
        EXPECT_FALSE(TRY(view.tasks.find("other", "t")).has_value());
        EXPECT_FALSE(TRY(view.tasks.find_with_inputs("other", "t")).has_value());
        EXPECT_FALSE(TRY(view.tasks.find("", "t")).has_value());
        EXPECT_TRUE(TRY(view.tasks.find_anywhere("t")).has_value());
        return success();
    });
    EXPECT_EQ(counts("other").waiting, 0);
    EXPECT_EQ(read([](const View& view) { return view.tasks.waiting("other"); }), 0);
}

// ---- turns

TEST_P(StoreQueue, gives_nothing_when_nothing_waits) { EXPECT_FALSE(lease().has_value()); }

TEST_P(StoreQueue, gives_the_tasks_of_one_account_in_the_order_in_which_they_came) {
    for (const char* id : {"c", "a", "b"}) add(task(id));
    EXPECT_EQ(lease_all(), "c a b ");
}

TEST_P(StoreQueue, takes_turns_between_accounts_however_much_each_has_waiting) {
    for (const char* id : {"a1", "a2", "a3"}) add(task(id, "a"));
    for (const char* id : {"b1", "b2"}) add(task(id, "b"));
    add(task("c1", "c"));
    EXPECT_EQ(lease_all(), "a1 b1 c1 a2 b2 a3 ");
}

TEST_P(StoreQueue, puts_a_new_account_at_the_end_of_the_round) {
    add(task("a1", "a"));
    add(task("a2", "a"));
    add(task("b1", "b"));
    EXPECT_EQ(lease()->id, "a1");
    add(task("c1", "c"));
    EXPECT_EQ(lease_all(), "b1 a2 c1 ") << "c came after a was served";
}

TEST_P(StoreQueue, gives_only_what_is_due_and_the_longest_due_first) {
    add(task("later", "acc", 90));
    add(task("sooner", "acc", 80));
    add(task("not yet", "acc", 101));
    EXPECT_EQ(lease_all(100), "sooner later ");
    EXPECT_EQ(lease_all(101), "not yet ");
}

TEST_P(StoreQueue, passes_over_an_account_with_nothing_due) {
    add(task("a", "a", 500));
    add(task("b", "b"));
    EXPECT_EQ(lease_all(), "b ");
}

TEST_P(StoreQueue, gives_work_of_the_asked_lanes_only) {
    TaskRecord office = task("o");
    office.lane = "office";
    add(office);
    add(task("p"));
    EXPECT_FALSE(lease(100, 200, {"web"}).has_value());
    EXPECT_EQ(lease(100, 200, {"web", "office"})->id, "o");
    EXPECT_EQ(lease()->id, "p");
}

TEST_P(StoreQueue, passes_over_the_accounts_that_the_worker_names) {
    add(task("a1", "a"));
    add(task("b1", "b"));
    const auto lease_without = [this](std::vector<std::string> accounts) {
        return write([&](Transaction& transaction) {
            return transaction.tasks.lease_next(
                {.owner = "worker", .lanes = {"pdf"}, .now = 100, .until = 200, .accounts_at_their_bound = accounts});
        });
    };
    EXPECT_EQ(lease_without({"a"})->id, "b1");
    EXPECT_FALSE(lease_without({"a"}).has_value());
    EXPECT_EQ(lease()->id, "a1");
}

TEST_P(StoreQueue, runs_no_more_of_an_account_at_once_than_its_plan_says) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.accounts.put_plan({.name = "small", .concurrent_tasks = 2}));
        return transaction.accounts.add_account({.id = "a", .plan = "small"});
    });
    for (const char* id : {"a1", "a2", "a3"}) add(task(id, "a"));
    add(task("b1", "b"));
    const TaskRecord first = lease().value();
    EXPECT_EQ(lease_all(), "b1 a2 ");
    EXPECT_TRUE(finish(first));
    EXPECT_EQ(lease_all(), "a3 ");
}

TEST_P(StoreQueue, says_when_the_next_work_is_due) {
    EXPECT_FALSE(read([](const View& view) { return view.tasks.next_due(); }).has_value());
    add(task("b", "b", 70));
    add(task("a", "a", 60));
    EXPECT_EQ(read([](const View& view) { return view.tasks.next_due(); }), 60);
    (void)lease(60);
    EXPECT_EQ(read([](const View& view) { return view.tasks.next_due(); }), 70);
}

TEST_P(StoreQueue, gives_each_task_to_one_worker_when_many_ask_at_once) {
    constexpr int kTasks = 40;
    for (int number = 0; number < kTasks; ++number) add(task(std::to_string(number), "account " + std::to_string(number % 3)));
    std::vector<std::string> taken[4];
    std::vector<std::jthread> threads;
    for (std::vector<std::string>& mine : taken) {
        threads.emplace_back([this, &mine] {
            while (auto leased = lease()) mine.push_back(leased->id);
        });
    }
    threads.clear();
    std::set<std::string> all;
    std::size_t count = 0;
    for (const auto& mine : taken) {
        all.insert(mine.begin(), mine.end());
        count += mine.size();
    }
    EXPECT_EQ(count, static_cast<std::size_t>(kTasks));
    EXPECT_EQ(all.size(), count);
    EXPECT_EQ(counts().running, kTasks);
}

// ---- leases

TEST_P(StoreQueue, leases_with_inputs_owner_time_and_a_number) {
    TaskRecord put = task("t");
    put.inputs = {{"doc", "aa", 1, "a.pdf", 7}};
    put.secrets = "secret";
    add(put);
    const TaskRecord leased = lease(100, 200).value();
    EXPECT_EQ(leased.state, TaskState::InProgress);
    EXPECT_EQ(leased.lease_number, 1);
    EXPECT_EQ(leased.lease_owner, "worker");
    EXPECT_EQ(leased.lease_until, 200);
    EXPECT_EQ(leased.started_at, 100);
    EXPECT_EQ(leased.attempts, 1);
    EXPECT_EQ(leased.secrets, "secret");
    ASSERT_EQ(leased.inputs.size(), 1U);
    reopen();
    EXPECT_EQ(find("t").lease_number, 1);
}

TEST_P(StoreQueue, names_leases_that_lapsed_and_not_those_that_were_renewed) {
    for (const char* id : {"1", "2"}) add(task(id));
    const TaskRecord kept = lease(100, 200).value();
    (void)lease(100, 150);
    EXPECT_TRUE(renew(kept, 300, 40));
    EXPECT_EQ(find(kept.id).progress, 40);
    EXPECT_TRUE(renew(kept, 300, 30));
    EXPECT_EQ(find(kept.id).progress, 40) << "progress never falls";
    EXPECT_TRUE(read([](const View& view) { return view.tasks.lapsed(149, 10); }).empty());
    const auto lapsed = read([](const View& view) { return view.tasks.lapsed(200, 10); });
    ASSERT_EQ(lapsed.size(), 1U);
    EXPECT_EQ(lapsed.front().id, "2");
    EXPECT_EQ(read([](const View& view) { return view.tasks.leased(10); }).size(), 2U);
    EXPECT_EQ(read([](const View& view) { return view.tasks.leased(1); }).size(), 1U);
}

TEST_P(StoreQueue, refuses_every_move_under_an_old_lease_number_and_changes_nothing) {
    add(task("t"));
    const TaskRecord late = lease(100, 150).value();
    EXPECT_TRUE(put_back(late, 160));
    const TaskRecord current = lease(200, 250).value();
    EXPECT_EQ(current.lease_number, 2);
    EXPECT_EQ(current.attempts, 2);
    EXPECT_FALSE(renew(late, 900, 99));
    EXPECT_FALSE(put_back(late, 170));
    EXPECT_FALSE(finish(late));
    EXPECT_FALSE(finish(late, TaskState::Failed));
    const TaskRecord kept = find("t");
    EXPECT_EQ(kept.state, TaskState::InProgress);
    EXPECT_EQ(kept.lease_until, 250);
    EXPECT_EQ(kept.progress, 0);
    EXPECT_EQ(counts().running, 1);
    EXPECT_EQ(counts().waiting, 0);
    EXPECT_TRUE(finish(current));
}

TEST_P(StoreQueue, refuses_a_second_end_and_a_move_after_the_end) {
    add(task("t"));
    const TaskRecord leased = lease().value();
    EXPECT_TRUE(finish(leased));
    EXPECT_FALSE(finish(leased, TaskState::Failed));
    EXPECT_FALSE(put_back(leased, 0));
    EXPECT_FALSE(renew(leased, 900));
    EXPECT_EQ(find("t").state, TaskState::Completed);
    EXPECT_EQ(counts().running, 0);
}

TEST_P(StoreQueue, ends_a_waiting_task_only_while_it_waits) {
    add(task("t"));
    const TaskRecord waiting = find("t");
    const TaskRecord leased = lease().value();
    EXPECT_FALSE(finish(waiting, TaskState::Cancelled)) << "it runs by now";
    EXPECT_TRUE(put_back(leased, 0));
    EXPECT_TRUE(finish(find("t"), TaskState::Cancelled));
    EXPECT_FALSE(lease().has_value());
    EXPECT_EQ(counts().waiting, 0);
}

// ---- retry, end, dead letter

TEST_P(StoreQueue, puts_back_with_counts_and_a_time_before_which_it_is_not_given_again) {
    add(task("t"));
    TaskRecord leased = lease().value();
    leased.losses = 2;
    leased.rescues = 1;
    leased.progress = 30;
    EXPECT_TRUE(put_back(leased, 500));
    const TaskRecord waiting = find("t");
    EXPECT_EQ(waiting.state, TaskState::Pending);
    EXPECT_EQ(waiting.losses, 2);
    EXPECT_EQ(waiting.rescues, 1);
    EXPECT_EQ(waiting.progress, 30);
    EXPECT_EQ(waiting.lease_owner, "");
    EXPECT_EQ(waiting.lease_until, 0);
    EXPECT_EQ(waiting.updated_at, 300);
    EXPECT_EQ(counts().waiting, 1);
    EXPECT_FALSE(lease(499).has_value());
    EXPECT_EQ(lease(500)->lease_number, 2);
}

TEST_P(StoreQueue, keeps_what_came_of_a_task_and_wipes_its_secrets) {
    TaskRecord put = task("t");
    put.secrets = "a password";
    put.reserved = true;
    add(put);
    const TaskRecord leased = lease().value();
    EXPECT_TRUE(write([&](Transaction& transaction) {
        TaskEnd end{.state = TaskState::Failed, .progress = 40, .result_data = "{}", .error_code = "CODE", .error_message = "message"};
        end.error_details = "details";
        end.losses = 1;
        end.rescues = 2;
        end.now = 300;
        return transaction.tasks.finish(leased, end);
    }));
    reopen();
    const TaskRecord ended = find("t");
    EXPECT_EQ(ended.state, TaskState::Failed);
    EXPECT_EQ(ended.secrets, "");
    EXPECT_TRUE(ended.secrets_wiped);
    EXPECT_FALSE(ended.reserved);
    EXPECT_EQ(ended.progress, 40);
    EXPECT_EQ(ended.result_data, "{}");
    EXPECT_EQ(ended.error_code + ended.error_message + ended.error_details, "CODEmessagedetails");
    EXPECT_EQ(ended.losses, 1);
    EXPECT_EQ(ended.rescues, 2);
    EXPECT_EQ(ended.updated_at, 300);
}

TEST_P(StoreQueue, tells_of_an_ended_task_whether_it_had_secrets) {
    add(task("without"));
    EXPECT_TRUE(finish(lease().value()));
    EXPECT_FALSE(find("without").secrets_wiped);
    TaskRecord put = task("with");
    put.secrets = "a password";
    add(put);
    const TaskRecord leased = lease().value();
    EXPECT_FALSE(leased.secrets_wiped) << "they are still there";
    EXPECT_TRUE(finish(leased, TaskState::Dead));
    EXPECT_TRUE(read([](const View& view) { return view.tasks.dead("", 10); }).front().secrets_wiped);
}

TEST_P(StoreQueue, lists_dead_letters_of_one_account_or_of_all) {
    for (const char* id : {"a2", "a1"}) add(task(id, "a"));
    add(task("b1", "b"));
    add(task("failed", "b"));
    for (int turn = 0; turn < 4; ++turn) {
        const TaskRecord leased = lease().value();
        EXPECT_TRUE(finish(leased, leased.id == "failed" ? TaskState::Failed : TaskState::Dead));
    }
    const auto all = read([](const View& view) { return view.tasks.dead("", 10); });
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].id, "a2") << "by account, then in the order of submission";
    EXPECT_EQ(all[1].id, "a1");
    EXPECT_EQ(read([](const View& view) { return view.tasks.dead("b", 10); }).size(), 1U);
    EXPECT_EQ(read([](const View& view) { return view.tasks.dead("a", 1); }).size(), 1U);
    EXPECT_EQ(counts().dead, 3);
    EXPECT_EQ(counts("a").dead, 2);
}

TEST_P(StoreQueue, reopens_an_ended_task_with_its_counts_at_zero) {
    add(task("t"));
    TaskRecord leased = lease().value();
    leased.losses = 2;
    EXPECT_TRUE(finish(leased, TaskState::Dead));
    TaskRecord dead = find("t");
    dead.reserved = true;
    EXPECT_TRUE(reopen_task(dead));
    EXPECT_FALSE(reopen_task(dead)) << "it is no longer in that state";
    const TaskRecord again = find("t");
    EXPECT_EQ(again.state, TaskState::Pending);
    EXPECT_EQ(again.attempts + again.losses + again.rescues + again.progress, 0);
    EXPECT_EQ(again.error_code, "");
    EXPECT_TRUE(again.reserved);
    EXPECT_EQ(again.due_at, 400);
    EXPECT_EQ(counts().waiting, 1);
    EXPECT_EQ(counts().dead, 0);
    EXPECT_EQ(lease(400)->lease_number, 2) << "numbers go on: a worker of the first life stays refused";
    EXPECT_FALSE(finish(leased));
}

TEST_P(StoreQueue, holds_the_blobs_of_inputs_from_the_order_to_the_end_and_again_after_a_replay) {
    const auto held = [&] {
        return !write([](Transaction& transaction) -> Result<bool> {
            if (!TRY(transaction.documents.forget_blob("acc", "aa"))) return false;
            return Error{Fault::Conflict, "only looking"};
        });
    };
    TaskRecord put = task("t");
    put.inputs = {{"doc", "aa", 1, "a.pdf", 7}};
    add(put);
    EXPECT_TRUE(held());
    EXPECT_TRUE(put_back(lease().value(), 0));
    EXPECT_TRUE(held());
    EXPECT_TRUE(finish(lease().value(), TaskState::Dead));
    const auto idle = read([](const View& view) { return view.documents.idle_blobs(10); });
    ASSERT_EQ(idle.size(), 1U);
    EXPECT_EQ(idle.front().sha256, "aa");
    EXPECT_TRUE(reopen_task(find("t")));
    EXPECT_TRUE(read([](const View& view) { return view.documents.idle_blobs(10); }).empty());
    EXPECT_TRUE(held());
}

TEST_P(StoreQueue, counts_waiting_and_running_work_by_account_through_every_move) {
    for (const char* id : {"a1", "a2"}) add(task(id, "a"));
    TaskRecord other_lane = task("b1", "b");
    other_lane.lane = "office";
    add(other_lane);
    EXPECT_EQ(counts().waiting, 3);
    EXPECT_EQ(read([](const View& view) { return view.tasks.waiting("a"); }), 2);
    const TaskRecord leased = lease().value();
    EXPECT_EQ(counts("a").waiting, 1);
    EXPECT_EQ(counts("a").running, 1);
    EXPECT_EQ(counts("b").running, 0);
    reopen();
    EXPECT_TRUE(put_back(leased, 0));
    EXPECT_EQ(counts("a").waiting, 2);
    EXPECT_EQ(counts().running, 0);
}

}  // namespace
}  // namespace docwright
