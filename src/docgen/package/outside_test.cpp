#include "docgen/package/outside.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace docwright::docgen {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Relationship to(const std::string& kind, const std::string& target, bool external) {
    return {.id = "rId" + target, .type = "http://x/relationships/" + kind, .target = target, .external = external};
}

TEST(Outside, hyperlinks_stay) {
    AllRelationships all{{"word/document.xml", {to("hyperlink", "file:///c:/x", true), to("hyperlink", "https://x", true)}}};
    const AllRelationships before = all;
    std::vector<std::string> warnings;
    EXPECT_TRUE(close_outside(all, warnings).ok());
    EXPECT_EQ(all, before);
    EXPECT_THAT(warnings, IsEmpty());
}

TEST(Outside, attached_templates_become_words_own) {
    for (const char* target : {"file:///C:/T.dotm", "\\\\server\\share\\T.dotm", "https://evil.example/T.dotm"}) {
        AllRelationships all{{"word/settings.xml", {to("attachedTemplate", target, true)}}};
        std::vector<std::string> warnings;
        EXPECT_TRUE(close_outside(all, warnings).ok());
        EXPECT_EQ(all["word/settings.xml"][0].target, "Normal.dotm");
        EXPECT_THAT(warnings, SizeIs(1));
    }
}

TEST(Outside, linked_pictures_stay_only_if_they_are_on_the_web) {
    for (const char* target : {"file:///etc/passwd", "\\\\server\\a.png", "a.png", "smb://server/a.png"}) {
        AllRelationships all{{"word/document.xml", {to("image", target, true), to("image", "https://x/a.png", true)}}};
        std::vector<std::string> warnings;
        EXPECT_TRUE(close_outside(all, warnings).ok());
        EXPECT_EQ(all["word/document.xml"][0].target, "about:blank");
        EXPECT_EQ(all["word/document.xml"][1].target, "https://x/a.png");
    }
}

TEST(Outside, other_documents_are_refused) {
    for (const char* kind : {"subDocument", "frame", "oleObject", "aFChunk", "unheardOf"}) {
        AllRelationships all{{"word/document.xml", {to(kind, "file:///x", true)}}};
        std::vector<std::string> warnings;
        const Status closed = close_outside(all, warnings);
        ASSERT_FALSE(closed.ok());
        EXPECT_EQ(closed.error().fault, Fault::InvalidInput);
        EXPECT_THAT(closed.error().message, HasSubstr(kind));
    }
}

TEST(Outside, parts_in_a_circle_are_refused) {
    AllRelationships all{{"", {to("officeDocument", "a.xml", false)}}, {"a.xml", {to("x", "b.xml", false), to("x", "c.xml", false)}}};
    all["b.xml"] = {to("x", "c.xml", false)};
    EXPECT_TRUE(check_circles(all).ok());
    all["c.xml"] = {to("x", "a.xml", false)};
    EXPECT_THAT(check_circles(all).error().message, HasSubstr("circle"));
    EXPECT_FALSE(check_circles({{"a.xml", {to("x", "a.xml", false)}}}).ok());
    EXPECT_FALSE(check_circles({{"a.xml", {to("x", "../b.xml", false)}}}).ok()) << "out of the package";
}

TEST(Outside, macros_go_with_their_types) {
    AllRelationships all{{"word/document.xml", {to("vbaProject", "vbaProject.bin", false), to("styles", "styles.xml", false)}},
                         {"word/vbaProject.bin", {to("wordVbaData", "vbaData.xml", false)}}};
    ContentTypes types{.extensions = {{"bin", "application/vnd.ms-office.vbaProject"}},
                       .parts = {{"word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml"},
                                 {"word/vbaData.xml", "application/vnd.ms-word.vbaData+xml"}}};
    const std::set<std::string> dropped = drop_macros(all, types, "word/document.xml");
    EXPECT_TRUE(dropped.contains("word/vbaProject.bin") && dropped.contains("word/vbaData.xml") &&
                dropped.contains("word/_rels/vbaProject.bin.rels"));
    EXPECT_THAT(all, SizeIs(1));
    EXPECT_THAT(all["word/document.xml"], SizeIs(1));
    EXPECT_THAT(types.extensions, IsEmpty());
    EXPECT_THAT(std::string(types.of("word/document.xml")), HasSubstr("wordprocessingml.document.main"));
}

}  // namespace
}  // namespace docwright::docgen
