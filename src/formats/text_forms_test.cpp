// The text forms of the contract's own example, and of small elements written here.
#include "formats/text_forms.h"

#include <gtest/gtest.h>

#include <regex>

#include "tests/golden.h"

namespace docwright::formats {
namespace {

using docwright::testing::expect_golden;
using docwright::testing::read_file;

json::array elements_of(const std::string& text) {
    boost::system::error_code error;
    return json::parse(text, error).at("analyzeResult").at("elements").as_array();
}

json::array example() {
    return elements_of(read_file(std::string(DOCWRIGHT_SOURCE_FOLDER) + "/tests/contract/structure-info.example.json"));
}

std::string written(TextForm form, const json::array& elements, TextFormOptions options = {}) {
    std::string out;
    const auto source = [&elements](const ElementVisit& visit) -> Status {
        for (const json::value& element : elements) TRY(visit(element.get_object()));
        return success();
    };
    const auto sink = [&out](std::string_view text) {
        out += text;
        return success();
    };
    const Status status = write_text_form(form, source, {.language = "en", .title = "Operations Report 2025"}, options, sink);
    EXPECT_TRUE(status.ok());
    return out;
}

json::object paragraph(std::string_view text, json::object more = {}) {
    static int number = 0;
    json::object content{{"text", text}, {"style", json::object{{"fontWeight", 0}, {"fontItalic", false}}}};
    for (const auto& member : more) content[member.key()] = member.value();
    return {
        {"id", "paragraph" + std::to_string(++number)}, {"type", "paragraph"}, {"content", content}, {"region", json::object{{"page", 1}}}};
}

TEST(TextForms, example_reads_as_the_contract_shows_in_markdown) { expect_golden("example.md", written(TextForm::Markdown, example())); }
TEST(TextForms, example_as_html) { expect_golden("example.html", written(TextForm::Html, example())); }
TEST(TextForms, example_as_plain_text) { expect_golden("example.txt", written(TextForm::Plain, example())); }

TEST(TextForms, marks_page_starts_when_asked) {
    EXPECT_NE(written(TextForm::Markdown, example(), {.pages = true}).find("\n<!-- page 2 -->\n"), std::string::npos);
    EXPECT_NE(written(TextForm::Html, example(), {.pages = true}).find("<hr data-page=\"2\">"), std::string::npos);
    EXPECT_NE(written(TextForm::Plain, example(), {.pages = true}).find('\f'), std::string::npos);
}

TEST(TextForms, keeps_furniture_and_comments_when_asked) {
    const std::string text = written(TextForm::Plain, example(), {.furniture = true, .comments = true});
    EXPECT_NE(text.find("Harbour Ferry Trust"), std::string::npos);
    EXPECT_NE(text.find("M. Okafor: Winter 2025 was flat."), std::string::npos);
}

// ---- agreement: the same words in all three, but for what the contract lists ------------------------------------------------

std::string without_tags(std::string text) {
    text = std::regex_replace(text, std::regex("<head>[^]*?</head>"), "");
    text = std::regex_replace(text, std::regex("<(div|p)[^>]*(role=\"math\"|formula)[^>]*>[^]*?</(div|p)>"), "");
    text = std::regex_replace(text, std::regex("<sup><a href=\"#fn-[^]*?</sup>"), "");
    text = std::regex_replace(text, std::regex("</?(a|em|strong|sup|sub|s|code)( [^>]*)?>"), "");
    text = std::regex_replace(text, std::regex("<[^>]*>"), " ");
    for (const auto& [from, to] : {std::pair("&lt;", "<"), {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}}) {
        text = std::regex_replace(text, std::regex(from), to);
    }
    return text;
}

// Our Markdown back to words: marks, targets, pictures, formulas and labels go.
std::string markdown_words(std::string text) {
    for (const char* gone : {R"(\$\$[^]*?\$\$)", R"(!\[[^\]]*\]\([^)]*\))", R"(\[\^\d+\]:?)", R"((^|\n) *(- |\d+\. |> ?|#+ ))"}) {
        text = std::regex_replace(text, std::regex(gone), " ");
    }
    text = without_tags(std::regex_replace(text, std::regex(R"(\]\([^)\s]*\))"), ""));
    text = std::regex_replace(text, std::regex(R"(\*\*|\[x\]|\[ \]|(^|[^\\])\[)"), "$1");
    return std::regex_replace(text, std::regex(R"(\\(.))"), "$1");
}

std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> list;
    std::string word;
    for (char letter : text + " ") {
        const bool blank = letter == ' ' || letter == '\n' || letter == '\t';
        if (!blank) word += letter;
        if (blank && !word.empty() && word != "|" && word != "---") list.push_back(std::exchange(word, {}));
        if (blank) word.clear();
    }
    std::erase_if(list, [](const std::string& each) { return each.find_first_not_of(".:|-") == std::string::npos; });
    for (std::string& each : list) {
        if (each.ends_with(':')) each.pop_back();
    }
    return list;
}

TEST(TextForms, agree_on_the_words) {
    const std::string plain =
        std::regex_replace(written(TextForm::Plain, example()), std::regex(R"(\[\d+\]|E = P [^\n]*|(^|\n)\d\. )"), " ");
    EXPECT_EQ(words(plain), words(without_tags(written(TextForm::Html, example()))));
    EXPECT_EQ(words(plain), words(markdown_words(written(TextForm::Markdown, example()))));
}

// ---- details -----------------------------------------------------------------------------------------------------------------

struct EscapeCase {
    const char* says;
    const char* text;
    const char* markdown;
};
const EscapeCase kEscapeCases[] = {
    {"a_number_with_a_dot_at_the_start", "1. not a list", "1\\. not a list\n"},
    {"a_number_with_a_bracket_at_the_start", "2) not a list", "2\\) not a list\n"},
    {"a_dash_at_the_start", "- not a list", "\\- not a list\n"},
    {"a_dash_inside_stays", "one - two", "one - two\n"},
    {"a_hash_at_the_start", "# not a head", "\\# not a head\n"},
    {"stars_and_brackets", "a*b* [c](d)", "a\\*b\\* \\[c\\](d)\n"},
    {"an_underscore_inside_a_word_stays", "file_name", "file_name\n"},
    {"underscores_around_a_word", "_name_", "\\_name\\_\n"},
    {"what_looks_like_a_tag", "a <b> c", "a \\<b> c\n"},
    {"what_looks_like_a_character_reference", "AT&amp;T & Co", "AT\\&amp;T & Co\n"},
    {"a_line_end_that_was_meant", "First Street\n1. Town", "First Street  \n1\\. Town\n"},
};
class MarkdownEscapes : public ::testing::TestWithParam<EscapeCase> {};
TEST_P(MarkdownEscapes, ) { EXPECT_EQ(written(TextForm::Markdown, {paragraph(GetParam().text)}), GetParam().markdown); }
INSTANTIATE_TEST_SUITE_P(, MarkdownEscapes, ::testing::ValuesIn(kEscapeCases), [](auto& test) { return test.param.says; });

json::object bold(std::size_t start, std::size_t length) {
    return {{"start", start}, {"length", length}, {"style", json::object{{"fontWeight", 700}}}};
}

TEST(TextForms, marks_what_deviates_and_keeps_blanks_outside) {
    EXPECT_EQ(written(TextForm::Markdown, {paragraph("Total due now", {{"spans", json::array{bold(0, 6)}}})}), "**Total** due now\n");
    EXPECT_EQ(written(TextForm::Html, {paragraph("Total due", {{"spans", json::array{bold(0, 5)}}})}).find("<strong>Total</strong> due") ==
                  std::string::npos,
              false);
}

TEST(TextForms, does_not_mark_what_holds_for_the_whole_text) {
    EXPECT_EQ(written(TextForm::Markdown, {paragraph("All bold", {{"spans", json::array{bold(0, 8)}}})}), "All bold\n");
}

TEST(TextForms, writes_html_where_stars_would_not_work) {
    EXPECT_EQ(written(TextForm::Markdown, {paragraph("(a)b c", {{"spans", json::array{bold(0, 3)}}})}), "<strong>(a)</strong>b c\n");
}

json::object part(std::string_view id, std::string_view text, int number, std::string_view joiner) {
    json::object element = paragraph(text);
    element["id"] = id;
    element["continuation"] = json::object{{"group", "paragraph900"}, {"part", number}, {"parts", 2}, {"joiner", joiner}};
    return element;
}

TEST(TextForms, join_a_text_that_runs_on_at_the_place_of_its_first_part) {
    const json::array elements{part("paragraph900", "The com-", 1, ""), paragraph("Between."),
                               part("paragraph901", "pany grew.", 2, "dehyphenate")};
    EXPECT_EQ(written(TextForm::Plain, elements), "The company grew.\n\nBetween.\n");
}

json::object item(std::string_view text, std::string_view label, int level, int number, std::string_view list = "list1") {
    const json::object facts{{"listId", list}, {"label", label},        {"labelLength", label.empty() ? 0 : label.size() + 1},
                             {"level", level}, {"ordered", number > 0}, {"number", number}};
    return paragraph(std::string(label) + (label.empty() ? "" : " ") + std::string(text), {{"role", "listItem"}, {"list", facts}});
}

TEST(TextForms, nest_lists_by_level) {
    const json::array elements{item("One", "1.", 1, 1), item("Inner", "-", 2, 0), item("More of it", "", 2, 0), item("Two", "2.", 1, 2)};
    EXPECT_EQ(written(TextForm::Markdown, elements), "1. One\n   - Inner\n\n     More of it\n2. Two\n");
    EXPECT_EQ(written(TextForm::Plain, elements), "1. One\n  - Inner\n  More of it\n2. Two\n");
    const std::string html = written(TextForm::Html, elements);
    EXPECT_TRUE(
        std::regex_search(html, std::regex("<ol><li[^>]*>One<ul><li[^>]*>Inner<p>More of it</p></li></ul></li>\n<li[^>]*>Two</li></ol>")))
        << html;
}

TEST(TextForms, keep_labels_that_markdown_has_no_sign_for) {
    EXPECT_EQ(written(TextForm::Markdown, {item("First", "a)", 1, 0)}), "- a) First\n");
}

}  // namespace
}  // namespace docwright::formats
