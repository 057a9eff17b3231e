// Whose order counts on a tagged page: that of the tags where they can be trusted (contract/structure-info.md, 5.1).
#include <gtest/gtest.h>

#include <array>

#include "engines/pdf/library.h"
#include "operations/all.h"
#include "operations/run_for_test.h"
#include "tests/pdf_text.h"

namespace docwright {
namespace {

using docwright::testing::PdfText;

constexpr int kLines = 12;

// Lines of one paragraph, as one piece of marked content.
std::string paragraph(int content, int x, int y, std::string_view word) {
    std::string out = "/P <</MCID " + std::to_string(content) + ">> BDC\n";
    for (int line = 0; line < kLines; ++line) {
        out += "BT /F1 10 Tf " + std::to_string(x) + " " + std::to_string(y - 12 * line) + " Td (" + std::string(word) +
               " and the rest of a line of the text) Tj ET\n";
    }
    return out + "EMC\n";
}

// Two columns of two paragraphs each: contents 0 and 1 at the left, 2 and 3 at the right. Tags in the order given.
std::string two_columns(const std::vector<int>& tagged) {
    PdfText pdf;
    const int root = pdf.reserve();
    std::array<int, 4> tags{};
    for (int& tag : tags) tag = pdf.reserve();
    const int page = pdf.page(
        paragraph(0, 60, 700, "Alpha") + paragraph(1, 60, 500, "Beta") + paragraph(2, 330, 700, "Gamma") + paragraph(3, 330, 500, "Delta"),
        "/StructParents 0");
    std::string kids, parents;
    for (int content : tagged) kids += PdfText::reference(tags[static_cast<std::size_t>(content)]) + " ";
    for (int content = 0; content < 4; ++content) {
        const int tag = tags[static_cast<std::size_t>(content)];
        parents += PdfText::reference(tag) + " ";
        pdf.set(tag, "<< /Type /StructElem /S /P /P " + PdfText::reference(root) + " /Pg " + PdfText::reference(page) + " /K " +
                         std::to_string(content) + " >>");
    }
    pdf.set(root, "<< /Type /StructTreeRoot /K [" + kids + "] /ParentTree << /Nums [0 [" + parents + "]] >> >>");
    pdf.catalog("/MarkInfo << /Marked true >> /StructTreeRoot " + PdfText::reference(root));
    return pdf.bytes();
}

// The first words of the paragraphs, in the order of the result.
std::vector<std::string> order_of(const std::string& pdf) {
    const pdf::Library library;
    const Operation* operation = operation_named(all_operations(), "pdf-structural-extract");
    const OperationRun run = run_operation(*operation, pdf, parse_values(*operation, {{"outputFormat", "json"}}).take());
    std::vector<std::string> words;
    if (!run.result.ok()) return words;
    const json::value result = json::parse(run.output);
    for (const json::value& element : result.at("analyzeResult").at("elements").as_array()) {
        const std::string text(element.at("content").at("text").as_string());
        words.push_back(text.substr(0, text.find(' ')));
    }
    return words;
}

using Words = std::vector<std::string>;

TEST(TaggedOrder, is_that_of_the_tags) {
    EXPECT_EQ(order_of(two_columns({2, 3, 0, 1})), (Words{"Gamma", "Delta", "Alpha", "Beta"}));
    EXPECT_EQ(order_of(two_columns({0, 2, 1, 3})), (Words{"Alpha", "Gamma", "Beta", "Delta"}));
}

TEST(TaggedOrder, is_that_of_the_layout_where_the_tags_read_a_column_upwards) {
    EXPECT_EQ(order_of(two_columns({2, 3, 1, 0})), (Words{"Alpha", "Beta", "Gamma", "Delta"}));
}

TEST(TaggedOrder, is_that_of_the_layout_where_the_tags_leave_text_out) {
    EXPECT_EQ(order_of(two_columns({2, 3, 0})), (Words{"Alpha", "Beta", "Gamma", "Delta"}));
}

}  // namespace
}  // namespace docwright
