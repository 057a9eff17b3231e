#include "cli/record_file.h"

#include <gtest/gtest.h>

namespace docwright {
namespace {

struct RecordsCase {
    const char* says;
    RecordFormat format;
    const char* text;
    std::vector<std::string> records;  // "!": cannot be used
};
const RecordsCase kRecordsCases[] = {
    {"csv_with_a_head",
     RecordFormat::Csv,
     "name,city\nAnn,Oslo\nBob,Rome\n",
     {R"({"name":"Ann","city":"Oslo"})", R"({"name":"Bob","city":"Rome"})"}},
    {"csv_with_quoted_cells", RecordFormat::Csv, "a,b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\r\n", {R"({"a":"x, \"y\"","b":"two\nlines"})"}},
    {"csv_with_semicolons_and_a_mark",
     RecordFormat::Csv,
     "\xEF\xBB\xBF"
     "a;b\n1,5;2\n",
     {R"({"a":"1,5","b":"2"})"}},
    {"csv_with_tabs_and_spaces_in_its_head", RecordFormat::Csv, " a \tb\n1\t\n", {R"({"a":"1","b":""})"}},
    {"csv_with_short_and_empty_rows", RecordFormat::Csv, "a,b\n1\n\n2,3", {R"({"a":"1"})", R"({"a":"2","b":"3"})"}},
    {"csv_with_rows_that_cannot_be_used", RecordFormat::Csv, "a\n1,2\n\xFF\n3\n\"open\n", {"!", "!", R"({"a":"3"})", "!"}},
    {"lines_of_json", RecordFormat::Lines, "{\"a\": 1.50}\n\n[1]\nno\n{\"b\":2}", {R"({"a": 1.50})", "!", "!", R"({"b":2})"}},
    {"an_array", RecordFormat::Array, " [{\"a\": [{}, \"]\\\"\"]},\n {\"b\": {}}]\n", {R"({"a":[{},"]\""]})", R"({"b":{}})"}},
    {"an_object_as_one_record", RecordFormat::Array, "{\"a\": {\"b\": 1}}", {R"({"a":{"b":1}})"}},
};

class Records : public testing::TestWithParam<RecordsCase> {};
TEST_P(Records, ) {
    const RecordFile file = RecordFile::of_text(GetParam().text, GetParam().format).take();
    std::vector<std::string> records;
    for (std::size_t i = 0; i < file.count(); ++i) {
        const Result<std::string> record = file.record(i);
        records.push_back(record.ok() ? record.value() : "!");
    }
    EXPECT_EQ(records, GetParam().records);
}
INSTANTIATE_TEST_SUITE_P(, Records, testing::ValuesIn(kRecordsCases), [](auto& test) { return test.param.says; });

TEST(RecordFiles, without_records_are_refused) {
    for (const char* text : {"", "a,b\n", "\n\n"}) EXPECT_FALSE(RecordFile::of_text(text, RecordFormat::Csv).ok()) << text;
    for (const char* text : {"", "[]", "[{}", "{\"a"}) EXPECT_FALSE(RecordFile::of_text(text, RecordFormat::Array).ok()) << text;
    EXPECT_EQ(RecordFile::open("/nowhere/x.csv", RecordFormat::Csv).error().fault, Fault::NotFound);
}

}  // namespace
}  // namespace docwright
