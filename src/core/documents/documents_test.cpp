#include "core/documents/documents.h"

#include <gtest/gtest.h>

#include "core/testing.h"

namespace docwright {
namespace {

constexpr Microseconds kHour = 3600 * kMicrosecondsPerSecond;

class DocumentLife : public testing::Test {
protected:
    TestCore test;
    Caller caller = test.caller();

    int blobs_on_disk() {
        int count = 0;
        EXPECT_TRUE(test.core->parts()
                        .blobs
                        .each([&](std::string_view, std::string_view) {
                            ++count;
                            return success();
                        })
                        .ok());
        return count;
    }
};

TEST_F(DocumentLife, gives_equal_bytes_two_ids_and_stores_them_once) {
    const std::string one = test.upload(caller, "a.pdf", "%PDF same");
    const std::string two = test.upload(caller, "b.pdf", "%PDF same");
    EXPECT_NE(one, two);
    EXPECT_EQ(blobs_on_disk(), 1);
    ASSERT_TRUE(test.core->documents.remove(caller, one).ok());
    ASSERT_TRUE(test.core->sweep().ok());
    EXPECT_EQ(read_all(test.core->documents.open(caller, two).value().file), "%PDF same");
    ASSERT_TRUE(test.core->documents.remove(caller, two).ok());
    ASSERT_TRUE(test.core->sweep().ok());
    EXPECT_EQ(blobs_on_disk(), 0);
}

TEST_F(DocumentLife, repeats_an_upload_under_its_key) {
    const std::string one = test.upload(caller, "a.pdf", "%PDF same", "key");
    EXPECT_EQ(test.upload(caller, "a.pdf", "%PDF same", "key"), one);
    Upload other = test.core->documents.begin_upload(caller).take();
    ASSERT_TRUE(other.add("%PDF other").ok());
    EXPECT_EQ(test.core->documents.finish_upload(std::move(other), "a.pdf", "key").error().fault, Fault::Conflict);
}

TEST_F(DocumentLife, refuses_an_empty_and_a_too_large_file_and_leaves_nothing) {
    Upload empty = test.core->documents.begin_upload(caller).take();
    EXPECT_EQ(test.core->documents.finish_upload(std::move(empty), "a.pdf").error().fault, Fault::InvalidInput);
    test.open({.upload_bytes = 10});
    Upload large = test.core->documents.begin_upload(caller).take();
    EXPECT_TRUE(large.add("0123456789").ok()) << "the limit is inclusive";
    EXPECT_EQ(large.add("x").error().reason, "MAX_UPLOAD_SIZE_EXCEEDED");
    EXPECT_EQ(blobs_on_disk(), 0);
}

TEST_F(DocumentLife, lives_for_a_day_after_its_last_use) {
    const std::string document = test.upload(caller, "a.pdf", "%PDF a");
    test.clock.advance(23 * kHour);
    ASSERT_TRUE(test.core->documents.open(caller, document).ok());
    test.clock.advance(23 * kHour);
    EXPECT_EQ(test.core->documents.expire().value(), 0);
    ASSERT_TRUE(test.core->documents.open(caller, document).ok());
    test.clock.advance(25 * kHour);
    EXPECT_FALSE(test.core->documents.open(caller, document).ok()) << "also before the sweep has come";
    EXPECT_EQ(test.core->documents.expire().value(), 1);
    ASSERT_TRUE(test.core->sweep().ok());
    EXPECT_EQ(blobs_on_disk(), 0);
}

TEST_F(DocumentLife, keeps_its_bytes_for_a_task_that_still_needs_them) {
    const std::string document = test.upload(caller, "a.pdf", "%PDF a");
    const std::string task = test.submit(caller, document).take();
    ASSERT_TRUE(test.core->documents.remove(caller, document).ok());
    ASSERT_TRUE(test.core->sweep().ok());
    ASSERT_TRUE(test.runner([](EngineTask& order) { return write_answer(order, "of " + read_input(order)); }).run_one().value());
    EXPECT_EQ(test.core->tasks.get(caller, task).value().status, "COMPLETED");
    ASSERT_TRUE(test.core->sweep().ok());
    EXPECT_EQ(blobs_on_disk(), 1);
}

TEST_F(DocumentLife, opens_by_a_share_link_until_its_time_is_over) {
    const std::string document = test.upload(caller, "a.pdf", "%PDF a");
    EXPECT_EQ(test.core->documents.share(caller, document, 9, "").error().fault, Fault::InvalidInput);
    const ShareLink link = test.core->documents.share(caller, document, 30, "nice name.pdf").take();
    EXPECT_GE(link.token.size(), 32U);
    EXPECT_EQ(test.core->documents.open_share(link.token, {}).value().file_name, "nice name.pdf");
    EXPECT_EQ(test.core->documents.open_share("unknown", {}).error().fault, Fault::NotFound);
    test.clock.advance(31LL * 60 * kMicrosecondsPerSecond);
    EXPECT_EQ(test.core->documents.open_share(link.token, {}).error().reason, "SHARE_EXPIRED");
}

TEST_F(DocumentLife, gives_the_same_link_for_a_repeated_request_and_keeps_no_token) {
    const std::string document = test.upload(caller, "a.pdf", "%PDF a");
    const ShareLink link = test.core->documents.share(caller, document, 30, "", "key").take();
    test.clock.advance(kMicrosecondsPerSecond);
    const ShareLink again = test.core->documents.share(caller, document, 30, "", "key").take();
    EXPECT_EQ(again.token, link.token);
    EXPECT_EQ(again.expires_at, link.expires_at);
}

TEST_F(DocumentLife, removes_what_a_killed_process_left) {
    const std::string document = test.upload(caller, "a.pdf", "%PDF a");
    auto draft = test.core->parts().blobs.draft(caller.account).take();
    ASSERT_TRUE(draft->add("never named by a row").ok());
    ASSERT_TRUE(draft->publish().ok());
    ASSERT_TRUE(test.core->parts().blobs.scratch("0123456789abcdef01234567").ok());
    test.open();
    EXPECT_EQ(blobs_on_disk(), 1);
    EXPECT_TRUE(std::filesystem::is_empty(test.folder.path / "scratch"));
    EXPECT_TRUE(test.core->documents.open(caller, document).ok());
}

TEST(FileName, keeps_the_last_component_as_valid_text) {
    EXPECT_EQ(clean_file_name("../../inputfiles/input.pdf"), "input.pdf");
    EXPECT_EQ(clean_file_name("C:\\Users\\me\\cv.docx"), "cv.docx");
    EXPECT_EQ(clean_file_name(".."), "document");
    EXPECT_EQ(clean_file_name(""), "document");
    EXPECT_EQ(clean_file_name("a\r\nb\x7f.pdf"), "ab.pdf");
    EXPECT_EQ(clean_file_name("gr\xc3\xbc\xc3\x9f"
                              "e.pdf"),
              "gr\xc3\xbc\xc3\x9f"
              "e.pdf");
    EXPECT_EQ(clean_file_name("bad\xff.pdf"), "bad\xEF\xBF\xBD.pdf");
    EXPECT_LE(clean_file_name(std::string(1000, 'x')).size(), limits::kFileNameBytes);
}

TEST(MediaType, comes_from_the_bytes_and_only_then_from_the_name) {
    EXPECT_EQ(media_type_of("%PDF-1.7", "a.docx"), "application/pdf");
    EXPECT_EQ(media_type_of("PK\x03\x04...", "a.docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    EXPECT_EQ(media_type_of("hello", "a.txt"), "text/plain; charset=UTF-8");
    EXPECT_EQ(media_type_of("hello", "blob"), "application/octet-stream");
}

}  // namespace
}  // namespace docwright
