// Links, annotations, tags and the space of pages written as text.
#include <gtest/gtest.h>

#include "engines/pdf/open_for_test.h"

namespace docwright::pdf {
namespace {

using docwright::testing::PdfText;
using extract::PageFacts;
using extract::TargetKind;

PageFacts page_with(const std::string& annotations, std::string_view catalog = "") {
    PdfText pdf;
    pdf.page("", "/Annots [" + annotations + "]");
    pdf.page("", "/CropBox [50 50 550 750]");
    pdf.catalog(catalog);
    return OpenedPdf(pdf.bytes()).page();
}

std::string link(const std::string& entries) { return "<< /Subtype /Link /Rect [72 700 172 720] " + entries + " >>"; }

TEST(PageNotes, a_link_has_its_address_and_its_place) {
    PageFacts facts = page_with(link("/A << /S /URI /URI (https://example.org/a?b=c) >> /Contents (Home)"));
    ASSERT_EQ(facts.links.size(), 1U);
    EXPECT_EQ(facts.links[0].target.kind, TargetKind::Uri);
    EXPECT_EQ(facts.links[0].target.uri, "https://example.org/a?b=c");
    EXPECT_EQ(facts.links[0].tooltip, "Home");
    EXPECT_NEAR(facts.links[0].box.top, 72, 1e-6);
    ASSERT_EQ(facts.links[0].quads.size(), 1U);
    EXPECT_NEAR(facts.links[0].quads[0][2].x, 172, 1e-6);
}

TEST(PageNotes, a_link_over_two_lines_has_two_quads_clockwise_from_top_left) {
    PageFacts facts =
        page_with(link("/A << /S /URI /URI (x:y) >> /QuadPoints [100 720 172 720 100 710 172 710  72 700 90 700 90 710 72 710]"));
    ASSERT_EQ(facts.links[0].quads.size(), 2U);
    for (const extract::Quad& quad : facts.links[0].quads) {
        EXPECT_LT(quad[0].x, quad[1].x);
        EXPECT_LT(quad[1].y, quad[2].y);
        EXPECT_GT(quad[2].x, quad[3].x);
    }
}

TEST(PageNotes, a_page_target_is_in_the_space_of_that_page) {
    // Objects: 1 to 3 are fixed, 4 and 5 the first page, 6 and 7 the second.
    PageFacts facts =
        page_with(link("/Dest [7 0 R /XYZ 100 null 0]") + link("/A << /S /GoTo /D [7 0 R /FitH 700] >>") + link("/Dest [7 0 R /Fit]"));
    ASSERT_EQ(facts.links.size(), 3U);
    EXPECT_EQ(facts.links[0].target.kind, TargetKind::Page);
    EXPECT_EQ(facts.links[0].target.page_index, 1);
    EXPECT_TRUE(facts.links[0].target.has_point);
    EXPECT_NEAR(facts.links[0].target.point.x, 50, 1e-6);
    EXPECT_NEAR(facts.links[0].target.point.y, 0, 1e-6);
    EXPECT_NEAR(facts.links[1].target.point.y, 50, 1e-6);
    EXPECT_FALSE(facts.links[2].target.has_point);
}

TEST(PageNotes, named_destinations_are_looked_up) {
    PageFacts facts =
        page_with(link("/Dest (chapter)") + link("/Dest /old") + link("/Dest (nowhere)"),
                  "/Names << /Dests << /Kids [<< /Names [(chapter) << /D [7 0 R /Fit] >>] >>] >> >> /Dests << /old [5 0 R /Fit] >>");
    EXPECT_EQ(facts.links[0].target.page_index, 1);
    EXPECT_EQ(facts.links[0].target.name, "chapter");
    EXPECT_EQ(facts.links[1].target.page_index, 0);
    EXPECT_EQ(facts.links[2].target.kind, TargetKind::None);
}

TEST(PageNotes, files_and_actions_are_named_without_their_scripts) {
    PageFacts facts = page_with(link("/A << /S /GoToR /F (other.pdf) /D [3 /Fit] >>") + link("/A << /S /JavaScript /JS (evil\\(\\)) >>") +
                                link("/A << /S /Named /N /Print >>"));
    EXPECT_EQ(facts.links[0].target.kind, TargetKind::File);
    EXPECT_EQ(facts.links[0].target.uri, "other.pdf");
    EXPECT_EQ(facts.links[0].target.page_index, 3);
    EXPECT_EQ(facts.links[1].target.kind, TargetKind::Action);
    EXPECT_EQ(facts.links[1].target.uri, "script");
    EXPECT_EQ(facts.links[2].target.uri, "print");
}

TEST(PageNotes, annotations_have_all_their_facts) {
    PageFacts facts = page_with(
        "<< /Subtype /Highlight /Rect [72 700 172 720] /Contents (See) /T (Ada) /Subj (Subject) /NM (n1) /M (D:20250102030405+01'00') /C "
        "[1 1 0] /CA 0.5 "
        "/QuadPoints [72 720 172 720 72 700 172 700] >>"
        "<< /Subtype /Text /Rect [0 0 10 10] /F 2 >>");
    ASSERT_EQ(facts.annotations.size(), 2U);
    const extract::Annotation& note = facts.annotations[0];
    EXPECT_EQ(note.subtype, "Highlight");
    EXPECT_EQ(note.contents, "See");
    EXPECT_EQ(note.author, "Ada");
    EXPECT_EQ(note.modified, "2025-01-02T03:04:05+01:00");
    EXPECT_EQ(note.color, "#FFFF00");
    EXPECT_NEAR(note.opacity, 0.5, 1e-6);
    EXPECT_EQ(note.quads.size(), 1U);
    EXPECT_FALSE(note.hidden);
    EXPECT_TRUE(facts.annotations[1].hidden);
}

TEST(PageNotes, replies_and_pop_ups_know_their_owners) {
    PdfText pdf;
    int note = pdf.reserve(), reply = pdf.reserve(), popup = pdf.reserve();
    pdf.set(reply, "<< /Subtype /Text /Rect [0 0 1 1] /IRT " + PdfText::reference(note) + " /State (Accepted) /StateModel (Review) >>");
    pdf.set(popup, "<< /Subtype /Popup /Rect [0 0 1 1] /Parent " + PdfText::reference(note) + " >>");
    pdf.set(note, "<< /Subtype /Text /Rect [0 0 1 1] >>");
    pdf.page("", "/Annots [" + PdfText::reference(reply) + " " + PdfText::reference(note) + " " + PdfText::reference(popup) + "]");
    PageFacts facts = OpenedPdf(pdf.bytes()).page();
    ASSERT_EQ(facts.annotations.size(), 3U);
    EXPECT_EQ(facts.annotations[0].reply_to, 1);
    EXPECT_EQ(facts.annotations[0].state, "Accepted");
    EXPECT_EQ(facts.annotations[2].popup_owner, 1);
}

TEST(PageNotes, widgets_are_no_annotations) {
    PageFacts facts = page_with("<< /Subtype /Widget /Rect [0 0 1 1] >>");
    EXPECT_TRUE(facts.annotations.empty());
    EXPECT_TRUE(facts.links.empty());
}

TEST(PageSpace, is_multiplied_by_the_user_unit) {
    PdfText pdf;
    pdf.page("BT /F1 10 Tf 100 700 Td (x) Tj ET", "/UserUnit 2 /Annots [" + link("") + "]");
    OpenedPdf opened(pdf.bytes());
    PageFacts facts = opened.page();
    EXPECT_DOUBLE_EQ(facts.width, 1224);
    ASSERT_EQ(facts.glyphs.size(), 1U);
    EXPECT_FLOAT_EQ(facts.glyphs[0].origin_x, 200);
    EXPECT_FLOAT_EQ(facts.styles[0].size, 20);
    EXPECT_NEAR(facts.links[0].box.left, 144, 1e-6);
    EXPECT_EQ(opened.source().render(0, {0, 0, 1224, 1584}, 36).value().width, 612);
}

TEST(PageTags, follow_the_structure_tree) {
    PdfText pdf;
    int root = pdf.reserve(), table = pdf.reserve(), cell = pdf.reserve(), heading = pdf.reserve();
    int page = pdf.page(
        "/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td (Head) Tj ET EMC /P <</MCID 1>> BDC BT /F1 12 Tf 72 600 Td (Cell) Tj ET EMC "
        "/Artifact <</MCID 2>> BDC BT /F1 12 Tf 72 50 Td (7) Tj ET EMC /Artifact BMC BT /F1 12 Tf 72 30 Td (8) Tj ET EMC",
        "/StructParents 0");
    auto ref = PdfText::reference;
    pdf.set(root, "<< /Type /StructTreeRoot /K [" + ref(heading) + " " + ref(table) +
                      "] /RoleMap << /Title1 /H1 >> /ParentTree << /Nums [0 [" + ref(heading) + " " + ref(cell) + "]] >> >>");
    pdf.set(heading, "<< /Type /StructElem /S /Title1 /P " + ref(root) + " /Pg " + ref(page) + " /K 0 /Alt (First) >>");
    pdf.set(table, "<< /Type /StructElem /S /Table /P " + ref(root) + " /K [" + ref(cell) + "] >>");
    pdf.set(cell,
            "<< /Type /StructElem /S /TH /P " + ref(table) + " /Pg " + ref(page) + " /K 1 /A << /O /Table /ColSpan 2 /Scope /Column >> >>");
    pdf.catalog("/MarkInfo << /Marked true >> /StructTreeRoot " + ref(root));
    OpenedPdf opened(pdf.bytes());
    PageFacts facts = opened.page();
    EXPECT_TRUE(opened.facts().tagged);
    ASSERT_EQ(facts.tags.size(), 3U);
    EXPECT_EQ(facts.tags[0].role, "H1");
    EXPECT_EQ(facts.tags[0].alternate_text, "First");
    EXPECT_EQ(facts.tags[0].marked_contents, std::vector<std::int32_t>{0});
    EXPECT_EQ(facts.tags[2].role, "TH");
    EXPECT_EQ(facts.tags[2].parent, 1);
    EXPECT_EQ(facts.tags[2].column_span, 2);
    EXPECT_EQ(facts.tags[2].scope, "Column");
    EXPECT_EQ(facts.glyphs.at(0).marked_content, 0);
    EXPECT_EQ(facts.artifact_contents, (std::vector<std::int32_t>{2, extract::kArtifactContent}));
    EXPECT_EQ(facts.glyphs.back().marked_content, extract::kArtifactContent);
}

}  // namespace
}  // namespace docwright::pdf
