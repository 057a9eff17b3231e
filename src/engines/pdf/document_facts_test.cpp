// Metadata, form fields, outline, attachments, signatures and page labels of documents written as text.
#include <gtest/gtest.h>

#include "engines/pdf/open_for_test.h"

namespace docwright::pdf {
namespace {

using docwright::testing::pdf_of;
using docwright::testing::PdfText;
using extract::DocumentFacts;
using extract::Field;
using extract::FieldType;

// A document with one page and a form of these fields; widgets are listed on the page too.
struct FormText {
    PdfText pdf;
    std::string fields, widgets;
    int field(const std::string& body, bool on_page = true) {
        int number = pdf.add(body);
        fields += PdfText::reference(number) + " ";
        if (on_page) widgets += PdfText::reference(number) + " ";
        return number;
    }
    int widget(const std::string& body) {
        int number = pdf.add(body);
        widgets += PdfText::reference(number) + " ";
        return number;
    }
    std::string bytes() {
        pdf.page("", "/Annots [" + widgets + "]");
        pdf.catalog("/AcroForm << /Fields [" + fields + "] >>");
        return pdf.bytes();
    }
};

TEST(DocumentFacts, says_what_the_document_says_about_itself) {
    PdfText pdf;
    int info = pdf.add("<< /Title (A report) /Author <FEFF00C4> /CreationDate (D:20250131102030+01'00') >>");
    int xmp = pdf.add_stream(
        R"(<x><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><pdf:Keywords>a &amp; b</pdf:Keywords></x>)",
        "/Type /Metadata /Subtype /XML");
    pdf.trailer("/Info " + PdfText::reference(info));
    pdf.catalog("/Lang (en-GB) /Metadata " + PdfText::reference(xmp));
    pdf.page("");
    OpenedPdf opened(pdf.bytes());
    const DocumentFacts& facts = opened.facts();
    EXPECT_EQ(facts.page_count, 1);
    EXPECT_EQ(facts.title, "A report");
    EXPECT_EQ(facts.author, "Ä");
    EXPECT_EQ(facts.keywords, "a & b");
    EXPECT_EQ(facts.creation_date, "2025-01-31T09:20:30Z");
    EXPECT_EQ(facts.pdf_version, "1.7");
    EXPECT_EQ(facts.language, "en-GB");
    EXPECT_EQ(facts.pdfa_level, "2B");
    EXPECT_FALSE(facts.has_acroform);
    EXPECT_FALSE(facts.encrypted);
    EXPECT_FALSE(facts.tagged);
}

TEST(DocumentFacts, text_fields_have_full_names_and_inherit) {
    FormText form;
    int parent = form.pdf.reserve();
    int kid = form.widget("<< /Subtype /Widget /Parent " + PdfText::reference(parent) +
                          " /T (street) /Rect [100 700 200 720] /V (Main St) /TU (Street) /Ff 2 >>");
    form.pdf.set(parent, "<< /T (address) /FT /Tx /MaxLen 40 /Kids [" + PdfText::reference(kid) + "] >>");
    form.fields += PdfText::reference(parent);
    OpenedPdf opened(form.bytes());
    ASSERT_EQ(opened.facts().fields.size(), 1U);
    const Field& field = opened.facts().fields[0];
    EXPECT_EQ(field.name, "address.street");
    EXPECT_EQ(field.alternate_name, "Street");
    EXPECT_EQ(field.type, FieldType::Text);
    EXPECT_EQ(field.values, std::vector<std::string>{"Main St"});
    EXPECT_TRUE(field.required);
    EXPECT_FALSE(field.read_only);
    EXPECT_EQ(field.max_length, 40);
    ASSERT_EQ(field.widgets.size(), 1U);
    EXPECT_EQ(field.widgets[0].page_index, 0);
    EXPECT_NEAR(field.widgets[0].box.top, 72, 1e-6);
}

TEST(DocumentFacts, a_field_without_widget_is_a_field) {
    FormText form;
    form.field("<< /T (ghost) /FT /Tx /V (boo) >>", false);
    OpenedPdf opened(form.bytes());
    ASSERT_EQ(opened.facts().fields.size(), 1U);
    EXPECT_TRUE(opened.facts().fields[0].widgets.empty());
}

TEST(DocumentFacts, widgets_that_the_form_forgot_are_fields) {
    FormText form;
    form.widget("<< /Subtype /Widget /T (lost) /FT /Tx /V (found) /Rect [0 0 10 10] >>");
    OpenedPdf opened(form.bytes());
    ASSERT_EQ(opened.facts().fields.size(), 1U);
    EXPECT_EQ(opened.facts().fields[0].name, "lost");
}

TEST(DocumentFacts, a_radio_group_is_one_field_with_its_labels) {
    FormText form;
    int group = form.pdf.reserve();
    std::string kids;
    for (const char* state : {"0", "1"}) {
        std::string on = std::string(state) == "1" ? "1" : "Off";
        int kid = form.widget("<< /Subtype /Widget /Parent " + PdfText::reference(group) + " /Rect [0 0 10 10] /AS /" + on +
                              " /AP << /N << /" + state + " null /Off null >> /D << /" + state + " 3 0 R >> >> >>");
        kids += PdfText::reference(kid) + " ";
    }
    form.pdf.set(group, "<< /T (color) /FT /Btn /Ff 32768 /V /1 /Opt [(red) (blue)] /Kids [" + kids + "] >>");
    form.fields += PdfText::reference(group);
    OpenedPdf opened(form.bytes());
    ASSERT_EQ(opened.facts().fields.size(), 1U);
    const Field& field = opened.facts().fields[0];
    EXPECT_EQ(field.type, FieldType::Radio);
    EXPECT_EQ(field.values, std::vector<std::string>{"1"});
    EXPECT_EQ(field.display_value, "blue");
    ASSERT_EQ(field.widgets.size(), 2U);
    EXPECT_FALSE(field.widgets[0].checked);
    EXPECT_TRUE(field.widgets[1].checked);
    EXPECT_EQ(field.widgets[1].export_value, "1");
    EXPECT_TRUE(field.options[1].selected);
}

TEST(DocumentFacts, a_check_box_without_a_value_has_the_state_of_its_widget) {
    FormText form;
    form.field("<< /Subtype /Widget /T (agree) /FT /Btn /Rect [0 0 10 10] /AS /Yes /AP << /N << /Yes 3 0 R /Off 3 0 R >> >> >>");
    form.field("<< /Subtype /Widget /T (refuse) /FT /Btn /Rect [0 0 10 10] /AP << /N << /Yes 3 0 R >> >> >>");
    OpenedPdf opened(form.bytes());
    ASSERT_EQ(opened.facts().fields.size(), 2U);
    EXPECT_EQ(opened.facts().fields[0].values, std::vector<std::string>{"Yes"});
    EXPECT_TRUE(opened.facts().fields[0].checked);
    EXPECT_EQ(opened.facts().fields[1].values, std::vector<std::string>{"Off"});
}

TEST(DocumentFacts, choices_have_values_and_labels) {
    FormText form;
    form.field(
        "<< /Subtype /Widget /T (fruit) /FT /Ch /Ff 2097152 /Rect [0 0 10 10] /Opt [[(a) (Apple)] [(b) (Banana)] (Cherry)] /V [(b) "
        "(Cherry)] >>");
    OpenedPdf opened(form.bytes());
    const Field& field = opened.facts().fields.at(0);
    EXPECT_EQ(field.type, FieldType::ListBox);
    EXPECT_TRUE(field.multi_select);
    EXPECT_EQ(field.values, (std::vector<std::string>{"b", "Cherry"}));
    EXPECT_EQ(field.display_value, "Banana, Cherry");
    EXPECT_FALSE(field.options[0].selected);
    EXPECT_TRUE(field.options[2].selected);
}

TEST(DocumentFacts, says_when_the_drawn_text_is_not_the_stored_value) {
    FormText form;
    int shown =
        form.pdf.add_stream("/Tx BMC BT /F1 12 Tf 2 2 Td (1,234.50) Tj ET EMC", "/Subtype /Form /BBox [0 0 100 20] /Resources 3 0 R");
    form.field("<< /Subtype /Widget /T (total) /FT /Tx /V (1234.5) /Rect [0 0 100 20] /AP << /N " + PdfText::reference(shown) + " >> >>");
    OpenedPdf opened(form.bytes());
    const Field& field = opened.facts().fields.at(0);
    EXPECT_TRUE(field.appearance_differs);
    EXPECT_EQ(field.values, std::vector<std::string>{"1234.5"});
    EXPECT_EQ(field.display_value, "1,234.50");
    EXPECT_EQ(field.widgets[0].appearance_text, "1,234.50");
}

TEST(DocumentFacts, reads_drawn_text_of_a_composite_font_by_its_character_map) {
    FormText form;
    int map = form.pdf.add_stream(
        "1 beginbfchar <0007> <00660069> endbfchar 2 beginbfrange <0010> <0012> <03B1> <0020> <0021> [<0058> <D83DDE00>] "
        "endbfrange");
    int font =
        form.pdf.add("<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /ToUnicode " + PdfText::reference(map) + " >>");
    auto field = [&](std::string_view name, std::string_view codes) {
        int shown =
            form.pdf.add_stream("/Tx BMC BT /C0 12 Tf 2 2 Td <" + std::string(codes) + "> Tj ET EMC",
                                "/Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /C0 " + PdfText::reference(font) + " >> >>");
        form.field("<< /Subtype /Widget /T (" + std::string(name) + ") /FT /Tx /V (x) /Rect [0 0 100 20] /AP << /N " +
                   PdfText::reference(shown) + " >> >>");
    };
    field("known", "000700110012002000210010");
    field("unknown", "00070099");
    OpenedPdf opened(form.bytes());
    ASSERT_EQ(opened.facts().fields.size(), 2U);
    EXPECT_EQ(opened.facts().fields[0].widgets[0].appearance_text, "fiβγX😀α");
    EXPECT_EQ(opened.facts().fields[1].widgets[0].appearance_text, "");
}

TEST(DocumentFacts, a_signature_tells_what_it_covers) {
    FormText form;
    int value = form.pdf.add(
        "<< /Type /Sig /SubFilter /adbe.pkcs7.detached /Name (Ada) /Reason (Approval) /M (D:20250101000000Z) /ByteRange [0 10 20 30] "
        "/Contents <00> /Reference [<< /TransformMethod /DocMDP >>] >>");
    form.field("<< /Subtype /Widget /T (sign) /FT /Sig /Rect [0 0 10 10] /V " + PdfText::reference(value) + " >>");
    form.field("<< /Subtype /Widget /T (later) /FT /Sig /Rect [0 0 10 10] >>");
    OpenedPdf opened(form.bytes());
    const extract::SignatureFacts& facts = opened.facts().fields.at(0).signature;
    EXPECT_TRUE(facts.is_signed);
    EXPECT_EQ(facts.signer, "Ada");
    EXPECT_EQ(facts.time, "2025-01-01T00:00:00Z");
    EXPECT_TRUE(facts.certifies);
    EXPECT_FALSE(facts.covers_whole_file);
    EXPECT_FALSE(opened.facts().fields.at(1).signature.is_signed);
}

TEST(DocumentFacts, the_outline_ends_at_a_cycle) {
    PdfText pdf;
    int page = pdf.page("");
    int first = pdf.reserve(), second = pdf.reserve();
    pdf.set(first, "<< /Title (One) /Dest [" + PdfText::reference(page) + " /XYZ 72 700 0] /First " + PdfText::reference(second) +
                       " /Next " + PdfText::reference(first) + " >>");
    pdf.set(second, "<< /Title (Two) /First " + PdfText::reference(first) + " >>");
    pdf.catalog("/Outlines << /First " + PdfText::reference(first) + " >>");
    OpenedPdf opened(pdf.bytes());
    const auto& outline = opened.facts().outline;
    ASSERT_EQ(outline.size(), 2U);
    EXPECT_EQ(outline[0].title, "One");
    EXPECT_EQ(outline[0].page_index, 0);
    EXPECT_NEAR(outline[0].point.y, 92, 1e-6);
    EXPECT_EQ(outline[1].level, 2);
}

TEST(DocumentFacts, lists_attachments) {
    PdfText pdf;
    int file = pdf.add_stream("hello", "/Type /EmbeddedFile /Subtype /text#2Fplain /Params << /Size 5 >>");
    pdf.catalog("/Names << /EmbeddedFiles << /Names [(a) << /F (note.txt) /EF << /F " + PdfText::reference(file) + " >> >>] >> >>");
    pdf.page("");
    OpenedPdf opened(pdf.bytes());
    ASSERT_EQ(opened.facts().attachments.size(), 1U);
    EXPECT_EQ(opened.facts().attachments[0].name, "note.txt");
    EXPECT_EQ(opened.facts().attachments[0].bytes, 5);
    EXPECT_EQ(opened.facts().attachments[0].media_type, "text/plain");
}

TEST(DocumentFacts, pages_have_the_labels_of_the_file) {
    PdfText pdf;
    pdf.page("");
    pdf.page("");
    pdf.catalog("/PageLabels << /Nums [0 << /S /r /St 4 >> 1 << /S /D /P (A-) >>] >>");
    OpenedPdf opened(pdf.bytes());
    EXPECT_EQ(opened.page(0).label, "iv");
    EXPECT_EQ(opened.page(1).label, "A-1");
}

TEST(DocumentFacts, without_labels_in_the_file_pages_have_none) {
    OpenedPdf opened(pdf_of(""));
    EXPECT_EQ(opened.page().label, "");
}

}  // namespace
}  // namespace docwright::pdf
