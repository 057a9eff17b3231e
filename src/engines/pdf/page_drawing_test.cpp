// Rulings, fills, drawings, images and hidden text of pages written as text.
#include <gtest/gtest.h>

#include "engines/pdf/document.h"
#include "engines/pdf/library.h"
#include "tests/pdf_text.h"

namespace docwright::pdf {
namespace {

using docwright::testing::pdf_of;
using docwright::testing::PdfText;
using extract::Axis;
using extract::Hidden;
using extract::PageFacts;
using extract::RulingSource;

class PageDrawing : public ::testing::Test {
protected:
    PageFacts page_of(const std::string& bytes) {
        bytes_ = bytes;
        source_ = open_pdf(bytes_, "").take();
        return source_->read_page(0).take();
    }
    PageFacts drawn(std::string_view content) { return page_of(pdf_of(content)); }
    Hidden hidden_of_first_glyph(std::string_view content) {
        PageFacts facts = drawn(content);
        EXPECT_FALSE(facts.glyphs.empty());
        return facts.glyphs.empty() ? Hidden::No : facts.glyphs[0].hidden;
    }
    Library library_;
    std::string bytes_;
    std::unique_ptr<extract::PageSource> source_;
};

TEST_F(PageDrawing, a_stroked_segment_is_a_ruling) {
    PageFacts facts = drawn("0.5 w 72 692 m 300 692 l S");
    ASSERT_EQ(facts.rulings.size(), 1U);
    const extract::Ruling& ruling = facts.rulings[0];
    EXPECT_EQ(ruling.axis, Axis::Horizontal);
    EXPECT_NEAR(ruling.position, 100, 1e-3);
    EXPECT_NEAR(ruling.from, 72, 1e-3);
    EXPECT_NEAR(ruling.to, 300, 1e-3);
    EXPECT_NEAR(ruling.thickness, 0.5, 1e-3);
    EXPECT_EQ(ruling.source, RulingSource::Stroke);
}

TEST_F(PageDrawing, a_thin_filled_rectangle_is_a_ruling_and_no_fill) {
    PageFacts facts = drawn("72 600 1 100 re f");
    ASSERT_EQ(facts.rulings.size(), 1U);
    EXPECT_EQ(facts.rulings[0].axis, Axis::Vertical);
    EXPECT_EQ(facts.rulings[0].source, RulingSource::ThinFill);
    EXPECT_NEAR(facts.rulings[0].position, 72.5, 1e-3);
    EXPECT_TRUE(facts.fills.empty());
}

TEST_F(PageDrawing, a_shading_is_a_fill_with_four_edges) {
    PageFacts facts = drawn("0.9 g 72 600 200 20 re f");
    ASSERT_EQ(facts.fills.size(), 1U);
    EXPECT_EQ(facts.fills[0].color, 0xE6E6E6U);
    EXPECT_NEAR(facts.fills[0].box.top, 172, 1e-3);
    EXPECT_EQ(facts.rulings.size(), 4U);
}

TEST_F(PageDrawing, pieces_of_a_line_become_one) {
    PageFacts facts = drawn("72 692 m 150 692 l S 150.4 692.1 m 220 692.1 l S 219 692 m 300 692 l S");
    ASSERT_EQ(facts.rulings.size(), 1U);
    EXPECT_NEAR(facts.rulings[0].to, 300, 1e-3);
}

TEST_F(PageDrawing, a_row_of_dots_is_one_ruling) {
    std::string content;
    for (int i = 0; i < 60; ++i) content += std::to_string(100 + 3 * i) + " 500 1 1 re f ";
    PageFacts facts = drawn(content);
    ASSERT_EQ(facts.rulings.size(), 1U);
    EXPECT_NEAR(facts.rulings[0].from, 100, 1e-3);
    EXPECT_NEAR(facts.rulings[0].to, 278, 1e-3);
}

TEST_F(PageDrawing, a_border_drawn_as_a_box_with_a_hole_is_four_rulings) {
    PageFacts facts = drawn("72 600 200 100 re 73 601 198 98 re f*");
    EXPECT_EQ(facts.rulings.size(), 4U);
    EXPECT_TRUE(facts.fills.empty());
}

TEST_F(PageDrawing, white_on_white_is_not_seen) {
    PageFacts facts = drawn("1 g 72 600 200 20 re f 1 G 72 500 m 300 500 l S");
    EXPECT_TRUE(facts.fills.empty());
    EXPECT_TRUE(facts.rulings.empty());
}

TEST_F(PageDrawing, what_is_painted_over_is_not_seen) {
    PageFacts facts = drawn("72 500 m 300 500 l S 0.5 g 60 400 300 200 re f");
    ASSERT_EQ(facts.fills.size(), 1U);
    EXPECT_EQ(facts.rulings.size(), 4U) << "the edges of the fill alone";
}

TEST_F(PageDrawing, curves_are_a_drawing) {
    PageFacts facts = drawn("100 100 m 100 200 200 200 200 100 c S 300 700 m 350 750 l 400 700 l S");
    ASSERT_EQ(facts.drawings.size(), 2U);
    EXPECT_EQ(facts.drawings[1].curve_count, 1);
    EXPECT_TRUE(facts.rulings.empty());
}

TEST_F(PageDrawing, paths_in_form_xobjects_stand_where_the_form_is_drawn) {
    PdfText pdf;
    int form = pdf.add_stream("0 0 m 100 0 l S", "/Type /XObject /Subtype /Form /BBox [-10 -10 200 200]");
    pdf.resources("/XObject << /Fm " + PdfText::reference(form) + " >>");
    pdf.page("q 2 0 0 2 50 92 cm /Fm Do Q");
    PageFacts facts = page_of(pdf.bytes());
    ASSERT_EQ(facts.rulings.size(), 1U);
    EXPECT_NEAR(facts.rulings[0].position, 700, 1e-3);
    EXPECT_NEAR(facts.rulings[0].from, 50, 1e-3);
    EXPECT_NEAR(facts.rulings[0].to, 250, 1e-3);
}

TEST_F(PageDrawing, images_have_their_place_and_pixels) {
    PdfText pdf;
    int image = pdf.add_stream(std::string(4 * 2 * 3, 'a'),
                               "/Type /XObject /Subtype /Image /Width 4 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceRGB");
    pdf.resources("/XObject << /Im " + PdfText::reference(image) + " >>");
    pdf.page("q 100 0 0 50 72 642 cm /Im Do Q q 0 50 -100 0 300 300 cm /Im Do Q");
    PageFacts facts = page_of(pdf.bytes());
    ASSERT_EQ(facts.images.size(), 2U);
    EXPECT_NEAR(facts.images[0].box.left, 72, 1e-3);
    EXPECT_NEAR(facts.images[0].box.top, 100, 1e-3);
    EXPECT_NEAR(facts.images[0].box.bottom, 150, 1e-3);
    EXPECT_EQ(facts.images[0].pixel_width, 4);
    EXPECT_TRUE(facts.images[0].upright);
    EXPECT_FALSE(facts.images[0].plain_jpeg);
    EXPECT_FALSE(facts.images[1].upright);
}

TEST_F(PageDrawing, text_in_the_colour_of_its_ground_is_hidden) {
    EXPECT_EQ(hidden_of_first_glyph("1 g BT /F1 12 Tf 72 700 Td (ghost) Tj ET"), Hidden::SameColor);
    EXPECT_EQ(hidden_of_first_glyph("0 0 1 rg 60 690 200 30 re f BT /F1 12 Tf 72 700 Td (ghost) Tj ET"), Hidden::SameColor);
    EXPECT_EQ(hidden_of_first_glyph("0 0 1 rg 60 690 200 30 re f 1 g BT /F1 12 Tf 72 700 Td (seen) Tj ET"), Hidden::No);
}

TEST_F(PageDrawing, text_that_hardly_stands_out_is_seen_and_marked) {
    const auto marked = [this](std::string_view content) {
        const PageFacts facts = drawn(content);
        EXPECT_EQ(facts.glyphs.at(0).hidden, Hidden::No);
        return facts.glyphs.at(0).low_contrast;
    };
    EXPECT_TRUE(marked("0.87 g BT /F1 12 Tf 72 700 Td (pale) Tj ET"));
    EXPECT_FALSE(marked("0.6 g BT /F1 12 Tf 72 700 Td (grey) Tj ET"));
}

TEST_F(PageDrawing, white_text_on_a_shape_is_seen) {
    EXPECT_EQ(hidden_of_first_glyph("0 0 1 rg 50 650 m 150 800 l 250 650 l f 1 g BT /F1 12 Tf 120 700 Td (seen) Tj ET"), Hidden::No);
}

TEST_F(PageDrawing, text_under_a_later_fill_is_covered) {
    EXPECT_EQ(hidden_of_first_glyph("BT /F1 12 Tf 72 700 Td (ghost) Tj ET 0.5 g 60 690 200 30 re f"), Hidden::Covered);
    EXPECT_EQ(hidden_of_first_glyph("0.5 g 60 690 200 30 re f 0 g BT /F1 12 Tf 72 700 Td (seen) Tj ET"), Hidden::No);
}

TEST_F(PageDrawing, text_outside_its_clip_path_is_clipped) {
    EXPECT_EQ(hidden_of_first_glyph("q 300 300 10 10 re W n BT /F1 12 Tf 72 700 Td (ghost) Tj ET Q"), Hidden::Clipped);
}

TEST_F(PageDrawing, text_outside_the_page_is_off_page) {
    EXPECT_EQ(hidden_of_first_glyph("BT /F1 12 Tf 72 -50 Td (ghost) Tj ET"), Hidden::OffPage);
}

TEST_F(PageDrawing, tiny_text_is_microscopic) {
    EXPECT_EQ(hidden_of_first_glyph("BT /F1 0.5 Tf 72 700 Td (ghost) Tj ET"), Hidden::Microscopic);
}

TEST_F(PageDrawing, renders_a_region_in_grey_and_in_colour) {
    PageFacts facts = drawn("1 0 0 rg 72 692 100 50 re f");
    auto red = source_->render(0, {72, 50, 172, 100}, 144);
    ASSERT_TRUE(red.ok());
    EXPECT_EQ(red.value().width, 200);
    EXPECT_EQ(red.value().height, 100);
    EXPECT_EQ(red.value().channels, 3);
    EXPECT_EQ(red.value().pixels[0], 255);
    EXPECT_EQ(red.value().pixels[1], 0);
    auto paper = source_->render(0, {300, 300, 400, 400}, 72);
    ASSERT_TRUE(paper.ok());
    EXPECT_EQ(paper.value().channels, 1);
    EXPECT_FALSE(source_->render(0, {700, 0, 800, 50}, 72).ok());
}

TEST_F(PageDrawing, draws_fields_and_annotations_as_a_viewer_does) {
    PdfText pdf;
    int black = pdf.add_stream("0 0 100 20 re f", "/Type /XObject /Subtype /Form /BBox [0 0 100 20]");
    std::string look = " /Rect [100 692 200 712] /AP << /N " + PdfText::reference(black) + " >> >>";
    int field = pdf.add("<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /F 4" + look);
    pdf.page("", "/Annots [" + PdfText::reference(field) + "]");
    pdf.catalog("/AcroForm << /Fields [" + PdfText::reference(field) + "] >>");
    page_of(pdf.bytes());
    auto picture = source_->render(0, {150, 80, 250, 100}, 72);
    ASSERT_TRUE(picture.ok());
    EXPECT_EQ(picture.value().pixels[static_cast<std::size_t>(picture.value().width) * 10 + 10], 0) << "inside the field";
    EXPECT_EQ(picture.value().pixels[static_cast<std::size_t>(picture.value().width) * 10 + 90], 255) << "beside it";
}

// Resources with a shading Sh and a pattern P made of it, from red to blue.
std::string with_shading(std::string_view content) {
    PdfText pdf;
    int shading = pdf.add(
        "<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 612 0] /Extend [true true] "
        "/Function << /FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >> >>");
    int pattern = pdf.add("<< /PatternType 2 /Shading " + PdfText::reference(shading) + " >>");
    pdf.resources("/Shading << /Sh " + PdfText::reference(shading) + " >> /Pattern << /P " + PdfText::reference(pattern) + " >>");
    pdf.page(content);
    return pdf.bytes();
}

TEST_F(PageDrawing, white_text_on_a_shading_is_seen) {
    EXPECT_EQ(page_of(with_shading("q 50 650 300 100 re W n /Sh sh Q 1 g BT /F1 12 Tf 72 700 Td (seen) Tj ET")).glyphs.at(0).hidden,
              Hidden::No);
    EXPECT_EQ(page_of(with_shading("/Pattern cs /P scn 50 650 300 100 re f 1 g BT /F1 12 Tf 72 700 Td (seen) Tj ET")).glyphs.at(0).hidden,
              Hidden::No);
}

TEST_F(PageDrawing, text_filled_with_a_shading_is_seen) {
    EXPECT_EQ(page_of(with_shading("/Pattern cs /P scn BT /F1 12 Tf 72 700 Td (seen) Tj ET")).glyphs.at(0).hidden, Hidden::No);
}

}  // namespace
}  // namespace docwright::pdf
