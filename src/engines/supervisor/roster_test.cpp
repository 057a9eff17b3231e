#include "engines/supervisor/roster.h"

#include <gtest/gtest.h>

namespace docwright {
namespace {

constexpr KindTraits kReusable{.jobs = 9, .retire_bytes = 100, .kill_bytes = 1000};

EngineChild child(std::int64_t number) { return {.generation = 1, .number = number, .process = static_cast<pid_t>(100 + number)}; }

Roster roster_of(int children, const KindTraits& traits = kReusable, int jobs = 0) {
    Roster roster(children, jobs);
    roster.set_traits(traits);
    for (int number = 1; number <= children; ++number) roster.add(child(number));
    return roster;
}

std::int64_t do_job(Roster& roster, std::string_view tenant = "", bool damaged = false) {
    EngineChild taken = roster.take(tenant);
    const std::int64_t number = taken.number;
    roster.give_back(std::move(taken), damaged);
    roster.ready_again(0);
    return number;
}

std::vector<std::int64_t> asked(Roster& roster) {
    std::vector<std::int64_t> numbers;
    for (const auto& [generation, number] : roster.to_replace()) numbers.push_back(number);
    return numbers;
}

std::vector<std::int64_t> dropped(Roster& roster) {
    std::vector<std::int64_t> numbers;
    for (const EngineChild& each : roster.dropped()) numbers.push_back(each.number);
    return numbers;
}

using Numbers = std::vector<std::int64_t>;

TEST(Roster, asks_for_another_single_use_child_as_soon_as_one_is_taken) {
    Roster roster = roster_of(2, {});
    EXPECT_EQ(roster.use(), ChildUse::Once);
    EngineChild taken = roster.take("");
    EXPECT_EQ(asked(roster), Numbers{1});
    roster.forget(taken);
    EXPECT_EQ(asked(roster), Numbers{});
}

TEST(Roster, uses_a_reusable_child_once_where_isolation_is_strict) {
    Roster roster = roster_of(2, kReusable, 1);
    EXPECT_EQ(roster.use(), ChildUse::OnceAndKilled);
    (void)roster.take("");
    EXPECT_EQ(asked(roster), Numbers{1});
}

TEST(Roster, lets_the_first_children_do_different_numbers_of_jobs) {
    Roster roster = roster_of(4);
    std::vector<int> left;
    for (int i = 0; i < 4; ++i) left.push_back(roster.take("").jobs_left + 1);
    EXPECT_EQ(left, (std::vector<int>{9, 6, 3, 9}));
}

TEST(Roster, takes_the_child_that_has_waited_longest) {
    Roster roster = roster_of(3);
    EXPECT_EQ((Numbers{do_job(roster), do_job(roster), do_job(roster), do_job(roster)}), (Numbers{1, 2, 3, 1}));
}

TEST(Roster, keeps_a_child_at_work_after_its_last_job_until_its_replacement_is_there) {
    Roster roster = roster_of(1, {.jobs = 2});
    do_job(roster);
    EXPECT_EQ(asked(roster), Numbers{});
    do_job(roster);
    EXPECT_EQ(asked(roster), Numbers{1});
    EXPECT_EQ(do_job(roster), 1);
    EXPECT_EQ(asked(roster), Numbers{}) << "once is enough";
    roster.add(child(2));
    EXPECT_EQ(dropped(roster), Numbers{1});
    EXPECT_EQ(do_job(roster), 2);
    EXPECT_EQ(roster.counts().replaced, 1u);
}

TEST(Roster, drops_a_replaced_child_that_is_at_work_when_it_comes_back) {
    Roster roster = roster_of(1, {.jobs = 2});
    do_job(roster);
    do_job(roster);
    EngineChild old = roster.take("");
    roster.add(child(2));
    EXPECT_EQ(dropped(roster), Numbers{});
    roster.give_back(std::move(old), false);
    roster.ready_again(0);
    EXPECT_EQ(dropped(roster), Numbers{1});
}

TEST(Roster, gives_a_tenant_its_own_child_then_a_fresh_one_then_any) {
    Roster roster = roster_of(2);
    EXPECT_EQ(do_job(roster, "a"), 1);
    EXPECT_EQ(do_job(roster, "a"), 1);
    EXPECT_EQ(do_job(roster, "b"), 2);
    EXPECT_EQ(do_job(roster, "a"), 1);
    EXPECT_EQ(do_job(roster, "c"), 2) << "the one that has waited longest";
}

TEST(Roster, replaces_a_child_that_a_job_may_have_damaged_and_prefers_the_others) {
    Roster roster = roster_of(2);
    EXPECT_EQ(do_job(roster, "", true), 1);
    EXPECT_EQ(asked(roster), Numbers{1});
    EXPECT_EQ(do_job(roster), 2);
    EXPECT_EQ(do_job(roster), 2);
}

TEST(Roster, replaces_a_child_that_has_grown_and_names_one_that_is_too_large_at_work) {
    Roster roster = roster_of(2);
    EngineChild working = roster.take("");
    EXPECT_EQ(roster.weigh({{101, 5000}, {102, 200}, {7, 1'000'000}}).size(), 1u);
    EXPECT_TRUE(roster.over_memory(working));
    EXPECT_EQ(asked(roster), Numbers{2});
    EXPECT_TRUE(roster.weigh({{102, 200}}).empty());
    EXPECT_EQ(asked(roster), Numbers{});
}

TEST(Roster, asks_for_another_child_when_one_is_lost_at_work_or_at_rest) {
    Roster roster = roster_of(2);
    EngineChild killed = roster.take("");
    roster.exited({.number = 1, .signal = 9}, 1);
    EXPECT_EQ(roster.exit_of(killed)->signal, 9);
    roster.forget(killed);
    EXPECT_EQ(asked(roster), Numbers{1});
    roster.give_back(roster.take(""), false);
    roster.lost_at_rest(0);
    EXPECT_EQ(asked(roster), Numbers{2});
    EXPECT_EQ(dropped(roster), Numbers{2});
}

TEST(Roster, counts_only_those_as_starved_for_whom_no_child_was_on_its_way_back) {
    Roster roster = roster_of(1);
    EngineChild taken = roster.take("");
    roster.note_starved();
    roster.give_back(std::move(taken), false);
    roster.note_starved();
    EXPECT_EQ(roster.counts().starved, 1u);
}

TEST(Roster, does_not_take_another_parents_child_for_its_own) {
    Roster roster = roster_of(1);
    EngineChild old = roster.take("");
    roster.exited({.number = 1, .signal = 9}, 2);
    EXPECT_FALSE(roster.exit_of(old));
    roster.lose_all();
    roster.forget(old);
    ASSERT_EQ(roster.to_replace().at(0).first, 1u) << "of the parent that is gone";
}

}  // namespace
}  // namespace docwright
