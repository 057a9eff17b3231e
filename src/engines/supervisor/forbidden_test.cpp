// Inside a real child of the product's engine: everything on the list of forbidden things fails, each for itself.
#include "engines/supervisor/forbidden.h"

#include <gtest/gtest.h>

#include "engines/sandbox/resource_limits.h"
#include "engines/supervisor/test_jobs.h"

namespace docwright {
namespace {

TEST(ForbiddenThings, are_all_prevented_in_a_real_child) {
    auto supervisor = started({.self_test_seconds = 0});
    ASSERT_TRUE(supervisor);
    std::vector<ForbiddenAttempt> attempts = try_forbidden_things(*supervisor);
    EXPECT_EQ(attempts.size(), std::size(kForbiddenThings));
    for (const ForbiddenAttempt& attempt : attempts) EXPECT_TRUE(attempt.prevented) << attempt.thing.says << ": " << attempt.how;
}

TEST(ForbiddenThings, count_as_not_prevented_when_they_could_not_be_tried) {
    auto supervisor = started(failing_engine());
    ASSERT_TRUE(supervisor);
    EngineJob job = job_of(kForbiddenThingOperation, {{"thing", "an unknown one"}, {"process", ::getpid()}});
    auto outcome = run(*supervisor, job);
    ASSERT_TRUE(outcome.ok());
    EXPECT_EQ(outcome.value().data, R"({"error_number":0})");
}

TEST(Confinement, has_every_means_in_force_on_this_machine) {
    auto supervisor = started({.self_test_seconds = 0});
    ASSERT_TRUE(supervisor);
    for (const EngineFact& fact : supervisor->facts()) {
        if (fact.name == "resource limits" && !memory_limit_works()) continue;
        EXPECT_TRUE(fact.in_force || fact.name.starts_with("font")) << fact.name << ": " << fact.value;
    }
}

TEST(Confinement, is_refused_to_root_without_the_user_of_engines) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root becomes another user";
    auto refused = Supervisor::start({.engine_user = "docwright-nobody-has-this-name", .self_test_seconds = 0});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::Unavailable);
    EXPECT_NE(refused.error().message.find("useradd"), std::string::npos) << refused.error().message;
    auto weak = Supervisor::start({.engine_user = "docwright-nobody-has-this-name", .allow_weak_sandbox = true, .self_test_seconds = 0});
    ASSERT_TRUE(weak.ok()) << weak.error().message;
    EXPECT_EQ(std::ranges::count_if(weak.value()->facts(), [](const EngineFact& fact) { return fact.name == "user" && !fact.in_force; }),
              1);
}

}  // namespace
}  // namespace docwright
