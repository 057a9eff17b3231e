// The operation on uploads as clients send them, with a real browser.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/web/browser_for_test.h"
#include "formats/png.h"
#include "formats/zip.h"
#include "operations/all.h"

namespace docwright {
namespace {

using testing::HasSubstr;

struct Made {
    Result<TaskResult> result = Error{Fault::Internal, "not run"};
    std::string pdf = {};
};

class PdfFromHtml : public testing::Test {
protected:
    static void SetUpTestSuite() { shared_ = std::make_unique<web::BrowserUnderTest>(); }
    static void TearDownTestSuite() { shared_.reset(); }
    void SetUp() override { ASSERT_TRUE(shared_->browser); }
    void TearDown() override { EXPECT_TRUE(shared_->browser->rest().ok()); }

    static Made made(const Operation& operation, std::string_view upload, std::string_view body) {
        class Unheard final : public Progress {
            void report(int, int) override {}
        } progress;
        Result<OperationRequest> request = parse_request(operation, body);
        EXPECT_TRUE(request.ok());
        TaskFiles files{.output = ::memfd_create("output", MFD_CLOEXEC), .input_time = 1'700'000'000 * kMicrosecondsPerSecond};
        if (!operation.inputs.empty()) files.inputs.push_back({upload, "upload", "", ""});
        files.browser = shared_->browser.get();
        Made made;
        made.result = operation.body.run(request.value().values, files, progress);
        made.pdf.resize(static_cast<std::size_t>(::lseek(files.output, 0, SEEK_END)));
        EXPECT_EQ(::pread(files.output, made.pdf.data(), made.pdf.size(), 0), static_cast<ssize_t>(made.pdf.size()));
        ::close(files.output);
        return made;
    }
    static std::string pdf_of(std::string_view upload, std::string_view body = R"({"documentId":"a"})") {
        Made one = made(create_pdf_from_html, upload, body);
        EXPECT_TRUE(one.result.ok()) << one.result.error().message;
        EXPECT_TRUE(shared_->browser->rest().ok());
        return one.pdf;
    }

    static std::unique_ptr<web::BrowserUnderTest> shared_;
};
std::unique_ptr<web::BrowserUnderTest> PdfFromHtml::shared_;

std::string file_bytes(const char* path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string site() {
    const int file = ::memfd_create("site", MFD_CLOEXEC);
    formats::ZipWriter zip(file);
    auto add = [&](std::string_view name, std::string_view bytes) {
        EXPECT_TRUE(zip.begin_deflated(name).ok() && zip.add(bytes).ok() && zip.end().ok());
    };
    add("css/a b.css", "@font-face{font-family:Own;src:url(../fonts/own.ttf)} p{font-family:Own} @page{size:A5}");
    add("fonts/own.ttf", file_bytes("/usr/share/fonts/truetype/crosextra/Carlito-Italic.ttf"));
    add("img/dot.png", formats::encode_png(2, 2, 3, std::vector<std::uint8_t>(12, 200), 0));
    add("js/add.js", "export const text = 'from a module';");
    add("start.html",
        "<link rel=stylesheet href='css/a%20b.css'><p>Styled</p><img src='img/dot.png'><img src='missing.png'>"
        "<script type=module>import {text} from './js/add.js'; document.body.append(text);</script>");
    EXPECT_TRUE(zip.finish().ok());
    std::string bytes(static_cast<std::size_t>(::lseek(file, 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(file, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    ::close(file);
    return bytes;
}

TEST_F(PdfFromHtml, finds_style_font_picture_and_module_in_the_archive) {
    const std::string archive = site();
    const Made one = made(create_pdf_from_html, archive, R"({"documentId":"a"})");
    ASSERT_TRUE(one.result.ok()) << one.result.error().message;
    EXPECT_THAT(web::facts_of_pdf(one.pdf), HasSubstr("(A5)"));
    EXPECT_THAT(web::asked_of("pdffonts", one.pdf), HasSubstr("Carlito-Italic"));
    EXPECT_THAT(web::asked_of("pdfimages -list", one.pdf), testing::ContainsRegex("image +2 +2"));
    EXPECT_THAT(web::text_of_pdf(one.pdf), HasSubstr("from a module"));
    EXPECT_EQ(one.result.value().data, R"({"pageCount":1,"warnings":["1 of 6 requests of the page had no answer."]})");
}

TEST_F(PdfFromHtml, reads_the_encoding_that_the_file_has) {
    EXPECT_THAT(web::text_of_pdf(pdf_of("<p>gr\xC3\xBC\xC3\x9F")), HasSubstr("gr\xC3\xBC\xC3\x9F"));
    EXPECT_THAT(web::text_of_pdf(pdf_of("<meta charset=windows-1252><p>gr\xFC\xDF")), HasSubstr("gr\xC3\xBC\xC3\x9F"));
    EXPECT_THAT(web::text_of_pdf(pdf_of(std::string("\xFF\xFE<\0p\0>\0o\0k\0", 12))), HasSubstr("ok"));
}

TEST_F(PdfFromHtml, gives_the_same_bytes_for_the_same_page) {
    const std::string page = "<title>T</title><h1>One</h1><p>two <a href='next/page.html?x#y'>on</a>";
    const std::string first = pdf_of(page);
    EXPECT_EQ(first, pdf_of(page));
    EXPECT_THAT(web::facts_of_pdf(first), HasSubstr("CreationDate:    Tue Nov 14 22:13:20 2023"));
}

TEST_F(PdfFromHtml, keeps_relative_links_relative) {
    const std::string urls =
        web::asked_of("pdfinfo -url", pdf_of("<a href='next/page.html?x#y'>on</a> <a href='https://a.example/b'>off</a>"));
    EXPECT_THAT(urls, HasSubstr(" next/page.html?x#y\n"));
    EXPECT_THAT(urls, HasSubstr(" https://a.example/b\n"));
}

TEST_F(PdfFromHtml, takes_the_page_settings_as_clients_send_them) {
    const std::string pdf =
        pdf_of("<p style='height:3000px'>tall", R"({"documentId":"a","config":{"dimension":{"width":"300","height":"400"},
        "rotation":"ROTATE_CLOCKWISE_90","pageMode":"single_page","scalingMode":null}})");
    EXPECT_THAT(web::facts_of_pdf(pdf), testing::ContainsRegex("Pages: +1\n"));
    EXPECT_THAT(web::facts_of_pdf(pdf), testing::ContainsRegex("Page size: +300 x 23[0-9]+"));
    EXPECT_THAT(web::facts_of_pdf(pdf), testing::ContainsRegex("Page rot: +90"));
}

TEST_F(PdfFromHtml, writes_tags_small) {
    std::string rows;
    for (int i = 0; i < 400; ++i) rows += "<tr><td>" + std::to_string(i) + "<td>cell<td>cell<td>cell";
    EXPECT_LT(pdf_of("<table>" + rows + "</table>").size(), 150'000u);  // 500 kB as the browser writes it
}

TEST_F(PdfFromHtml, fails_as_fetch_failed_for_an_address_without_a_way_there) {
    const Made one = made(create_pdf_from_url, "", R"({"url":"http://127.0.0.1/"})");
    ASSERT_FALSE(one.result.ok());
    EXPECT_EQ(one.result.error().reason, "FETCH_FAILED");
}

}  // namespace
}  // namespace docwright
