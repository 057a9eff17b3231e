#include <gtest/gtest.h>

#include "engines/pdf/document.h"
#include "engines/pdf/library.h"
#include "tests/pdf_text.h"

namespace docwright::pdf {
namespace {

using docwright::testing::pdf_of;
using docwright::testing::PdfText;
using extract::Hidden;
using extract::PageFacts;

class PageText : public ::testing::Test {
protected:
    PageFacts first_page(const std::string& bytes) {
        bytes_ = bytes;
        auto opened = open_pdf(bytes_, "");
        EXPECT_TRUE(opened.ok()) << opened.error().message;
        source_ = std::move(opened).take();
        return source_->read_page(0).take();
    }
    static std::string spelled(const PageFacts& facts) {
        std::string text;
        for (const extract::Glyph& glyph : facts.glyphs) {
            if (glyph.space_before) text += ' ';
            text += glyph.code < 0x80 ? static_cast<char>(glyph.code) : '?';
        }
        return text;
    }
    Library library_;
    std::string bytes_;
    std::unique_ptr<extract::PageSource> source_;
};

TEST_F(PageText, gives_each_glyph_its_place_font_size_and_colour) {
    PageFacts facts = first_page(pdf_of("1 0 0 rg BT /F2 24 Tf 72 692 Td (Hi) Tj ET"));
    ASSERT_EQ(facts.glyphs.size(), 2U);
    const extract::Glyph& glyph = facts.glyphs[0];
    EXPECT_EQ(glyph.code, U'H');
    EXPECT_FLOAT_EQ(glyph.origin_x, 72);
    EXPECT_FLOAT_EQ(glyph.origin_y, 100);
    EXPECT_LT(glyph.advance.top, 85);
    EXPECT_GT(glyph.advance.bottom, 100);
    EXPECT_NEAR(glyph.advance.width(), 0.722 * 24, 0.01);
    EXPECT_EQ(glyph.hidden, Hidden::No);
    const extract::TextStyle& style = facts.styles.at(glyph.style);
    EXPECT_FLOAT_EQ(style.size, 24);
    EXPECT_EQ(style.color, 0xFF0000U);
    EXPECT_EQ(source_->facts().fonts.at(style.font).name, "Helvetica-Bold");
    EXPECT_EQ(source_->facts().fonts.at(style.font).weight, 700);
}

TEST_F(PageText, leaves_out_white_space_but_says_that_it_stood_there) {
    EXPECT_EQ(spelled(first_page(pdf_of("BT /F1 12 Tf 72 700 Td (to be) Tj ET"))), "to be");
}

TEST_F(PageText, follows_a_crop_box_that_does_not_start_at_the_origin) {
    PdfText pdf;
    pdf.page("BT /F1 10 Tf 150 250 Td (x) Tj ET", "/CropBox [100 200 400 500]");
    PageFacts facts = first_page(pdf.bytes());
    EXPECT_DOUBLE_EQ(facts.width, 300);
    EXPECT_DOUBLE_EQ(facts.height, 300);
    ASSERT_EQ(facts.glyphs.size(), 1U);
    EXPECT_FLOAT_EQ(facts.glyphs[0].origin_x, 50);
    EXPECT_FLOAT_EQ(facts.glyphs[0].origin_y, 250);
}

TEST_F(PageText, turns_with_the_page) {
    PdfText pdf;
    pdf.page("BT /F1 10 Tf 100 700 Td (x) Tj ET", "/Rotate 90");
    PageFacts facts = first_page(pdf.bytes());
    EXPECT_DOUBLE_EQ(facts.width, 792);
    EXPECT_EQ(facts.rotation, 90);
    ASSERT_EQ(facts.glyphs.size(), 1U);
    EXPECT_FLOAT_EQ(facts.glyphs[0].origin_x, 700);
    EXPECT_FLOAT_EQ(facts.glyphs[0].origin_y, 100);
    EXPECT_FLOAT_EQ(facts.styles.at(facts.glyphs[0].style).angle, 90);
}

TEST_F(PageText, marks_text_that_is_not_painted) {
    PageFacts facts = first_page(pdf_of("BT /F1 12 Tf 3 Tr 72 700 Td (ghost) Tj ET"));
    ASSERT_EQ(facts.glyphs.size(), 5U);
    EXPECT_EQ(facts.glyphs[0].hidden, Hidden::Invisible);
}

TEST_F(PageText, counts_the_size_after_all_matrices) {
    PageFacts facts = first_page(pdf_of("2 0 0 2 0 0 cm BT /F1 1 Tf 6 0 0 6 30 300 Tm (x) Tj ET"));
    ASSERT_EQ(facts.glyphs.size(), 1U);
    EXPECT_FLOAT_EQ(facts.styles.at(facts.glyphs[0].style).size, 12);
    EXPECT_FLOAT_EQ(facts.glyphs[0].origin_x, 60);
}

TEST_F(PageText, keeps_all_code_points_of_a_ligature_in_one_glyph) {
    PdfText pdf;
    int map = pdf.add_stream(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        "2 beginbfchar <41> <006600660069> <42> <D835DC00> endbfchar endcmap end end");
    int shape = pdf.add_stream("1000 0 0 0 750 750 d1 0 0 750 750 re f");
    int font = pdf.add("<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [.001 0 0 .001 0 0] /CharProcs << /a " +
                       PdfText::reference(shape) +
                       " >> /Encoding << /Differences [65 /a /a] >> /FirstChar 65 /LastChar 66 /Widths [1000 1000] /ToUnicode " +
                       PdfText::reference(map) + " >>");
    pdf.page("BT /T3 12 Tf 72 700 Td (AB) Tj ET", "/Resources << /Font << /T3 " + PdfText::reference(font) + " >> >>");
    PageFacts facts = first_page(pdf.bytes());
    ASSERT_EQ(facts.glyphs.size(), 2U);
    EXPECT_EQ(facts.glyphs[0].code, U'f');
    EXPECT_EQ(facts.further.substr(facts.glyphs[0].first_further, facts.glyphs[0].further_count), U"fi");
    EXPECT_EQ(facts.glyphs[1].code, U'\x1D400') << "a character beyond the basic plane";
    EXPECT_EQ(source_->facts().fonts.at(0).type, "Type3");
}

TEST_F(PageText, gives_a_hyphen_at_a_line_end_as_it_is_drawn) {
    EXPECT_EQ(spelled(first_page(pdf_of("BT /F1 12 Tf 14 TL 72 700 Td (sepa-) Tj T* (rate) Tj ET"))).substr(0, 5), "sepa-");
}

TEST_F(PageText, reads_overprinted_letters_once) {
    EXPECT_EQ(first_page(pdf_of("BT /F1 12 Tf 72 700 Td (Bold) Tj ET BT /F1 12 Tf 72.3 700 Td (Bold) Tj ET")).glyphs.size(), 4U);
}

TEST_F(PageText, spreads_a_replacement_text_over_what_it_replaces) {
    PageFacts facts = first_page(pdf_of("BT /F1 12 Tf 72 700 Td /Span <</ActualText (word)>> BDC (wxyz) Tj EMC ET"));
    ASSERT_EQ(facts.glyphs.size(), 4U);
    EXPECT_EQ(spelled(facts), "word");
    EXPECT_LT(facts.glyphs[0].origin_x, facts.glyphs[1].origin_x);
    EXPECT_LT(facts.glyphs[1].origin_x, facts.glyphs[2].origin_x);
}

// All shadows first: a shadow right before its word is left out by PDFium.
TEST_F(PageText, reads_shadowed_words_once_and_keeps_the_letters_on_top) {
    std::string shadows = "0.6 g ", words = "0 g ";
    for (int row = 0; row < 12; ++row) {
        const std::string word = std::string(" Td (ill") + static_cast<char>('a' + row) + ") Tj ET ";
        shadows += "BT /F1 20 Tf 73.2 " + std::to_string(698 - 30 * row) + word;
        words += "BT /F1 20 Tf 72 " + std::to_string(699 - 30 * row) + word;
    }
    PageFacts facts = first_page(pdf_of(shadows + words));
    int duplicates = 0, seen = 0;
    for (const extract::Glyph& glyph : facts.glyphs) {
        const bool shadow = facts.styles.at(glyph.style).color != 0;
        EXPECT_EQ(glyph.hidden, shadow ? Hidden::Duplicate : Hidden::No);
        ++(shadow ? duplicates : seen);
    }
    EXPECT_EQ(duplicates, 12 * 4);
    EXPECT_EQ(seen, 12 * 4);
}

TEST_F(PageText, does_not_take_narrow_letters_of_two_objects_for_duplicates) {
    PageFacts facts = first_page(pdf_of("BT /F1 20 Tf 72 700 Td (l) Tj ET BT /F1 20 Tf 76.4 700 Td (l) Tj ET"));
    ASSERT_EQ(facts.glyphs.size(), 2U);
    for (const extract::Glyph& glyph : facts.glyphs) EXPECT_EQ(glyph.hidden, Hidden::No);
}

}  // namespace
}  // namespace docwright::pdf
