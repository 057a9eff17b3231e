#include "docgen/package/relationships.h"

#include <gtest/gtest.h>

#include "docgen/package/content_types.h"

namespace docwright::docgen {
namespace {

TEST(RelationshipsOfParts, are_read_and_written) {
    const std::string xml =
        R"(<?xml version="1.0"?><r:Relationships xmlns:r="x"><r:Relationship Target="a&amp;b" Type="t/image" Id="rId1"/>)"
        R"(<r:Relationship Id="rId2" Type="t/hyperlink" Target="http://x" TargetMode="External"></r:Relationship></r:Relationships>)";
    const Relationships read = read_relationships(xml).take();
    ASSERT_EQ(read.size(), 2U);
    EXPECT_EQ(read[0], (Relationship{"rId1", "t/image", "a&b", false}));
    EXPECT_EQ(kind_of(read[1]), "hyperlink");
    EXPECT_TRUE(read[1].external);
    EXPECT_EQ(read_relationships(relationships_xml(read)).take(), read);
}

TEST(RelationshipsOfParts, without_type_or_with_one_id_twice_are_refused) {
    EXPECT_FALSE(read_relationships("<a><Relationship Id=\"x\"/></a>").ok());
    EXPECT_FALSE(read_relationships("<a><Relationship Id=\"x\" Type=\"t\"/><Relationship Id=\"x\" Type=\"t\"/></a>").ok());
    EXPECT_FALSE(read_relationships("<!DOCTYPE a [<!ENTITY b \"c\">]><a/>").ok());
}

TEST(RelationshipsOfParts, have_a_part_of_their_own) {
    for (const auto& [part, name] :
         {std::pair("word/document.xml", "word/_rels/document.xml.rels"), {"", "_rels/.rels"}, {"a", "_rels/a.rels"}}) {
        EXPECT_EQ(relationships_name(part), name);
        EXPECT_TRUE(is_relationships_name(name));
        EXPECT_EQ(owner_of(name), part);
    }
    EXPECT_FALSE(is_relationships_name("word/a.rels"));
}

TEST(RelationshipsOfParts, lead_to_parts_inside) {
    EXPECT_EQ(part_of_target("word/document.xml", "media/a.png").take(), "word/media/a.png");
    EXPECT_EQ(part_of_target("word/document.xml", "../docProps/./core.xml").take(), "docProps/core.xml");
    EXPECT_EQ(part_of_target("word/document.xml", "/word/a.xml").take(), "word/a.xml");
    EXPECT_FALSE(part_of_target("word/document.xml", "../../etc/passwd").ok());
}

TEST(ContentTypesOfParts, are_their_own_or_those_of_their_extension) {
    ContentTypes types = read_content_types(R"(<Types xmlns="x"><Default Extension="PNG" ContentType="image/png"/>)"
                                            R"(<Override PartName="/word/document.xml" ContentType="main"/></Types>)")
                             .take();
    EXPECT_EQ(types.of("a/b.png"), "image/png");
    EXPECT_EQ(types.of("word/document.xml"), "main");
    EXPECT_EQ(types.of("word/other.xml"), "");
    types.set_extension("png", "other");
    types.set_part("word/document.xml", "new");
    const ContentTypes again = read_content_types(content_types_xml(types)).take();
    EXPECT_EQ(again.of("a/b.png"), "image/png");
    EXPECT_EQ(again.of("word/document.xml"), "new");
}

}  // namespace
}  // namespace docwright::docgen
