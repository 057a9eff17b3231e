#include "engines/pdf/page_copy.h"

#include <gtest/gtest.h>

#include "engines/pdf/open_for_test.h"

namespace docwright::pdf {
namespace {

using docwright::testing::PdfText;

// Three pages that say 1, 2, 3; the first leads to the third and has a field.
std::string three_pages() {
    PdfText pdf;
    int link = pdf.reserve(), field = pdf.add("<< /Subtype /Widget /T (name) /FT /Tx /V (Ada) /Rect [0 0 10 10] >>");
    pdf.page("BT /F1 12 Tf 72 700 Td (1) Tj ET", "/Annots [" + PdfText::reference(link) + " " + PdfText::reference(field) + "]");
    pdf.page("BT /F1 12 Tf 72 700 Td (2) Tj ET");
    int third = pdf.page("BT /F1 12 Tf 72 700 Td (3) Tj ET");
    pdf.set(link, "<< /Subtype /Link /Rect [0 0 10 10] /A << /S /GoTo /D [" + PdfText::reference(third) + " /XYZ 72 700 null] >> >>");
    pdf.catalog("/AcroForm << /Fields [" + PdfText::reference(field) + "] >>");
    return pdf.bytes();
}

std::string copied(std::vector<int> pages) {
    auto copy = copy_pages(three_pages(), "", pages);
    EXPECT_TRUE(copy.ok()) << copy.error().message << copy.error().detail;
    return copy.ok() ? copy.value() : "";
}

std::string spelled(OpenedPdf& opened) {
    std::string text;
    for (int i = 0; i < opened.facts().page_count; ++i) text += static_cast<char>(opened.page(i).glyphs.at(0).code);
    return text;
}

TEST(PageCopy, keeps_order_and_repetitions_as_written) {
    OpenedPdf opened(copied({2, 0, 0, 1}));
    EXPECT_EQ(spelled(opened), "3112");
}

TEST(PageCopy, leads_links_to_the_copied_page) {
    OpenedPdf opened(copied({2, 0}));
    extract::PageFacts facts = opened.page(1);
    ASSERT_EQ(facts.links.size(), 1U);
    EXPECT_EQ(facts.links[0].target.page_index, 0);
    EXPECT_NEAR(facts.links[0].target.point.y, 92, 1e-3);
}

TEST(PageCopy, drops_links_to_pages_left_behind) {
    OpenedPdf opened(copied({0, 1}));
    EXPECT_TRUE(opened.page(0).links.empty());
}

TEST(PageCopy, keeps_fields_and_their_values) {
    OpenedPdf opened(copied({0}));
    ASSERT_EQ(opened.facts().fields.size(), 1U);
    EXPECT_EQ(opened.facts().fields[0].name, "name");
    EXPECT_EQ(opened.facts().fields[0].values, std::vector<std::string>{"Ada"});
}

TEST(PageCopy, is_the_same_bytes_each_time) { EXPECT_EQ(copied({1, 2}), copied({1, 2})); }

TEST(PageCopy, leaves_nothing_of_other_pages) { EXPECT_EQ(copied({1}).find("(3) Tj"), std::string::npos); }

}  // namespace
}  // namespace docwright::pdf
