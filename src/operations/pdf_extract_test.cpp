#include <gtest/gtest.h>

#include "engines/pdf/document.h"
#include "engines/pdf/library.h"
#include "operations/all.h"
#include "operations/run_for_test.h"
#include "tests/pdf_text.h"

namespace docwright {
namespace {

using docwright::testing::PdfText;

std::string three_pages() {
    PdfText pdf;
    for (const char* word : {"one", "two", "three"})
        pdf.page("BT /F1 12 Tf 14 TL 72 700 Td (page " + std::string(word) + ") Tj T* (next line) Tj ET");
    return pdf.bytes();
}

class PdfExtract : public ::testing::Test {
protected:
    pdf::Library library_;
};

TEST_F(PdfExtract, separates_the_text_of_pages_by_form_feeds) {
    OperationRun run = run_operation(pdf_extract, three_pages(), {{"extractType", "TEXT"}, {"pageRange", "1-2"}});
    ASSERT_TRUE(run.result.ok());
    EXPECT_EQ(run.result.value().format, Format::Text);
    EXPECT_EQ(run.output, "page one\nnext line\n\fpage two\nnext line\n");
}

TEST_F(PdfExtract, takes_pages_in_the_order_and_as_often_as_written) {
    OperationRun run = run_operation(pdf_extract, three_pages(), {{"extractType", "PAGE"}, {"pageRange", "3,1,1"}});
    ASSERT_TRUE(run.result.ok()) << run.result.error().message;
    auto copy = pdf::open_pdf(run.output, "");
    ASSERT_TRUE(copy.ok());
    EXPECT_EQ(copy.value()->facts().page_count, 3);
    EXPECT_EQ(copy.value()->read_page(0).value().glyphs.at(4).code, U't');
    EXPECT_EQ(copy.value()->read_page(2).value().glyphs.at(4).code, U'o');
}

TEST_F(PdfExtract, leaves_jpeg_data_as_it_is_and_makes_png_of_the_rest) {
    PdfText pdf;
    std::string jpeg = "\xFF\xD8\xFF not quite a picture, but nobody looks";
    int first = pdf.add_stream(
        jpeg, "/Type /XObject /Subtype /Image /Width 4 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode");
    int second = pdf.add_stream(std::string(24, 'a'),
                                "/Type /XObject /Subtype /Image /Width 4 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceRGB");
    pdf.resources("/XObject << /A " + PdfText::reference(first) + " /B " + PdfText::reference(second) + " >>");
    pdf.page("q 10 0 0 10 0 0 cm /A Do Q q 10 0 0 10 20 0 cm /B Do Q q 10 0 0 10 40 0 cm /B Do Q");
    OperationRun run = run_operation(pdf_extract, pdf.bytes(), {{"extractType", "IMAGE"}});
    ASSERT_TRUE(run.result.ok());
    EXPECT_EQ(run.result.value().format, Format::Zip);
    EXPECT_NE(run.output.find(jpeg), std::string::npos);
    EXPECT_NE(run.output.find("image_p1_1.jpg"), std::string::npos);
    EXPECT_NE(run.output.find("image_p1_2.png"), std::string::npos);
    EXPECT_EQ(run.output.find("image_p1_3"), std::string::npos) << "the same image is written once";
}

TEST_F(PdfExtract, gives_an_empty_zip_where_there_are_no_images) {
    OperationRun run = run_operation(pdf_extract, three_pages(), {{"extractType", "IMAGE"}});
    ASSERT_TRUE(run.result.ok());
    EXPECT_EQ(run.output.substr(0, 4), "PK\x05\x06");
}

TEST_F(PdfExtract, refuses_pages_that_do_not_exist) {
    OperationRun run = run_operation(pdf_extract, three_pages(), {{"extractType", "PAGE"}, {"pageRange", "9"}});
    ASSERT_FALSE(run.result.ok());
    EXPECT_EQ(run.result.error().reason, "PAGE_RANGE_INVALID");
}

}  // namespace
}  // namespace docwright
