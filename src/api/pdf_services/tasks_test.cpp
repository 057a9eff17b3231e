#include "api/pdf_services/tasks.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace docwright::pdf_services {
namespace {

struct WaitCase {
    const char* says;
    const char* prefer;  // the header; nullptr: none
    int seconds;
};
const WaitCase kWaitCases[] = {
    {"is_none_without_the_header", nullptr, 0},
    {"is_none_when_nothing_is_preferred", "", 0},
    {"is_what_is_preferred", "wait=5", 5},
    {"stands_among_other_preferences", "respond-async, wait=7 , handling=lenient", 7},
    {"is_named_in_any_case", "Wait=8", 8},
    {"is_the_limit_at_most", "wait=3600", limits::kWaitSeconds},
    {"is_none_when_zero", "wait=0", 0},
    {"is_none_when_below_zero", "wait=-1", 0},
    {"is_none_when_it_is_no_number", "wait=soon", 0},
    {"is_none_when_it_is_more_than_a_number", "wait=5s", 0},
    {"is_none_when_it_is_beyond_every_number", "wait=99999999999999999999", 0},
    {"is_the_first_that_can_be_read", "wait=x, wait=3, wait=4", 3},
};

class PreferredWait : public testing::TestWithParam<WaitCase> {};
TEST_P(PreferredWait, ) {
    http::Request request;
    if (GetParam().prefer) request.headers.push_back({"Prefer", GetParam().prefer});
    EXPECT_EQ(preferred_wait(request), GetParam().seconds);
}
INSTANTIATE_TEST_SUITE_P(, PreferredWait, testing::ValuesIn(kWaitCases), [](auto& test) { return test.param.says; });

}  // namespace
}  // namespace docwright::pdf_services
