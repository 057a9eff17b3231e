#include "docgen/template/xml.h"

#include <gtest/gtest.h>

namespace docwright::docgen {
namespace {

std::string kinds(std::string_view xml) {
    std::string out;
    const std::vector<XmlToken> tokens = scan_xml(xml).value();
    for (const XmlToken& token : tokens) out += "SEeTo"[static_cast<std::size_t>(token.kind)];
    return out;
}

TEST(Xml, is_cut_into_tokens_that_cover_every_byte) {
    const std::string_view xml = "<?xml version=\"1.0\"?>\n<a b='>'><!-- <x> --><c/>text</a>\n";
    const std::vector<XmlToken> tokens = scan_xml(xml).value();
    std::size_t at = 0;
    for (const XmlToken& token : tokens) {
        EXPECT_EQ(token.begin, at);
        at = token.end;
    }
    EXPECT_EQ(at, xml.size());
    EXPECT_EQ(kinds(xml), "oTSoeTET");
    EXPECT_EQ(tokens[2].partner, 6U);
    EXPECT_EQ(tokens[6].partner, 2U);
}

TEST(Xml, has_attributes_in_any_spelling) {
    const std::string_view xml = "<a one=\"1\"  two = 'a \"b\" &amp;'/>";
    const XmlToken element = scan_xml(xml).value()[0];
    EXPECT_EQ(attribute(xml, element, "one"), "1");
    EXPECT_EQ(attribute(xml, element, "two"), "a \"b\" &amp;");
    EXPECT_FALSE(attribute(xml, element, "three"));
}

TEST(Xml, that_is_not_well_formed_is_refused) {
    for (const char* xml : {"", "text", "<a>", "</a>", "<a></b>", "<a", "<a/><b/>", "<a/>text", "<a b='<'/>", "<!DOCTYPE a><a/>",
                            "<a><![CDATA[x]]></a>", "<a><!-- </a>", "< />", "\xFF\xFE<\0a"})
        EXPECT_FALSE(scan_xml(xml).ok()) << xml;
    std::string deep;
    for (int i = 0; i < 10'000; ++i) deep += "<a>";
    EXPECT_EQ(scan_xml(deep).error().fault, Fault::LimitExceeded);
}

TEST(Xml, text_is_decoded_and_escaped) {
    EXPECT_EQ(decoded("a &amp; b &lt;&#x2019;&#8217;&quot; &nbsp; & &#0; &#xD800;"), "a & b <’’\" &nbsp; & &#0; &#xD800;");
    std::string out;
    append_escaped(out, "a<b> & \"c\"");
    EXPECT_EQ(out, "a&lt;b&gt; &amp; &quot;c&quot;");
    EXPECT_EQ(decoded(out), "a<b> & \"c\"");
}

}  // namespace
}  // namespace docwright::docgen
