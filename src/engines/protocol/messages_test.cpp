#include "engines/protocol/messages.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace docwright {
namespace {

TEST(Messages, a_job_comes_back_as_it_was_sent) {
    JobMessage sent{.operation = "pdf-compress",
                    .values = {{"level", "HIGH"}, {"pages", 3}},
                    .inputs = {{"a.pdf", "ab12", "päss"}, {"b.pdf", "cd34", ""}},
                    .has_scratch = true,
                    .input_time = -5,
                    .attempt = 3,
                    .threads = 2,
                    .cpu_seconds = 10,
                    .address_bytes = 1ULL << 31,
                    .output_bytes = 1ULL << 29};
    auto read = read_job(text_of(sent));
    ASSERT_TRUE(read.ok()) << read.error().detail;
    EXPECT_EQ(text_of(read.value()), text_of(sent));
    EXPECT_EQ(read.value().inputs[0].password, "päss");
    EXPECT_EQ(read.value().values.at("pages"), 3);
}

TEST(Messages, the_parents_messages_come_back_as_they_were_sent) {
    HelloMessage hello{"1.2.3",
                       {.jobs = 200, .retire_bytes = 1, .kill_bytes = 2, .wall_seconds = 60},
                       {{"Landlock", "ABI 7", true}, {"seccomp", "missing", false}}};
    EXPECT_EQ(text_of(read_hello(text_of(hello)).value()), text_of(hello));
    ChildMessage child{7, 4711};
    EXPECT_EQ(text_of(read_child(text_of(child)).value()), text_of(child));
    ExitedMessage exited{7, 9, 0, 1234, 5678};
    EXPECT_EQ(text_of(read_exited(text_of(exited)).value()), text_of(exited));
    EXPECT_EQ(read_taken(text_of(TakenMessage{7})).value().number, 7);
}

TEST(Messages, the_childs_messages_come_back_as_they_were_sent) {
    EXPECT_EQ(read_progress(text_of(ProgressMessage{3, 10})).value().done, 3);
    for (int index = 0; index <= static_cast<int>(Format::Any); ++index) {
        DoneMessage done{static_cast<Format>(index), R"({"pages":3})", 1, 2};
        EXPECT_EQ(text_of(read_done(text_of(done)).value()), text_of(done));
    }
    Error error{Fault::InvalidInput, "Page 3 cannot be read.", "offset 17", "DAMAGED", 404};
    EXPECT_EQ(text_of(read_failed(text_of(error)).value().error), text_of(error));
    auto dying = read_dying(R"({"signal":31,"system_call":59,"memory":false})");
    ASSERT_TRUE(dying.ok());
    EXPECT_EQ(dying.value().system_call, 59);
}

struct WrongCase {
    const char* says;
    const char* text;
};
void PrintTo(const WrongCase& each, std::ostream* out) { *out << each.says; }
class WrongDone : public testing::TestWithParam<WrongCase> {};
TEST_P(WrongDone, ) { EXPECT_FALSE(read_done(GetParam().text).ok()); }
const WrongCase kWrongDone[] = {
    {"nothing", ""},
    {"no_object", "[]"},
    {"two_objects", R"({"format":"zip","data":"","cpu":1,"memory_bytes":1}{})"},
    {"an_unknown_format", R"({"format":"exe","data":"","cpu":1,"memory_bytes":1})"},
    {"a_format_of_another_type", R"({"format":1,"data":"","cpu":1,"memory_bytes":1})"},
    {"data_that_is_no_json", R"({"format":"zip","data":"{","cpu":1,"memory_bytes":1})"},
    {"data_that_is_no_object", R"({"format":"zip","data":"3","cpu":1,"memory_bytes":1})"},
    {"a_negative_time", R"({"format":"zip","data":"","cpu":-1,"memory_bytes":1})"},
    {"a_broken_number", R"({"format":"zip","data":"","cpu":1.5,"memory_bytes":1})"},
    {"a_number_beyond_its_type", R"({"format":"zip","data":"","cpu":1e30,"memory_bytes":1})"},
    {"a_missing_member", R"({"format":"zip","data":"","cpu":1})"},
};
INSTANTIATE_TEST_SUITE_P(, WrongDone, testing::ValuesIn(kWrongDone), [](auto& test) { return test.param.says; });

TEST(Messages, progress_beyond_its_total_or_below_nothing_is_refused) {
    EXPECT_FALSE(read_progress(R"({"done":3,"total":2})").ok());
    EXPECT_FALSE(read_progress(R"({"done":-1,"total":2})").ok());
    EXPECT_FALSE(read_progress(R"({"done":1,"total":4294967296})").ok());
}

TEST(Messages, a_child_cannot_claim_what_only_the_server_decides) {
    for (Fault fault : {Fault::Unauthorized, Fault::NotFound, Fault::Forbidden, Fault::Conflict, Fault::EngineLost, Fault::Unavailable}) {
        EXPECT_EQ(read_failed(text_of(Error{fault, "x"})).value().error.fault, Fault::Internal);
    }
    for (const char* reason : {"CANCELLED", "DEAD_LETTER", "INSUFFICIENT_CREDITS", "RATE_LIMIT_EXCEEDED", "lower", "A B"}) {
        EXPECT_EQ(read_failed(text_of(Error{Fault::InvalidInput, "x", {}, reason})).value().error.reason, "") << reason;
    }
    EXPECT_EQ(read_failed(text_of(Error{Fault::InvalidInput, "x", {}, "PASSWORD_WRONG"})).value().error.reason, "PASSWORD_WRONG");
}

TEST(Messages, a_status_of_another_server_is_one_of_three_digits) {
    for (const char* status : {"-1", "1000", "\"404\""}) {
        const std::string text = std::string(R"({"fault":"internal","message":"","detail":"","reason":"","remote_status":)") + status + "}";
        EXPECT_FALSE(read_failed(text).ok()) << status;
    }
}

TEST(Messages, long_errors_are_cut_between_letters) {
    std::string long_text;
    while (long_text.size() < 3 * limits::kEngineErrorBytes) long_text += "xé";
    auto read = read_failed(text_of(Error{Fault::InvalidInput, long_text, long_text}));
    ASSERT_TRUE(read.ok()) << read.error().detail;
    EXPECT_LE(read.value().error.message.size(), limits::kEngineErrorBytes);
    EXPECT_GE(read.value().error.message.size(), limits::kEngineErrorBytes - 1);
}

}  // namespace
}  // namespace docwright
