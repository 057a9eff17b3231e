// The browser itself, with the real program: what is printed, what a page cannot do, and that nothing is left of it.
#include "engines/web/browser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/protocol/steady_time.h"
#include "engines/web/browser_for_test.h"

namespace docwright::web {
namespace {

using testing::HasSubstr;
using testing::Not;

class AWebPage : public testing::Test {
protected:
    static void SetUpTestSuite() { shared_ = std::make_unique<BrowserUnderTest>(); }
    static void TearDownTestSuite() { shared_.reset(); }
    void SetUp() override { ASSERT_TRUE(shared_->browser); }
    void TearDown() override { EXPECT_TRUE(shared_->browser->rest().ok()); }

    Print printed(const std::string& html, PrintSettings settings = {}) {
        html_ = html;
        PrintOrder order = order_of(html_, std::move(settings));
        order.patience.script_ms = 1500;
        order.patience.load_ms = 4000;
        Print print = web::print(*shared_->browser, order);
        EXPECT_TRUE(print.report.ok()) << print.report.error().message << " (" << print.report.error().detail << ")";
        return print;
    }

    // The first one is of a page that cannot be printed, the second one shows that the browser can still.
    Error failure(const std::string& html) {
        html_ = html;
        PrintOrder order = order_of(html_);
        order.patience.script_ms = 1500;
        order.patience.load_ms = 4000;
        order.patience.print_ms = 3000;
        const Print print = web::print(*shared_->browser, order);
        EXPECT_FALSE(print.report.ok());
        EXPECT_TRUE(shared_->browser->rest().ok());
        EXPECT_THAT(text_of_pdf(printed("<p>still here").pdf), HasSubstr("still here"));
        return print.report.ok() ? Error{Fault::Internal, "printed"} : print.report.error();
    }

    static std::unique_ptr<BrowserUnderTest> shared_;
    std::string html_;
};
std::unique_ptr<BrowserUnderTest> AWebPage::shared_;

TEST_F(AWebPage, becomes_a4_with_its_text_where_css_says_nothing) {
    const Print print = printed("<h1>Hello</h1><p>This is text.</p>");
    EXPECT_THAT(text_of_pdf(print.pdf), HasSubstr("This is text."));
    EXPECT_THAT(facts_of_pdf(print.pdf), HasSubstr("(A4)"));
    EXPECT_THAT(facts_of_pdf(print.pdf), testing::ContainsRegex("Pages: +1\n"));
}

TEST_F(AWebPage, has_the_size_that_css_asks_for) {
    EXPECT_THAT(facts_of_pdf(printed("<style>@page{size:A5 landscape}</style><p>x").pdf), HasSubstr("594.96 x 420 pts (A5)"));
}

TEST_F(AWebPage, has_the_size_of_the_request_whatever_css_asks_for) {
    const Print print = printed("<style>@page{size:A5 landscape;margin:2in} @page :first{size:A3}</style><p>x", {.size = Size{300, 600}});
    EXPECT_THAT(facts_of_pdf(print.pdf), HasSubstr("300 x 600 pts"));
}

TEST_F(AWebPage, has_the_margins_of_the_request_whatever_css_asks_for) {
    const Print print = printed("<style>body{margin:0} @page{margin:2in}</style><p style='margin:0'>x",
                                {.margins = {.top = 18, .right = {}, .bottom = {}, .left = 36}});
    EXPECT_THAT(asked_of("pdftotext -bbox", print.pdf, "-"), testing::ContainsRegex("xMin=\"3[567]\\.[0-9]+\" yMin=\"1[789]"));
}

TEST_F(AWebPage, goes_over_as_many_pages_as_it_needs) {
    const Print print = printed("<div style='break-after:page'>one</div><div style='break-after:page'>two</div><div>three</div>");
    EXPECT_THAT(facts_of_pdf(print.pdf), testing::ContainsRegex("Pages: +3\n"));
}

TEST_F(AWebPage, is_one_page_as_tall_as_its_content_where_asked_for) {
    std::string html = "<style>p{height:100px;margin:0}</style>";
    for (int i = 0; i < 50; ++i) html += "<p style='break-before:page'>" + std::to_string(i) + "</p>";
    const std::string facts = facts_of_pdf(printed(html, {.single_page = true}).pdf);
    EXPECT_THAT(facts, testing::ContainsRegex("Pages: +1\n"));
    EXPECT_THAT(facts, testing::ContainsRegex("594\\.96 x 38[0-9]+"));  // 50 x 75 points, two margins, the body's own
}

TEST_F(AWebPage, is_one_page_in_the_width_that_css_asks_for) {
    const std::string facts = facts_of_pdf(
        printed("<style>@page{size:150mm 80mm;margin:0} body{margin:0}</style><div style='height:1000px'>x</div>", {.single_page = true})
            .pdf);
    EXPECT_THAT(facts, testing::ContainsRegex("Pages: +1\n"));
    EXPECT_THAT(facts, testing::ContainsRegex("42[45][.0-9]* x 75[0-2]"));
}

constexpr const char* kWide = "<style>body{margin:0}</style><div style='width:3000px;text-align:right'>right</div>";

TEST_F(AWebPage, is_made_smaller_until_it_fits_or_cut_off_as_asked_for) {
    auto places = [&](const Print& print) { return asked_of("pdftotext -bbox", print.pdf, "-"); };
    EXPECT_THAT(places(printed(kWide)), testing::ContainsRegex("xMax=\"5[56][0-9]\\.[0-9]+\" yMax=\"[0-9.]+\">right"));
    EXPECT_THAT(places(printed(kWide, {.size = Size{300, 300}})),
                testing::ContainsRegex("xMax=\"2[67][0-9]\\.[0-9]+\" yMax=\"[0-9.]+\">right"));
    EXPECT_THAT(places(printed(kWide, {.fit_width = false})), Not(HasSubstr("right")));
}

TEST_F(AWebPage, carries_outline_tags_and_links) {
    const std::string html =
        "<h1 id=a>First</h1><h2>Second</h2><a href='https://x.example/'>out</a> <a href='other.html'>in</a> <a href='#a'>up</a>";
    const Print with = printed(html);
    EXPECT_THAT(facts_of_pdf(with.pdf), testing::ContainsRegex("Tagged: +yes"));
    EXPECT_THAT(asked_of("qpdf --json", with.pdf), HasSubstr("\"title\": \"Second\""));
    EXPECT_THAT(asked_of("pdfinfo -url", with.pdf), HasSubstr("https://x.example/"));
    const Print without = printed(html, {.tagged = false, .outline = false});
    EXPECT_THAT(facts_of_pdf(without.pdf), testing::ContainsRegex("Tagged: +no"));
    EXPECT_THAT(asked_of("qpdf --json", without.pdf), Not(HasSubstr("\"title\": \"Second\"")));
}

TEST_F(AWebPage, has_header_and_footer_with_page_numbers) {
    const Print print =
        printed("<div style='break-after:page'>one</div><div>two</div>",
                {.header = "<div style='font-size:10px'>Top line</div>",
                 .footer = "<div style='font-size:10px'><span class=pageNumber></span>/<span class=totalPages></span></div>"});
    EXPECT_THAT(text_of_pdf(print.pdf), HasSubstr("Top line"));
    EXPECT_THAT(text_of_pdf(print.pdf), HasSubstr("2/2"));
}

TEST_F(AWebPage, is_printed_with_what_scripts_add_after_it_has_loaded) {
    const Print print =
        printed("<p>early<script>addEventListener('load', () => setTimeout(() => { document.body.append('late'); }, 200))</script>");
    EXPECT_THAT(text_of_pdf(print.pdf), HasSubstr("late"));
    EXPECT_TRUE(print.report.value().settled);
}

TEST_F(AWebPage, is_printed_when_the_wanted_thing_is_there) {
    const char* html = "<script>setTimeout(() => { document.body.innerHTML = '<b id=here>arrived</b>'; }, 900)</script>";
    EXPECT_THAT(text_of_pdf(printed(html, {.wait_for = "#here"}).pdf), HasSubstr("arrived"));
    EXPECT_THAT(text_of_pdf(printed(html, {.wait_ms = 1200}).pdf), HasSubstr("arrived"));
}

TEST_F(AWebPage, that_never_settles_is_printed_as_it_is_and_says_so) {
    html_ = "<p>busy<script>setInterval(() => { document.title = performance.now(); document.body.append('.'); }, 20)</script>";
    PrintOrder order = order_of(html_);
    order.patience.settle_ms = 600;
    const Print print = web::print(*shared_->browser, order);
    ASSERT_TRUE(print.report.ok());
    EXPECT_FALSE(print.report.value().settled);
    EXPECT_THAT(text_of_pdf(print.pdf), HasSubstr("busy"));
}

TEST_F(AWebPage, shows_pictures_that_load_when_they_are_seen) {
    const std::string picture = "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='20'><text y='15'>drawn</text></svg>";
    html_ = "<p>top</p><div style='height:9000px'></div><img loading=lazy src=late.svg>";
    PrintOrder order = order_of(html_);
    order.source.files["/late.svg"] = {picture, "image/svg+xml"};
    const Print print = web::print(*shared_->browser, order);
    ASSERT_TRUE(print.report.ok());
    EXPECT_THAT(text_of_pdf(print.pdf), HasSubstr("drawn"));
    EXPECT_EQ(print.report.value().unanswered, 0);
}

TEST_F(AWebPage, goes_on_after_every_dialog) {
    EXPECT_THAT(text_of_pdf(printed("<script>alert(1); confirm(2); prompt(3)</script><p>after").pdf), HasSubstr("after"));
}

TEST_F(AWebPage, whose_script_never_ends_fails_alone) {
    for (const char* html :
         {"<p>x<script>for(;;);</script>", "<p>x<script>addEventListener('load', () => setTimeout(() => { for(;;); }))</script>"}) {
        const Error error = failure(html);
        EXPECT_EQ(error.reason, "TIMEOUT") << error.message;
        EXPECT_THAT(error.message, HasSubstr("script"));
    }
}

TEST_F(AWebPage, whose_script_never_ends_when_it_is_printed_fails_alone) {
    EXPECT_EQ(failure("<p>x<script>addEventListener('beforeprint', () => { for(;;); })</script>").reason, "TIMEOUT");
}

TEST_F(AWebPage, that_allocates_without_end_fails_alone) {
    const Error error = failure("<script>const all = []; for (;;) all.push(new Array(100000).fill(Math.random()));</script>");
    EXPECT_EQ(error.fault, Fault::LimitExceeded);
    EXPECT_EQ(error.reason, "") << error.message;
}

TEST_F(AWebPage, that_wants_a_selector_which_never_matches_fails) {
    html_ = "<p>x";
    PrintOrder order = order_of(html_, {.wait_for = "#never"});
    order.patience.script_ms = 500;
    EXPECT_EQ(web::print(*shared_->browser, order).report.error().reason, "TIMEOUT");
}

TEST_F(AWebPage, sees_nothing_of_the_one_before) {
    (void)printed("<script>localStorage.k='secret'; document.cookie='c=secret'; window.name='secret'; sessionStorage.k='secret'</script>x");
    const std::string text = text_of_pdf(printed("<p><script>document.write([localStorage.k, document.cookie, window.name, "
                                                 "sessionStorage.k, history.length].join(';'))</script>")
                                             .pdf);
    EXPECT_THAT(text, Not(HasSubstr("secret")));
    EXPECT_THAT(text, HasSubstr(";;;;2"));
}

TEST_F(AWebPage, is_never_lost_among_two_hundred_small_ones) {
    for (int i = 0; i < 200; ++i) {
        const Microseconds begin = steady_time();
        const Print print = printed("<p>number " + std::to_string(i));
        ASSERT_TRUE(print.report.ok()) << i;
        ASSERT_LT(steady_time() - begin, 10 * kMicrosecondsPerSecond) << i;
        ASSERT_TRUE(shared_->browser->rest().ok());
    }
}

}  // namespace
}  // namespace docwright::web
