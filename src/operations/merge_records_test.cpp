// The operations on Word templates, run in this process.
#include <gtest/gtest.h>

#include "base/record_frames.h"
#include "docgen/test_documents.h"
#include "operations/all.h"

namespace docwright {
namespace {

using docgen::bytes_of;
using docgen::paragraph_of;
using docgen::small_docx;

struct Made {
    Result<TaskResult> result;
    std::string output;
};

Made run(const Operation& operation, const std::string& word_template, const std::string& values, json::object parameters = {}) {
    class Unheard final : public Progress {
        void report(int, int) override {}
    } progress;
    const FileDescriptor output(::memfd_create("output", MFD_CLOEXEC)), scratch(::memfd_create("scratch", MFD_CLOEXEC));
    TaskFiles files{.output = output.get(), .scratch = scratch.get(), .input_time = 1'753'660'800'000'000};  // 2025-07-28
    files.inputs.push_back({word_template, "template.docx", "", ""});
    if (!values.empty()) files.inputs.push_back({values, "values.json", "", ""});
    Result<TaskResult> result = operation.body.run(parse_values(operation, parameters).take(), files, progress);
    return {std::move(result), bytes_of(output)};
}

const std::string& letter() {
    static const std::string kDocx = small_docx(paragraph_of("Dear {{name}}, {{ today \\@ MM/dd/yyyy }}"));
    return kDocx;
}

TEST(MergeTemplate, makes_the_same_document_as_a_batch_of_one_record) {
    const Made one = run(merge_template, letter(), R"({"name": "Ann"})"), many = run(merge_records, letter(), R"({"name": "Ann"})");
    ASSERT_TRUE(one.result.ok() && many.result.ok());
    EXPECT_EQ(one.result.value().format, Format::Word);
    FrameFile frames(many.output);
    EXPECT_EQ(frames.next().value()->bytes, one.output);
    EXPECT_FALSE(frames.next().value());
}

TEST(MergeTemplate, refuses_what_it_cannot_use) {
    EXPECT_FALSE(run(merge_template, "%PDF-1.7", "{}").result.ok());
    for (const char* wrong : {"[]", "x", "1"}) EXPECT_FALSE(run(merge_template, letter(), wrong).result.ok()) << wrong;
    EXPECT_FALSE(run(merge_template, letter(), "{}", {{"currencyCulture", "klingon"}}).result.ok());
    const Made missing = run(merge_template, letter(), "{}", {{"missing", "error"}});
    ASSERT_FALSE(missing.result.ok());
    EXPECT_TRUE(missing.result.error().message.contains("name")) << missing.result.error().message;
}

TEST(MergeRecords, makes_a_document_for_each_record_and_says_which_could_not_be_made) {
    const Made made = run(merge_records, letter(), "{\"name\": \"Ann\"}\n\nno\n[]\n{\"name\": \"Bob\"}\n{}", {{"missing", "error"}});
    ASSERT_TRUE(made.result.ok()) << made.result.error().message;
    EXPECT_EQ(made.result.value().data, R"({"documents":2,"failures":3})");
    FrameFile frames(made.output);
    std::vector<std::pair<int, bool>> records;
    while (const std::optional<RecordFrame> frame = frames.next().take()) {
        records.emplace_back(frame->record, !frame->bytes.empty());
        EXPECT_NE(frame->head.contains("error"), !frame->bytes.empty());
    }
    EXPECT_EQ(records, (std::vector<std::pair<int, bool>>{{1, true}, {3, false}, {4, false}, {5, true}, {6, false}}));
}

TEST(AnalyzeTemplate, and_check_template_answer_with_their_data) {
    const Made listed = run(analyze_template, letter(), "");
    EXPECT_EQ(json::parse(listed.result.value().data).at("singleTagsString").as_string(), "name");
    const Made checked = run(check_template, letter(), R"({"other": 1})");
    const json::value report = json::parse(checked.result.value().data);
    EXPECT_EQ(json::serialize(report.at("unfilledTags")), R"(["name"])");
    EXPECT_EQ(json::serialize(report.at("unusedValues")), R"(["other"])");
    EXPECT_TRUE(listed.output.empty() && checked.output.empty());
}

TEST(CheckTemplate, tells_what_the_author_can_mend_and_refuses_what_is_no_template) {
    const Made broken = run(check_template, small_docx(paragraph_of("{{TableStart:items}}")), "");
    ASSERT_TRUE(broken.result.ok());
    const json::value report = json::parse(broken.result.value().data);
    EXPECT_FALSE(report.at("valid").as_bool());
    EXPECT_TRUE(std::string_view(report.at("problems").at(0).at("message").as_string()).contains("paragraph 1"));
    EXPECT_FALSE(run(check_template, "%PDF-1.7", "").result.ok());
}

}  // namespace
}  // namespace docwright
