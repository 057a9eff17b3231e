// What bad files get: one clear error, or a page that says it was cut short. Never a crash.
#include <gtest/gtest.h>
#include <libdeflate.h>

#include "base/limits.h"
#include "engines/pdf/open_for_test.h"

namespace docwright::pdf {
namespace {

using docwright::testing::pdf_of;
using docwright::testing::PdfText;

std::string refusal(std::string_view bytes, std::string_view password = "") {
    Library library;
    auto opened = open_pdf(bytes, password);
    return opened.ok() ? "opened" : opened.error().reason;
}

std::string deflated(const std::string& bytes) {
    std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(libdeflate_alloc_compressor(9),
                                                                                             libdeflate_free_compressor);
    std::string packed(libdeflate_zlib_compress_bound(compressor.get(), bytes.size()), '\0');
    packed.resize(libdeflate_zlib_compress(compressor.get(), bytes.data(), bytes.size(), packed.data(), packed.size()));
    return packed;
}

TEST(BadFile, that_is_no_pdf_is_refused) {
    EXPECT_EQ(refusal("PK\x03\x04 a word document"), "NOT_PDF");
    EXPECT_EQ(refusal(std::string(5000, '\0')), "NOT_PDF");
    EXPECT_EQ(refusal(""), "NOT_PDF");
}

TEST(BadFile, that_is_cut_off_is_refused_or_repaired) {
    std::string whole = pdf_of("BT /F1 12 Tf 72 700 Td (x) Tj ET");
    EXPECT_EQ(refusal(whole.substr(0, 20)), "DAMAGED");
    // Without its table the file can still be put together from its objects, or be refused: either is an answer.
    for (std::size_t length = 0; length < whole.size(); length += 37) {
        std::string answer = refusal(std::string_view(whole).substr(0, length));
        EXPECT_TRUE(answer == "opened" || answer == "DAMAGED" || answer == "NOT_PDF" || answer == "NO_PAGES") << length << " " << answer;
    }
}

TEST(BadFile, with_flipped_bytes_gives_an_answer) {
    std::string whole = pdf_of("BT /F1 12 Tf 72 700 Td (x) Tj ET 10 10 100 100 re f");
    Library library;
    for (std::size_t at = 0; at < whole.size(); at += 3) {
        std::string broken = whole;
        broken[at] = static_cast<char>(broken[at] ^ 0x15);
        auto opened = open_pdf(broken, "");
        if (opened.ok()) (void)opened.value()->read_page(0);
    }
}

TEST(BadFile, without_pages_is_refused) { EXPECT_EQ(refusal(PdfText().bytes()), "NO_PAGES"); }

TEST(BadFile, whose_page_tree_is_a_cycle_is_answered) {
    PdfText pdf;
    int node = pdf.reserve();
    pdf.set(node, "<< /Type /Pages /Count 2 /Parent 2 0 R /Kids [2 0 R " + PdfText::reference(node) + "] >>");
    std::string bytes = pdf.bytes();
    bytes.replace(bytes.find("/Kids []"), 8, "/Kids [4 0 R]");
    std::string answer = refusal(bytes);
    EXPECT_TRUE(answer == "NO_PAGES" || answer == "DAMAGED") << answer;
}

TEST(BadFile, that_needs_a_password_says_so) {
    // RC4, 40 bits, user password "user": made once with qpdf.
    PdfText pdf;
    pdf.page("");
    pdf.trailer("/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + std::string(64, '1') + "> /U <" +
                std::string(64, '2') + "> >>");
    EXPECT_EQ(refusal(pdf.bytes()), "PASSWORD_REQUIRED");
    EXPECT_EQ(refusal(pdf.bytes(), "guess"), "PASSWORD_WRONG");
}

TEST(BadFile, of_an_unknown_security_handler_is_refused) {
    PdfText pdf;
    pdf.page("");
    pdf.trailer("/ID [<00> <00>] /Encrypt << /Filter /Private.Handler /V 9 >>");
    EXPECT_EQ(refusal(pdf.bytes()), "UNSUPPORTED_SECURITY");
}

TEST(HostilePage, content_that_unpacks_to_much_more_is_read) {
    PdfText pdf;
    std::string content(20'000'000, ' ');
    content += "BT /F1 12 Tf 72 700 Td (x) Tj ET";
    int stream = pdf.add_stream(deflated(content), "/Filter /FlateDecode");
    pdf.page("", "/Contents " + PdfText::reference(stream));
    EXPECT_LE(OpenedPdf(pdf.bytes()).page().glyphs.size(), 1U);
}

TEST(HostilePage, an_image_of_two_to_the_31_pixels_a_side_is_no_picture) {
    PdfText pdf;
    int image = pdf.add_stream(
        "x", "/Type /XObject /Subtype /Image /Width 2147483647 /Height 2147483647 /BitsPerComponent 8 /ColorSpace /DeviceRGB");
    pdf.resources("/XObject << /Im " + PdfText::reference(image) + " >>");
    pdf.page("q 100 0 0 100 72 600 cm /Im Do Q");
    OpenedPdf opened(pdf.bytes());
    extract::PageFacts facts = opened.page();
    for (const extract::ImagePlacement& each : facts.images) {
        auto pixels = opened.source().embedded_image(0, each.object);
        ASSERT_FALSE(pixels.ok());
        EXPECT_EQ(pixels.error().fault, Fault::LimitExceeded);
    }
    EXPECT_TRUE(opened.source().render(0, {0, 0, 612, 792}, 72).ok());
}

TEST(HostilePage, more_glyphs_than_the_limit_are_cut_off_and_it_says_so) {
    std::string line(1000, 'i'), content = "BT /F1 6 Tf ";
    // Equal lines on each other would count as overprinting: each is different.
    for (std::size_t i = 0; i <= limits::kGlyphsPerPage / line.size(); ++i)
        content += "1 0 0 1 0 " + std::to_string(i % 700) + " Tm (" + std::to_string(i) + line + ") Tj ";
    extract::PageFacts facts = OpenedPdf(pdf_of(content + "ET")).page();
    EXPECT_TRUE(facts.limit_reached);
    EXPECT_EQ(facts.glyphs.size(), limits::kGlyphsPerPage);
}

TEST(HostilePage, more_path_segments_than_the_limit_are_cut_off_and_it_says_so) {
    std::string content = "0 0 m ";
    for (std::size_t i = 0; i <= limits::kPathSegmentsPerPage; ++i) content += i % 2 ? "9 9 l " : "9 0 l ";
    EXPECT_TRUE(OpenedPdf(pdf_of(content + "S")).page().limit_reached);
}

TEST(HostilePage, a_form_that_draws_itself_ends) {
    PdfText pdf;
    int form = pdf.reserve();
    std::string content = "/Fm Do BT /F1 12 Tf 72 700 Td (x) Tj ET";
    pdf.set(form, "<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources 3 0 R /Length " + std::to_string(content.size()) +
                      " >>\nstream\n" + content + "\nendstream");
    pdf.resources("/XObject << /Fm " + PdfText::reference(form) + " >>");
    pdf.page("/Fm Do");
    EXPECT_LT(OpenedPdf(pdf.bytes()).page().glyphs.size(), 100U);
}

TEST(HostilePage, areas_piled_on_each_other_cost_no_square) {
    std::string content;
    for (int i = 0; i < 20'000; ++i) content += "0.5 g 10 10 500 700 re f ";
    for (int i = 0; i < 200; ++i)
        content +=
            "0 g BT /F1 6 Tf 20 " + std::to_string(20 + 3 * i) + " Td (" + std::to_string(100 + i) + std::string(97, 'x') + ") Tj ET ";
    extract::PageFacts facts = OpenedPdf(pdf_of(content)).page();
    EXPECT_EQ(facts.glyphs.size(), 20'000U);
}

TEST(HostileDocument, fields_links_and_names_that_go_in_circles_end) {
    PdfText pdf;
    int field = pdf.reserve(), names = pdf.reserve();
    pdf.set(field, "<< /T (a) /FT /Tx /Parent " + PdfText::reference(field) + " /Kids [" + PdfText::reference(field) + "] >>");
    pdf.set(names, "<< /Kids [" + PdfText::reference(names) + "] >>");
    pdf.page("", "/Annots [<< /Subtype /Link /Rect [0 0 1 1] /Dest (x) >>]");
    pdf.catalog("/AcroForm << /Fields [" + PdfText::reference(field) + "] >> /Names << /Dests " + PdfText::reference(names) +
                " /EmbeddedFiles " + PdfText::reference(names) + " >>");
    OpenedPdf opened(pdf.bytes());
    EXPECT_EQ(opened.page().links.size(), 1U);
}

TEST(HostileDocument, values_of_wrong_types_are_none) {
    PdfText pdf;
    pdf.page("",
             "/Annots [(x) 7 << /Subtype (Link) >> << /Subtype /Link /Rect (no) /A 5 >> << /Subtype /Text /C [(x)] /QuadPoints [1 2 (3)] "
             "/IRT 5 /CA (x) >>] "
             "/UserUnit (two) /Rotate /Left");
    pdf.catalog("/AcroForm << /Fields 7 >> /Outlines 8 /Names [] /Lang 3 /MarkInfo (yes) /StructTreeRoot 9 /Metadata 1 /PageLabels 5");
    pdf.trailer("/Info [1 2 3]");
    OpenedPdf opened(pdf.bytes());
    extract::PageFacts facts = opened.page();
    EXPECT_EQ(facts.links.size(), 1U);
    EXPECT_EQ(facts.annotations.size(), 1U);
    EXPECT_DOUBLE_EQ(facts.width, 612);
}

}  // namespace
}  // namespace docwright::pdf
