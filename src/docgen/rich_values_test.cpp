// Values that are more than text, and the places of a document that are no WordprocessingML, through whole documents.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "docgen/package/picture_file.h"
#include "docgen/template/xml.h"
#include "docgen/test_documents.h"
#include "formats/png.h"

namespace docwright::docgen {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view kSvg = R"(<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"><rect width="9" height="9"/></svg>)";

std::string png_of(int width, int height, double dpi = 0) {
    return formats::encode_png(width, height, 1, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height), 7), dpi);
}

std::string letter(const std::string& body, const Parts& more = {}) {
    Parts parts = {{"[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"},
                   {"_rels/.rels", relationships_of(relationship_of("rId1", "officeDocument", "word/document.xml"))},
                   {"word/document.xml", body_of(body)}};
    for (const auto& part : more) parts.push_back(part);
    return zip_of(parts);
}

MergeSettings with_document(const std::string& id, const std::string& bytes) {
    MergeSettings settings;
    settings.documents[id] = bytes;
    return settings;
}

TEST(Pictures, get_the_size_that_their_file_says) {
    const MergedDocument out =
        merged_document(letter(paragraph_of("{{Image:logo}}")), {{"logo", "id"}}, with_document("id", png_of(96, 48)));
    EXPECT_THAT(out.warnings, IsEmpty());
    EXPECT_THAT(out.part("word/document.xml"),
                AllOf(HasSubstr("<wp:extent cx=\"914400\" cy=\"457200\"/>"), HasSubstr("r:embed=\"rIdDw1\"")));
    EXPECT_EQ(out.part("word/media/dw1.png"), png_of(96, 48));
    EXPECT_THAT(out.part("word/_rels/document.xml.rels"), HasSubstr("Target=\"media/dw1.png\""));
    EXPECT_THAT(out.part("[Content_Types].xml"), HasSubstr("Extension=\"png\" ContentType=\"image/png\""));
    EXPECT_NEAR(read_picture(png_of(144, 72, 144)).value().width, 72, 0.1);
}

TEST(Pictures, keep_their_proportions_where_one_side_is_given) {
    const MergedDocument out =
        merged_document(letter(paragraph_of("{{Image:logo \\w 10}}")), {{"logo", "id"}}, with_document("id", png_of(96, 48)));
    EXPECT_THAT(out.part("word/document.xml"), HasSubstr("<wp:extent cx=\"127000\" cy=\"63500\"/>"));
}

TEST(Pictures, become_one_part_however_often_they_are_shown) {
    const std::string header = word_part("hdr", paragraph_of("{{Image:logo}}"));
    const MergedDocument out =
        merged_document(letter(paragraph_of("{{Image:logo}}") + paragraph_of("{{Image:same}}"), {{"word/header1.xml", header}}),
                        {{"logo", "id"}, {"same", "id"}}, with_document("id", png_of(9, 9)));
    EXPECT_THAT(out.part("word/media/dw2.png"), IsEmpty());
    EXPECT_THAT(out.part("word/_rels/header1.xml.rels"), HasSubstr("media/dw1.png"));
    EXPECT_THAT(out.part("word/document.xml"), AllOf(HasSubstr("docPr id=\"536870912\""), HasSubstr("docPr id=\"536870913\"")));
}

TEST(Pictures, come_as_base64_and_data_uris) {
    for (const char* value : {"R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
                              "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"}) {
        const MergedDocument out = merged_document(letter(paragraph_of("{{Image:dot}}")), {{"dot", value}});
        EXPECT_THAT(out.part("word/media/dw1.gif"), SizeIs(42));
    }
}

TEST(Pictures, that_are_none_show_nothing_and_say_where) {
    for (const char* value : {"https://example.com/a.png", "AAAA", "!", "data:image/png,x"}) {
        const MergedDocument out = merged_document(letter(paragraph_of("{{Image:logo}}")), {{"logo", value}});
        EXPECT_THAT(out.warnings, ElementsAre(HasSubstr("{{Image:logo}} in paragraph 1 shows nothing"))) << value;
        EXPECT_THAT(out.part("word/document.xml"), Not(HasSubstr("drawing")));
    }
    EXPECT_FALSE(read_picture(png_of(9, 9).substr(0, 40)).ok());
}

TEST(Pictures, in_svg_have_a_clear_pixel_for_programs_without_svg) {
    const MergedDocument out = merged_document(letter(paragraph_of("{{Image:a}}")), {{"a", "id"}}, with_document("id", std::string(kSvg)));
    EXPECT_THAT(out.part("word/document.xml"), AllOf(HasSubstr("svgBlip"), HasSubstr("cx=\"914400\" cy=\"457200\"")));
    EXPECT_TRUE(read_picture(out.part("word/media/dw1.png")).ok());
    EXPECT_EQ(out.part("word/media/dw2.svg"), kSvg);
}

TEST(Pictures, in_svg_with_scripts_or_addresses_are_refused) {
    for (const char* inside : {"<script/>", "<image href=\"http://x/a.png\"/>", "<image xlink:href=\"file:///etc/passwd\"/>",
                               "<style>@import 'http://x'</style>", "<rect style=\"fill:url(http://x)\"/>", "<foreignObject/>"})
        EXPECT_FALSE(read_picture(std::string("<svg xmlns=\"a\" xmlns:xlink=\"b\">") + inside + "</svg>").ok()) << inside;
    EXPECT_TRUE(read_picture("<svg><use href=\"#a\"/><image href=\"data:image/png;base64,AA\"/></svg>").ok());
}

TEST(Links, get_a_relationship_of_their_part) {
    const MergedDocument out = merged_document(letter(paragraph_of("See {{Link:site}}!")),
                                               {{"site", {{"text", "the <site>"}, {"url", "https://example.com/a b?x=1&y=2"}}}});
    EXPECT_THAT(out.part("word/document.xml"), AllOf(HasSubstr("r:id=\"rIdDw1\""), HasSubstr("the &lt;site&gt;"), HasSubstr("!</w:t>")));
    EXPECT_TRUE(scan_xml(out.part("word/document.xml")).ok());
    EXPECT_THAT(out.part("word/_rels/document.xml.rels"), HasSubstr("https://example.com/a%20b?x=1&amp;y=2\" TargetMode=\"External\""));
}

TEST(Links, to_anything_but_the_web_and_mail_show_nothing) {
    for (const char* url : {"javascript:alert(1)", "file:///etc/passwd", "\\\\server\\share", "ftp://x", "https://", ""}) {
        const MergedDocument out = merged_document(letter(paragraph_of("{{Link:site}}")), {{"site", {{"text", "x"}, {"url", url}}}});
        EXPECT_THAT(out.warnings, SizeIs(1)) << url;
        EXPECT_THAT(out.part("word/document.xml"), Not(HasSubstr("hyperlink")));
    }
}

TEST(Markup, becomes_paragraphs_with_real_lists) {
    const MergedDocument out = merged_document(
        letter(paragraph_of("{{Html:text}}")),
        {{"text",
          "<p>One <b>bold</b><br>line</p><ul><li>a<ul><li>b</li></ul></li></ul><ol><li>c</li></ol><p><a href=\"mailto:x@y.z\">m</a></p>"}});
    const std::string body = out.part("word/document.xml");
    EXPECT_TRUE(scan_xml(body).ok());
    EXPECT_THAT(body, AllOf(HasSubstr("<w:b/>"), HasSubstr("<w:br/>"), HasSubstr("<w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/>"),
                            HasSubstr("<w:numId w:val=\"2\"/>"), HasSubstr("<w:hyperlink")));
    EXPECT_THAT(out.part("word/numbering.xml"), AllOf(HasSubstr("\"bullet\""), HasSubstr("startOverride")));
    EXPECT_THAT(out.part("word/_rels/document.xml.rels"), AllOf(HasSubstr("numbering"), HasSubstr("mailto:x@y.z")));
    EXPECT_THAT(out.warnings, IsEmpty());
}

TEST(Markup, inside_a_paragraph_keeps_what_stands_around_it) {
    const MergedDocument out = merged_document(letter("<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>a {{Html:text}} z</w:t></w:r></w:p>"),
                                               {{"text", "<span style=\"color:#f00;font-size:12pt\">r</span>"}});
    EXPECT_THAT(out.part("word/document.xml"),
                AllOf(HasSubstr("<w:rPr><w:i/><w:color w:val=\"FF0000\"/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/></w:rPr>"),
                      HasSubstr("<w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\"> z</w:t></w:r></w:p>")));
    EXPECT_TRUE(scan_xml(out.part("word/document.xml")).ok());
}

TEST(Markup, that_is_missing_leaves_an_empty_paragraph) {
    EXPECT_THAT(merged_document(letter(paragraph_of("{{Html:text}}")), json::object()).part("word/document.xml"), HasSubstr("<w:p></w:p>"));
}

TEST(Places, beside_the_text_are_filled) {
    const std::string chart =
        "<c:chartSpace xmlns:c=\"c\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:p><a:r><a:t>Sales "
        "{{ye</a:t></a:r>"
        "\n<a:r><a:t>ar}}</a:t></a:r></a:p><c:v>{{year}}</c:v></c:chartSpace>";
    const std::string core =
        "<cp:coreProperties xmlns:cp=\"a\" xmlns:dc=\"b\" xmlns:dcterms=\"c\"><dc:title>For {{year}}</dc:title>"
        "<dcterms:modified xsi:type=\"dcterms:W3CDTF\" xmlns:xsi=\"d\">2013-12-23T23:15:00Z</dcterms:modified></cp:coreProperties>";
    MergeSettings settings;
    settings.modified = "2026-01-31T12:00:00Z";
    const MergedDocument out = merged_document(letter(paragraph_of("x"), {{"word/charts/chart1.xml", chart}, {"docProps/core.xml", core}}),
                                               {{"year", "<26>"}}, settings);
    EXPECT_THAT(out.part("word/charts/chart1.xml"),
                AllOf(HasSubstr("<a:t>Sales &lt;26&gt;</a:t>"), HasSubstr("<a:t></a:t>"), HasSubstr("<c:v>&lt;26&gt;</c:v>")));
    EXPECT_THAT(out.part("docProps/core.xml"), AllOf(HasSubstr("For &lt;26&gt;"), HasSubstr(">2026-01-31T12:00:00Z<")));
}

std::string target_with(const std::string& target, const json::value& values) {
    const std::string relationships = relationships_of(relationship_of("rId1", "hyperlink", target, true));
    return merged_document(letter(paragraph_of("x"), {{"word/_rels/document.xml.rels", relationships}}), values)
        .part("word/_rels/document.xml.rels");
}

TEST(Places, targets_of_hyperlinks_are_filled_in_either_spelling) {
    EXPECT_THAT(target_with("https://x.y/%7B%7Bname%7D%7D?q=1", {{"name", "A & B"}}), HasSubstr("\"https://x.y/A%20%26%20B?q=1\""));
    EXPECT_THAT(target_with("mailto:{{name}}", {{"name", "a@b"}}), HasSubstr("\"mailto:a@b\""));
    EXPECT_THAT(target_with("http://{{ url }}", {{"url", "https://z.y/a"}}), HasSubstr("\"https://z.y/a\""));
    EXPECT_THAT(target_with("%7b%7burl%7d%7d", {{"url", "javascript:x"}}), HasSubstr("about:blank"));
}

TEST(Templates, with_macros_become_documents_without) {
    const std::string types =
        "<Types xmlns=\"x\"><Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/><Override "
        "PartName=\"/word/document.xml\" ContentType=\"application/vnd.ms-word.template.macroEnabledTemplate.main+xml\"/></Types>";
    const std::string macros =
        "<Relationship Id=\"rId9\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" "
        "Target=\"vbaProject.bin\"/>";
    const MergedDocument out = merged_document(
        zip_of({{"[Content_Types].xml", types},
                {"_rels/.rels", relationships_of(relationship_of("rId1", "officeDocument", "word/document.xml"))},
                {"word/document.xml", body_of(paragraph_of("{{a}}"))},
                {"word/_rels/document.xml.rels", relationships_of(macros + relationship_of("rId2", "styles", "styles.xml"))},
                {"word/styles.xml", "<a/>"},
                {"word/vbaProject.bin", "macro"}}),
        {{"a", "b"}});
    EXPECT_EQ(formats::ZipReader::open(out.docx).take().find("word/vbaProject.bin"), nullptr);
    EXPECT_THAT(out.part("[Content_Types].xml"), AllOf(Not(HasSubstr("vba")), HasSubstr("wordprocessingml.document.main+xml")));
    EXPECT_THAT(out.part("word/_rels/document.xml.rels"), AllOf(Not(HasSubstr("vba")), HasSubstr("styles.xml")));
    EXPECT_THAT(out.warnings, ElementsAre(HasSubstr("macros")));
}

TEST(Templates, that_are_hostile_are_refused_with_a_reason) {
    const auto refusal = [](const std::string& name, const std::string& bytes) {
        Parts more = {{name, bytes}};
        Result<WordTemplate> opened = WordTemplate::open(letter(paragraph_of("x"), more));
        return opened.ok() ? std::string("opened") : opened.error().message;
    };
    EXPECT_THAT(refusal("word/header1.xml", "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>"), HasSubstr("well-formed"));
    EXPECT_THAT(refusal("docProps/core.xml", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>"), HasSubstr("well-formed"));
    EXPECT_THAT(refusal("../x", "x"), HasSubstr("none of a part"));
    EXPECT_THAT(refusal("WORD/document.xml", "<a/>"), HasSubstr("twice"));
    EXPECT_THAT(refusal("word/_rels/document.xml.rels", relationships_of(relationship_of("r", "x", "document.xml"))), HasSubstr("circle"));
    EXPECT_THAT(refusal("word/_rels/document.xml.rels", relationships_of(relationship_of("r", "x", "../../../etc/passwd"))),
                HasSubstr("out of"));
    EXPECT_THAT(refusal("word/_rels/document.xml.rels", relationships_of(relationship_of("r", "subDocument", "file:///x", true))),
                HasSubstr("another document"));
}

TEST(Places, that_nothing_changes_keep_their_packed_bytes) {
    const std::string styles(20'000, 's');
    const std::string docx = letter(paragraph_of("{{a}}"), {{"word/styles.xml", styles}});
    const std::string out = merged_document(docx, {{"a", "b"}}).docx;
    const auto packed = [](const std::string& archive) {
        const formats::ZipReader zip = formats::ZipReader::open(archive).take();
        return std::string(zip.packed(*zip.find("word/styles.xml")).take());
    };
    EXPECT_EQ(packed(out), packed(docx));
    EXPECT_EQ(out, merged_document(docx, {{"a", "b"}}).docx);
}

}  // namespace
}  // namespace docwright::docgen
