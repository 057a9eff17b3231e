#include "cli/doctor.h"

#include <gtest/gtest.h>

#include "engines/sandbox/resource_limits.h"

namespace docwright {
namespace {

TEST(Doctor, finds_all_well_where_the_tests_run_and_says_what_it_tried) {
    testing::internal::CaptureStdout();
    EXPECT_EQ(doctor({}), memory_limit_works() ? 0 : 1);
    std::string page = testing::internal::GetCapturedStdout();
    for (const char* wanted : {"seccomp", "Landlock", "namespaces", "PDFium", "Liberation Sans", "open /etc/shadow", "self-test"}) {
        EXPECT_NE(page.find(wanted), std::string::npos) << page;
    }
}

TEST(Doctor, fails_where_an_engine_that_was_asked_for_is_not_there) {
    testing::internal::CaptureStdout();
    EXPECT_EQ(doctor({.engines = "office", .engine_path = DOCWRIGHT_BINARY_FOLDER "/docwright-engine-failing"}), 1);
    EXPECT_NE(testing::internal::GetCapturedStdout().find("FAIL  engine office"), std::string::npos);
}

TEST(Doctor, fails_where_no_engine_can_be_started) {
    testing::internal::CaptureStdout();
    EXPECT_EQ(doctor({.engine_path = "/nonexistent"}), 1);
    EXPECT_NE(testing::internal::GetCapturedStdout().find("FAIL"), std::string::npos);
}

}  // namespace
}  // namespace docwright
