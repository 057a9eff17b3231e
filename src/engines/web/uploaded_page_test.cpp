#include "engines/web/uploaded_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <utility>
#include <vector>

#include "base/limits.h"
#include "formats/zip.h"

namespace docwright::web {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

std::string zip_of(const Files& files) {
    const int file = ::memfd_create("zip", MFD_CLOEXEC);
    formats::ZipWriter zip(file);
    for (const auto& [name, bytes] : files) {
        EXPECT_TRUE(zip.begin_deflated(name).ok() && zip.add(bytes).ok() && zip.end().ok());
    }
    EXPECT_TRUE(zip.finish().ok());
    std::string bytes(static_cast<std::size_t>(::lseek(file, 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(file, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    ::close(file);
    return bytes;
}

std::string page_of(const Files& files) {
    const std::string zip = zip_of(files);
    Result<UploadedPage> page = read_upload(zip);
    return page.ok() ? page.value().source.page : page.error().message;
}

TEST(UploadedPage, is_the_only_html_file_at_the_top_of_a_zip) {
    EXPECT_EQ(page_of({{"css/a.css", "a{}"}, {"report.HTM", "<p>"}, {"sub/other.html", "<p>"}}), "/report.HTM");
}
TEST(UploadedPage, is_index_html_among_several) {
    EXPECT_EQ(page_of({{"a.html", "<p>"}, {"index.html", "<p>"}, {"z.html", "<p>"}}), "/index.html");
}
TEST(UploadedPage, is_found_below_one_folder_around_everything) {
    EXPECT_EQ(page_of({{"site/page.html", "<p>"}, {"site/img/a.png", "x"}, {"__MACOSX/site/._page.html", "x"}}), "/site/page.html");
}
TEST(UploadedPage, is_refused_where_it_is_not_clear_which_one_is_meant) {
    EXPECT_THAT(page_of({{"a.html", "<p>"}, {"b.html", "<p>"}}), testing::HasSubstr("several"));
    EXPECT_THAT(page_of({{"a.css", "x"}, {"sub/b.html", "<p>"}}), testing::HasSubstr("no HTML file"));
}
TEST(UploadedPage, is_refused_where_a_name_leads_out_of_the_archive) {
    for (const char* name : {"../a.css", "a/../../b", "/etc/passwd", "C:\\a.css", "a//b", "./a"}) {
        EXPECT_THAT(page_of({{"index.html", "<p>"}, {name, "x"}}), testing::HasSubstr("no path")) << name;
    }
}
TEST(UploadedPage, is_refused_where_the_archive_unpacks_to_too_much) {
    const std::string zip = zip_of({{"index.html", "<p>"}, {"bomb", std::string(limits::kWebFileBytes + 1, 'a')}});
    EXPECT_LT(zip.size(), 1024u * 1024);
    EXPECT_EQ(read_upload(zip).error().fault, Fault::LimitExceeded);
    Files many = {{"index.html", "<p>"}};
    for (std::size_t i = 0; i <= limits::kSiteFiles; ++i) many.emplace_back("f" + std::to_string(i), "");
    EXPECT_THAT(page_of(many), testing::HasSubstr("more than 2000 files"));
}
TEST(UploadedPage, is_refused_where_it_is_something_else) {
    for (const std::string& bytes : {std::string("%PDF-1.7\n"), std::string("\x89PNG\r\n"), std::string("MZ\0\0", 4)}) {
        EXPECT_EQ(read_upload(bytes).error().reason, "NOT_HTML");
    }
    EXPECT_EQ(read_upload("PK\3\4 but not more").error().reason, "DAMAGED");
}
TEST(UploadedPage, has_its_files_under_their_paths_with_their_types) {
    const std::string zip =
        zip_of({{"index.html", "<p>\xC3\xA4"}, {"css\\a.css", "a{}"}, {"img/x.png", "1"}, {"font.woff2", "1"}, {"data.bin", "1"}});
    const Result<UploadedPage> page = read_upload(zip);
    ASSERT_TRUE(page.ok());
    auto type = [&](const char* path) { return page.value().source.files.at(path).content_type; };
    EXPECT_EQ(type("/index.html"), "text/html; charset=utf-8");
    EXPECT_EQ(type("/css/a.css"), "text/css; charset=utf-8");
    EXPECT_EQ(type("/img/x.png"), "image/png");
    EXPECT_EQ(type("/font.woff2"), "font/woff2");
    EXPECT_EQ(type("/data.bin"), "");
}

TEST(HtmlType, names_utf8_only_where_the_file_does_not_say_and_is) {
    EXPECT_EQ(html_type_of("<p>\xC3\xA4"), "text/html; charset=utf-8");
    EXPECT_EQ(html_type_of("<p>\xE4"), "text/html");
    EXPECT_EQ(html_type_of("<META charset='windows-1252'><p>\xC3\xA4"), "text/html");
    EXPECT_EQ(html_type_of("<meta http-equiv=Content-Type content='text/html; charset=gb2312'>"), "text/html");
    EXPECT_EQ(html_type_of("\xEF\xBB\xBF<p>"), "text/html");
    EXPECT_EQ(html_type_of(std::string("\xFF\xFE<\0p\0>\0", 8)), "text/html");
}

}  // namespace
}  // namespace docwright::web
