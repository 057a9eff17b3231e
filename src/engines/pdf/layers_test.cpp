// Text in layers that a viewer does not show.
#include <gtest/gtest.h>

#include "engines/pdf/open_for_test.h"

namespace docwright::pdf {
namespace {

using docwright::testing::PdfText;
using extract::Hidden;

// Two layers, /On and /Off; the page draws this content.
extract::PageFacts page_with_layers(std::string_view content, std::string_view xobject = "") {
    PdfText pdf;
    int on = pdf.add("<< /Type /OCG /Name (shown) >>"), off = pdf.add("<< /Type /OCG /Name (hidden) >>");
    int member = pdf.add("<< /Type /OCMD /OCGs [" + PdfText::reference(off) + "] >>");
    if (!xobject.empty()) {
        int form =
            pdf.add_stream(xobject, "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources 3 0 R /OC " + PdfText::reference(off));
        pdf.resources("/XObject << /Fm " + PdfText::reference(form) + " >>");
    }
    pdf.resources("/Properties << /On " + PdfText::reference(on) + " /Off " + PdfText::reference(off) + " /Member " +
                  PdfText::reference(member) + " >>");
    pdf.catalog("/OCProperties << /OCGs [" + PdfText::reference(on) + " " + PdfText::reference(off) + "] /D << /OFF [" +
                PdfText::reference(off) + "] >> >>");
    pdf.page(content);
    return OpenedPdf(pdf.bytes()).page();
}

TEST(Layers, text_in_a_hidden_layer_is_marked_and_other_text_is_not) {
    extract::PageFacts facts =
        page_with_layers("/OC /On BDC BT /F1 12 Tf 72 700 Td (a) Tj ET EMC /OC /Off BDC BT /F1 12 Tf 72 600 Td (b) Tj ET EMC");
    ASSERT_EQ(facts.glyphs.size(), 2U);
    EXPECT_EQ(facts.glyphs[0].hidden, Hidden::No);
    EXPECT_EQ(facts.glyphs[1].hidden, Hidden::LayerOff);
}

TEST(Layers, a_membership_in_hidden_layers_alone_hides) {
    extract::PageFacts facts = page_with_layers("/OC /Member BDC BT /F1 12 Tf 72 600 Td (b) Tj ET EMC");
    ASSERT_EQ(facts.glyphs.size(), 1U);
    EXPECT_EQ(facts.glyphs[0].hidden, Hidden::LayerOff);
}

TEST(Layers, a_form_in_a_hidden_layer_hides_all_that_it_draws) {
    extract::PageFacts facts = page_with_layers("/Fm Do", "BT /F1 12 Tf 72 600 Td (b) Tj ET 72 500 m 300 500 l S");
    ASSERT_EQ(facts.glyphs.size(), 1U);
    EXPECT_EQ(facts.glyphs[0].hidden, Hidden::LayerOff);
    EXPECT_TRUE(facts.rulings.empty());
}

TEST(Layers, a_link_and_a_note_in_a_hidden_layer_are_hidden) {
    PdfText pdf;
    int on = pdf.add("<< /Type /OCG /Name (shown) >>"), off = pdf.add("<< /Type /OCG /Name (hidden) >>");
    pdf.catalog("/OCProperties << /OCGs [" + PdfText::reference(on) + " " + PdfText::reference(off) + "] /D << /OFF [" +
                PdfText::reference(off) + "] >> >>");
    auto in = [](std::string_view subtype, int layer) {
        return "<< /Subtype /" + std::string(subtype) + " /Rect [72 700 172 720] /Contents (x) /A << /S /URI /URI (x:y) >> /OC " +
               PdfText::reference(layer) + " >> ";
    };
    pdf.page("", "/Annots [" + in("Link", on) + in("Link", off) + in("Text", on) + in("Text", off) + "]");
    OpenedPdf opened(pdf.bytes());
    const extract::PageFacts facts = opened.page();
    ASSERT_EQ(facts.links.size(), 2U);
    ASSERT_EQ(facts.annotations.size(), 2U);
    EXPECT_FALSE(facts.links[0].hidden);
    EXPECT_TRUE(facts.links[1].hidden);
    EXPECT_FALSE(facts.annotations[0].hidden);
    EXPECT_TRUE(facts.annotations[1].hidden);
}

}  // namespace
}  // namespace docwright::pdf
