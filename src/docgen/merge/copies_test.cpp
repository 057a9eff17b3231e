#include "docgen/merge/copies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "docgen/merge/merged_part.h"

namespace docwright::docgen {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr std::string_view kThree = R"({"i": [{"n": "a"}, {"n": "b"}, {"n": "c"}]})";

std::string loop_row(std::string_view content) {
    return fmt::format("<w:tbl><w:tr w14:paraId=\"00000001\"><w:tc><w:p w14:paraId=\"00000002\">{}{}{}</w:p></w:tc></w:tr></w:tbl>",
                       run("{{TableStart:i}}{{n}}"), content, run("{{TableEnd:i}}"));
}

std::vector<std::string> values_of(const std::string& xml, const std::string& attribute) {
    std::vector<std::string> values;
    for (std::size_t at = xml.find(attribute + "=\""); at != std::string::npos; at = xml.find(attribute + "=\"", at + 1)) {
        const std::size_t begin = at + attribute.size() + 2;
        values.push_back(xml.substr(begin, xml.find('"', begin) - begin));
    }
    return values;
}

TEST(CopiedRows, number_their_paragraphs_and_drawings_anew) {
    const std::string xml = merge(loop_row("<w:r><w:drawing><wp:docPr id=\"7\" name=\"x\"/></w:drawing></w:r>") +
                                      "<w:p w14:paraId=\"00000003\"><w:r><w:drawing><wp:docPr id=\"9\"/></w:drawing></w:r></w:p>",
                                  kThree)
                                .xml;
    const std::vector<std::string> paragraphs = values_of(xml, "w14:paraId"), drawings = values_of(xml, " id");
    EXPECT_EQ(paragraphs.size(), 7U);
    EXPECT_EQ(std::set<std::string>(paragraphs.begin(), paragraphs.end()).size(), 7U) << xml;
    EXPECT_EQ(drawings, (std::vector<std::string>{"7", "10", "11", "9"}));
}

TEST(CopiedRows, keep_the_two_ends_of_a_bookmark_and_the_links_to_it_together) {
    const std::string xml =
        merge(loop_row("<w:hyperlink w:anchor=\"here\"/><w:bookmarkStart w:id=\"4\" w:name=\"here\"/><w:bookmarkEnd w:id=\"4\"/>"
                       "<w:hyperlink w:anchor=\"there\"/>"),
              kThree)
            .xml;
    EXPECT_EQ(values_of(xml, "w:id"), (std::vector<std::string>{"4", "4", "5", "5", "6", "6"}));
    EXPECT_EQ(values_of(xml, "w:name"), (std::vector<std::string>{"here", "here_c1", "here_c2"}));
    EXPECT_EQ(values_of(xml, "w:anchor"), (std::vector<std::string>{"here", "there", "here_c1", "there", "here_c2", "there"}));
}

TEST(CopiedRows, refer_to_a_comment_once) {
    const std::string xml =
        merge(loop_row("<w:commentRangeStart w:id=\"1\"/><w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r>"),
              kThree)
            .xml;
    EXPECT_EQ(values_of(xml, "w:id").size(), 3U);
}

TEST(CopiedRows, have_a_footnote_each_with_the_values_of_their_item) {
    const std::string body =
        part_of(loop_row("<w:r><w:footnoteReference w:id=\"2\"/></w:r>") + "<w:p><w:r><w:footnoteReference w:id=\"3\"/></w:r></w:p>");
    const std::string notes =
        "<w:footnotes xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:footnote w:type=\"separator\" "
        "w:id=\"0\"/>"
        "<w:footnote w:id=\"2\"><w:p>" +
        run("of {{n}}") + "</w:p></w:footnote><w:footnote w:id=\"3\"><w:p>" + run("plain {{n}}") + "</w:p></w:footnote></w:footnotes>";
    const Program body_program = compile(body).take(), notes_program = compile(notes).take();
    Copies copies;
    copies.know(body_program.used);
    copies.know(notes_program.used);
    const json::value values = json::parse(kThree);
    std::string out;
    const auto sink = [&](std::string_view bytes) -> Status {
        out += bytes;
        return success();
    };
    ASSERT_TRUE(render(body_program, values, {}, copies, sink, [](std::string) {}).ok());
    EXPECT_EQ(values_of(out, "w:id"), (std::vector<std::string>{"2", "4", "5", "3"}));
    EXPECT_TRUE(copies.has_notes(Numbered::Footnote));
    out.clear();
    ASSERT_TRUE(render(notes_program, values, {}, copies, sink, [](std::string) {}).ok());
    EXPECT_EQ(values_of(out, "w:id"), (std::vector<std::string>{"0", "2", "4", "5", "3"}));
    EXPECT_EQ(text_of(out), "of a.of b.of c.plain .");
}

}  // namespace
}  // namespace docwright::docgen
