#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "docgen/merge/merged_part.h"

namespace docwright::docgen {
namespace {

constexpr std::string_view kDeletion = "<w:del w:id=\"2\"><w:r><w:delText>{{gone}}</w:delText></w:r></w:del>";

// Cuts texts into runs as editors do, the same way for the same seed.
class Cutter {
public:
    explicit Cutter(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t count) { return random_() % count; }

    std::string runs_of(std::string_view text) {
        std::string out;
        for (std::size_t at = 0; at < text.size();) {
            std::size_t bytes = std::min(1 + below(below(3) == 0 ? 30 : 4), text.size() - at);
            while (at + bytes < text.size() && (static_cast<unsigned char>(text[at + bytes]) & 0xC0) == 0x80) ++bytes;
            out += wrapped(run_of(text.substr(at, bytes))) + noise();
            at += bytes;
        }
        return out;
    }

private:
    std::string run_of(std::string_view text) {
        constexpr std::string_view kProperties[] = {"", "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:i/><w:lang w:val=\"en-US\"/></w:rPr>"};
        std::string content;
        for (std::string_view rest = text; !rest.empty();) {
            const std::size_t special = std::min(rest.find_first_of("\t-"), rest.size());
            std::string escaped;
            append_escaped(escaped, rest.substr(0, special));
            if (special > 0) content += fmt::format("<w:t xml:space=\"preserve\">{}</w:t>", escaped);
            if (special < rest.size())
                content += rest[special] == '\t' ? "<w:tab/>" : below(2) == 0 ? "<w:noBreakHyphen/>" : "<w:t>-</w:t>";
            rest.remove_prefix(std::min(special + 1, rest.size()));
        }
        if (below(6) == 0) content = "<w:lastRenderedPageBreak/>" + content;
        if (below(6) == 0) content += "<w:softHyphen/>";
        return fmt::format("<w:r>{}{}</w:r>", kProperties[below(std::size(kProperties))], content);
    }

    std::string wrapped(const std::string& run) {
        switch (below(12)) {
            case 0: return "<w:hyperlink w:anchor=\"a\">" + run + "</w:hyperlink>";
            case 1: return "<w:smartTag w:element=\"place\">" + run + "</w:smartTag>";
            case 2: return "<w:sdt><w:sdtPr><w:id w:val=\"5\"/></w:sdtPr><w:sdtContent>" + run + "</w:sdtContent></w:sdt>";
            case 3: return "<w:ins w:id=\"3\" w:author=\"x\">" + run + "</w:ins>";
            default: return run;
        }
    }

    std::string noise() {
        switch (below(8)) {
            case 0: return "<w:proofErr w:type=\"spellStart\"/>";
            case 1: return "<w:bookmarkStart w:id=\"1\" w:name=\"m\"/><w:bookmarkEnd w:id=\"1\"/>";
            case 2: return std::string(kDeletion);
            case 3: return "<w:r><w:rPr><w:b/></w:rPr></w:r>";
            default: return "";
        }
    }

    std::mt19937 random_;
};

// They stay as they were; a reader does not see them.
std::string without_deletions(std::string xml) {
    for (std::size_t at; (at = xml.find(kDeletion)) != std::string::npos;) xml.erase(at, kDeletion.size());
    return xml;
}

using Location = std::function<std::string(const std::string& paragraph)>;

// A paragraph in each place where tags work, but for those that are parts of their own.
const std::vector<std::pair<const char*, Location>> kLocations = {
    {"body", [](const std::string& p) { return p; }},
    {"cell", [](const std::string& p) { return "<w:tbl><w:tr><w:tc>" + p + "</w:tc></w:tr></w:tbl>"; }},
    {"nested table",
     [](const std::string& p) {
         return "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>" + p + "</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>";
     }},
    {"control", [](const std::string& p) { return "<w:sdt><w:sdtPr/><w:sdtContent>" + p + "</w:sdtContent></w:sdt>"; }},
    {"cell control",
     [](const std::string& p) { return "<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>" + p + "</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>"; }},
    {"text box",
     [](const std::string& p) {
         return "<w:p><w:r><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice><w:drawing><w:txbxContent>" + p +
                "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" + p +
                "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>";
     }},
    {"custom markup", [](const std::string& p) { return "<w:customXml w:element=\"x\">" + p + "</w:customXml>"; }},
};

class ScatteredTags : public ::testing::TestWithParam<std::size_t> {};

TEST_P(ScatteredTags, are_filled_wherever_they_are_cut) {
    const auto& [name, location] = kLocations[GetParam()];
    const std::string written =
        "Total {{ amount-due \\# \"$#,##0.00\" }}, {{customer.name}}{{ Straße }}:\t{{\tday \\@ \"d MMMM yyyy\"}} v{{n}} {{{{x}} "
        "${sign:1:y} {{none}}.";
    const std::string_view expected = "Total $1,234.50, Ann &amp; CoBahnhofstraße:4 July 2025 v7 {{x}} ${sign:1:y} ..";
    constexpr std::string_view kValues =
        R"({"amount-due": 1234.5, "customer": {"name": "Ann & Co"}, "Straße": "Bahnhofstraße", "day": "2025-07-04", "n": 7, "gone": "wrong"})";
    constexpr std::uint32_t kSeeds = 150;
    for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
        Cutter cutter(seed);
        const std::string paragraph = "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>" + cutter.runs_of(written) + "</w:p>";
        const Merged merged = merge(location(paragraph), kValues);
        ASSERT_TRUE(merged.status.ok()) << name << ", seed " << seed << ": " << merged.status.error().message;
        std::string text = text_of(without_deletions(merged.xml));
        std::erase(text, '|');
        std::erase(text, '\n');
        ASSERT_EQ(text.substr(0, expected.size()), expected) << name << ", seed " << seed << "\n" << paragraph;
        ASSERT_EQ(text.find("{{ "), std::string::npos) << text;
        if (std::string_view(name) == "text box") {
            ASSERT_EQ(text, std::string(expected) + std::string(expected) + ".") << "seed " << seed;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(in, ScatteredTags, ::testing::Range(std::size_t{0}, kLocations.size()));

// The whole language, cut as well: the loop and its formula, a condition over cells, a field beside them.
TEST(ScatteredLanguage, of_loops_formulas_and_conditions_do_their_work) {
    constexpr std::uint32_t kSeeds = 150;
    for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
        Cutter cutter(seed);
        const auto cell = [&](std::string_view text) { return "<w:tc><w:p>" + cutter.runs_of(text) + "</w:p></w:tc>"; };
        const std::string table = "<w:tbl><w:tr>" + cell("{{TableStart:items}}{{ROW_NUMBER}} {{name}}{{If:gift}} (gift){{EndIf:gift}}") +
                                  cell("{{price \\# 0.00}}{{TableEnd:items}}") + "</w:tr><w:tr>" + cell("Sum") + cell("{{=SUM(ABOVE)}}") +
                                  "</w:tr></w:tbl>";
        const Merged merged = merge(table, R"({"items": [{"name": "pen", "price": 1.5, "gift": true}, {"name": "ink", "price": "2"}]})");
        ASSERT_TRUE(merged.status.ok()) << merged.status.error().message;
        ASSERT_EQ(text_of(without_deletions(merged.xml)), "1 pen (gift).|1.50.|\n2 ink.|2.00.|\nSum.|3.5.|\n") << "seed " << seed;
    }
}

}  // namespace
}  // namespace docwright::docgen
