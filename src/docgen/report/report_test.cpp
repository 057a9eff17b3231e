#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file_descriptor.h"
#include "docgen/report/analysis.h"
#include "docgen/report/values_schema.h"
#include "docgen/report/walk.h"
#include "formats/zip.h"

namespace docwright::docgen {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kNamespace = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

std::string paragraph(const std::string& text) { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>"; }
std::string row(const std::string& first, const std::string& second) {
    return "<w:tr><w:tc>" + paragraph(first) + "</w:tc><w:tc>" + paragraph(second) + "</w:tc></w:tr>";
}

WordTemplate word_of(const std::string& body, const std::string& header = "") {
    FileDescriptor file(::memfd_create("template", MFD_CLOEXEC));
    formats::ZipWriter archive(file.get());
    const auto add = [&](const char* name, const std::string& root, const std::string& content) {
        EXPECT_TRUE(archive.begin_deflated(name).ok());
        EXPECT_TRUE(archive.add("<w:" + root + " " + kNamespace + ">" + content + "</w:" + root + ">").ok());
        EXPECT_TRUE(archive.end().ok());
    };
    add("word/document.xml", "document", "<w:body>" + body + "</w:body>");
    if (!header.empty()) add("word/header1.xml", "hdr", paragraph(header));
    EXPECT_TRUE(archive.finish().ok());
    std::string bytes(static_cast<std::size_t>(::lseek(file.get(), 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(file.get(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    return WordTemplate::open(bytes).take();
}

WordTemplate invoice() {
    return word_of(paragraph("{{customer.name}} {{ today \\@ MM/dd/yyyy }} {{total \\# \"0.00\"}} {{customer.name}}") + "<w:tbl>" +
                       row("{{TableStart:lines}}{{ROW_NUMBER}} {{name}}",
                           "{{price \\# Currency}} {{due \\@ \"dd.MM.yyyy HH:mm\"}}{{TableEnd:lines}}") +
                       row("", "{{=SUM(ABOVE)}}") + "</w:tbl>",
                   "{{company}}");
}

TEST(TagLists, are_what_clients_split_at_commas) {
    const TagList list = list_tags(invoice());
    EXPECT_EQ(list.single_tags, "customer.name,total,company");
    EXPECT_EQ(list.double_tags, "lines,lines.name,lines.price,lines.due");
}

TEST(TagLists, say_of_every_tag_what_it_is_and_where) {
    const TagList list = list_tags(invoice());
    std::vector<std::string> kinds;
    for (const json::value& tag : list.tags)
        kinds.emplace_back(std::string(tag.at("kind").as_string()) + " " + std::string(tag.at("name").as_string()));
    EXPECT_THAT(kinds, ElementsAre("scalar customer.name", "builtin today", "scalar total", "scalar customer.name", "loop lines",
                                   "builtin ROW_NUMBER", "scalar name", "scalar price", "scalar due", "formula SUM", "scalar company"));
    EXPECT_EQ(json::serialize(list.tags[7]),
              R"({"name":"price","kind":"scalar","text":"{{price \\# Currency}}","switch":"\\# Currency","location":"body","loop":"lines",)"
              R"("paragraph":3,"table":1,"row":1})");
    EXPECT_EQ(list.tags[10].at("location").as_string(), "header");
}

TEST(Coverage, names_tags_without_a_value_and_values_without_a_tag) {
    const json::value values = json::parse(
        R"({"customer": {"name": "Ann", "age": 5}, "lines": [{"name": "a", "price": 1, "note": "x"}, {"name": "b", "due": null}],)"
        R"( "other": {"a": 1, "b": [1, 2]}})");
    const Coverage coverage = coverage_of(invoice(), values);
    EXPECT_THAT(coverage.unfilled, ElementsAre(UnfilledTag{"total", ""}, UnfilledTag{"due", "lines"}, UnfilledTag{"price", "lines"},
                                               UnfilledTag{"company", ""}));
    EXPECT_THAT(coverage.unused, ElementsAre("customer.age", "lines.note", "other"));
}

TEST(Coverage, is_complete_when_everything_fits) {
    const json::value values =
        json::parse(R"({"customer": {"name": "Ann"}, "total": 0, "company": "", "lines": [{"name": "a", "price": 1, "due": ""}]})");
    const Coverage coverage = coverage_of(invoice(), values);
    EXPECT_THAT(coverage.unfilled, IsEmpty());
    EXPECT_THAT(coverage.unused, IsEmpty());
}

TEST(Coverage, finds_values_of_outer_levels_and_misses_lists) {
    const json::value values = json::parse(R"({"customer": {"name": ""}, "total": 1, "company": "x", "price": 3})");
    EXPECT_THAT(coverage_of(invoice(), values).unfilled, ElementsAre(UnfilledTag{"lines", ""}));
    EXPECT_THAT(coverage_of(invoice(), values).unused, ElementsAre("price"));
}

TEST(Coverage, lets_unfilled_tags_show_themselves) {
    const WordTemplate word = invoice();
    const json::value values = json::parse(R"({"lines": [{"name": "a"}]})");
    const json::value kept = keeping_unfilled(word, values, coverage_of(word, values));
    EXPECT_EQ(kept.at("customer.name").as_string(), "{{customer.name}}");
    EXPECT_EQ(kept.at("price").as_string(), "{{price \\# Currency}}");
    EXPECT_EQ(kept.at("lines"), values.at("lines"));
}

TEST(ValuesSchema, has_objects_for_dotted_names_arrays_for_loops_and_meanings_for_pictures) {
    const json::object schema = values_schema(invoice());
    const json::value properties = schema.at("properties");
    EXPECT_EQ(schema.at("type").as_string(), "object");
    EXPECT_EQ(json::serialize(properties.at("customer")),
              R"({"type":"object","properties":{"name":{"type":["string","number","boolean","null"]}}})");
    EXPECT_EQ(json::serialize(properties.at("total")), R"({"type":["number","string"],"description":"Shown as 0.00"})");
    EXPECT_EQ(json::serialize(properties.at("lines").at("items").at("properties").at("due")),
              R"({"type":"string","format":"date-time","description":"Shown as dd.MM.yyyy HH:mm"})");
    EXPECT_FALSE(properties.as_object().contains("today"));
}

}  // namespace
}  // namespace docwright::docgen
