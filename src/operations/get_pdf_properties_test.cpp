#include <gtest/gtest.h>

#include "engines/pdf/library.h"
#include "operations/all.h"
#include "operations/run_for_test.h"
#include "tests/pdf_text.h"

namespace docwright {
namespace {

using docwright::testing::PdfText;

TEST(GetPdfProperties, tells_document_and_pages) {
    pdf::Library library;
    PdfText pdf;
    int info = pdf.add("<< /Title (A report) >>");
    pdf.trailer("/Info " + PdfText::reference(info));
    pdf.page("BT /F1 12 Tf 72 700 Td (x) Tj ET");
    pdf.page("", "/Rotate 90");
    std::string bytes = pdf.bytes();
    OperationRun run = run_operation(get_pdf_properties, bytes, {});
    ASSERT_TRUE(run.result.ok()) << run.result.error().message;
    EXPECT_EQ(run.output, run.result.value().data) << "the task and the document say the same";
    json::value result = json::parse(run.output);
    EXPECT_EQ(result.at_pointer("/docInfo/pageCount").to_number<int>(), 2);
    EXPECT_EQ(result.at_pointer("/docInfo/fileSize").to_number<std::size_t>(), bytes.size());
    EXPECT_EQ(result.at_pointer("/docInfo/title").as_string(), "A report");
    EXPECT_EQ(result.at_pointer("/docInfo/isEncrypted").as_bool(), false);
    EXPECT_EQ(result.at_pointer("/extendedInfo/fonts/0/name").as_string(), "Helvetica");
    EXPECT_EQ(result.at_pointer("/pageInfo/0/hasText").as_bool(), true);
    EXPECT_EQ(result.at_pointer("/pageInfo/1/rotation").to_number<int>(), 90);
    EXPECT_EQ(result.at_pointer("/pageInfo/1/width").to_number<double>(), 792);
}

TEST(GetPdfProperties, counts_pages_with_both_switches_off) {
    pdf::Library library;
    OperationRun run =
        run_operation(get_pdf_properties, docwright::testing::pdf_of(""), {{"includeExtendedInfo", false}, {"includePageInfo", false}});
    json::value result = json::parse(run.output);
    EXPECT_EQ(result.at_pointer("/docInfo/pageCount").to_number<int>(), 1);
    EXPECT_FALSE(result.as_object().contains("extendedInfo"));
    EXPECT_FALSE(result.as_object().contains("pageInfo"));
}

TEST(GetPdfProperties, refuses_what_is_no_pdf) {
    pdf::Library library;
    OperationRun run = run_operation(get_pdf_properties, "PK", {});
    ASSERT_FALSE(run.result.ok());
    EXPECT_EQ(run.result.error().reason, "NOT_PDF");
}

}  // namespace
}  // namespace docwright
