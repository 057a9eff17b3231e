#include "engines/web/still_page.h"

#include <gtest/gtest.h>

namespace docwright::web {
namespace {

TEST(APageOfTextAndStyle, stays_as_it_has_loaded) {
    EXPECT_TRUE(stays_as_loaded("<!doctype html><title>Letter</title><style>p{color:red}</style><p>On one condition = none.</p>"));
    EXPECT_TRUE(stays_as_loaded("<p>The icon=new, \xc3\xa4\xc3\xb6, and a picture: <img src='data:image/png;base64,AAAA'></p>"));
    EXPECT_TRUE(stays_as_loaded(""));
}

class APageWith : public testing::TestWithParam<const char*> {};

TEST_P(APageWith, is_looked_into) { EXPECT_FALSE(stays_as_loaded(GetParam())); }

INSTANTIATE_TEST_SUITE_P(Restless, APageWith,
                         testing::Values("<SCRIPT>document.title=1</SCRIPT>", "<body onload=start()>", "<img src=x\nonerror = 'x()'>",
                                         "<svg/onbegin=x>", "<img alt=\"\"onload=x>", "<iframe srcdoc='&lt;script&gt;'></iframe>",
                                         "<meta http-equiv=refresh content=0>", "<style>@font-face{font-family:a}</style>",
                                         "<style>@import 'a.css';</style>", "<link rel=stylesheet href=a.css>", "<video src=a></video>",
                                         "\xff\xfe<\0s\0c", "\xfe\xff"));

TEST(APageWithZeroBytes, may_be_of_any_encoding) {
    using namespace std::string_view_literals;
    EXPECT_FALSE(stays_as_loaded("<\0p\0>\0"sv));
}

}  // namespace
}  // namespace docwright::web
