#include "engines/supervisor/verdict.h"

#include <gtest/gtest.h>
#include <signal.h>

namespace docwright {
namespace {

const EngineLimits kLimits{
    .wall_milliseconds = 1500, .cpu_seconds = 10, .address_bytes = 512ULL * 1024 * 1024, .output_bytes = 8ULL * 1024 * 1024};

struct VerdictCase {
    const char* says;
    JobEnd end;
    std::optional<ExitedMessage> exited;
    Fault fault;
    const char* words;  // in message or detail
};
void PrintTo(const VerdictCase& each, std::ostream* out) { *out << each.says; }

JobEnd closed(std::optional<DyingMessage> dying = {}) { return {.how = JobEnd::How::Closed, .started = true, .dying = dying}; }
ExitedMessage by_signal(int signal, Microseconds cpu = 0) { return {.number = 1, .signal = signal, .cpu = cpu}; }

const VerdictCase kVerdicts[] = {
    {"the_operations_own_error_is_passed_on",
     {.how = JobEnd::How::Failed, .failure = {Fault::InvalidInput, "Page 3."}},
     {},
     Fault::InvalidInput,
     "Page 3."},
    {"a_deadline_is_a_limit", {.how = JobEnd::How::Deadline}, by_signal(SIGKILL), Fault::LimitExceeded, "1.5 seconds (limit: time)"},
    {"a_failed_allocation_is_a_limit", closed(DyingMessage{SIGABRT, 0, true}), by_signal(SIGABRT), Fault::LimitExceeded,
     "limit: memory, 512 MB"},
    {"SIGXCPU_is_a_limit", closed(), by_signal(SIGXCPU), Fault::LimitExceeded, "limit: cpu, 10 s"},
    {"SIGKILL_after_all_its_time_is_a_limit", closed(), by_signal(SIGKILL, 11'000'000), Fault::LimitExceeded, "limit: cpu"},
    {"SIGKILL_before_is_a_loss", closed(), by_signal(SIGKILL, 9'000'000), Fault::EngineLost, "signal 9"},
    {"SIGXFSZ_is_a_limit", closed(), by_signal(SIGXFSZ), Fault::LimitExceeded, "limit: output, 8 MB"},
    {"a_forbidden_call_is_named", closed(DyingMessage{SIGSYS, 59, false}), by_signal(SIGSYS), Fault::EngineLost, "system call 59"},
    {"a_crash_is_a_loss", closed(DyingMessage{SIGSEGV, 0, false}), by_signal(SIGSEGV), Fault::EngineLost, "signal 11"},
    {"an_exit_without_answer_is_a_loss", closed(), ExitedMessage{.number = 1, .code = 3}, Fault::EngineLost, "exit code 3"},
    {"a_lost_parent_is_a_loss", closed(), {}, Fault::EngineLost, "parent"},
    {"nonsense_is_a_loss",
     {.how = JobEnd::How::Nonsense, .failure = {Fault::Internal, "Cannot be read.", "not a frame"}},
     {},
     Fault::EngineLost,
     "not a frame"},
    {"too_many_messages_are_a_limit", {.how = JobEnd::How::TooManyMessages}, {}, Fault::LimitExceeded, "limit: messages"},
    {"a_cancelled_task_is_a_conflict", {.how = JobEnd::How::Cancelled}, {}, Fault::Conflict, "cancelled"},
};

class Verdict : public testing::TestWithParam<VerdictCase> {};
TEST_P(Verdict, ) {
    auto outcome = verdict(GetParam().end, GetParam().exited, kLimits);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().fault, GetParam().fault);
    std::string words = outcome.error().message + " " + outcome.error().detail;
    EXPECT_NE(words.find(GetParam().words), std::string::npos) << words;
}
INSTANTIATE_TEST_SUITE_P(, Verdict, testing::ValuesIn(kVerdicts), [](auto& test) { return test.param.says; });

TEST(VerdictReasons, are_those_of_the_contract) {
    EXPECT_EQ(verdict({.how = JobEnd::How::Deadline}, {}, kLimits).error().reason, "TIMEOUT");
    EXPECT_EQ(verdict({.how = JobEnd::How::Cancelled}, {}, kLimits).error().reason, "CANCELLED");
}

}  // namespace
}  // namespace docwright
