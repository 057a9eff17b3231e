// Bytes by account and hash, drafts and scratch files of any blob store.
#include <thread>
#include <vector>

#include "blobs/conformance/blobs_under_test.h"

namespace docwright {
namespace {

// FIPS 180-2, appendix B.1
constexpr std::string_view kHashOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST_P(BlobsTest, keep_published_bytes_under_their_sha256_of_any_length) {
    EXPECT_EQ(put("acc", "abc"), kHashOfAbc);
    const std::string large(300'000, 'x');
    const std::string hash_of_large = put("acc", large);
    const std::string hash_of_nothing = put("acc", "");
    reopen();
    EXPECT_EQ(get("acc", kHashOfAbc), "abc");
    EXPECT_EQ(get("acc", hash_of_large), large);
    EXPECT_EQ(get("acc", hash_of_nothing), "");
    EXPECT_EQ(get("acc", std::string(64, '0')), "(none)");
}

TEST_P(BlobsTest, hash_and_count_what_comes_in_pieces) {
    std::unique_ptr<BlobDraft> draft = blobs->draft("acc").take();
    for (const char* piece : {"a", "", "bc"}) ASSERT_TRUE(draft->add(piece).ok());
    EXPECT_EQ(draft->bytes(), 3U);
    EXPECT_EQ(draft->sha256(), kHashOfAbc);
    ASSERT_TRUE(draft->publish().ok());
    EXPECT_EQ(get("acc", kHashOfAbc), "abc");
}

TEST_P(BlobsTest, read_back_what_another_wrote_through_the_descriptor) {
    std::unique_ptr<BlobDraft> draft = blobs->draft("acc").take();
    ASSERT_EQ(::pwrite(draft->descriptor(), "abc", 3, 0), 3);
    ASSERT_TRUE(draft->read_back().ok());
    EXPECT_EQ(draft->bytes(), 3U);
    EXPECT_EQ(draft->sha256(), kHashOfAbc);
    ASSERT_TRUE(draft->publish().ok());
    EXPECT_EQ(get("acc", kHashOfAbc), "abc");
}

TEST_P(BlobsTest, keep_nothing_of_a_draft_that_was_not_published) {
    {
        std::unique_ptr<BlobDraft> draft = blobs->draft("acc").take();
        ASSERT_TRUE(draft->add("abc").ok());
        EXPECT_EQ(get("acc", draft->sha256()), "(none)");
        EXPECT_EQ(listed(), "");
    }
    EXPECT_EQ(listed(), "");
    reopen();
    EXPECT_EQ(get("acc", kHashOfAbc), "(none)");
}

TEST_P(BlobsTest, keep_equal_bytes_of_an_account_once_and_of_two_accounts_apart) {
    const std::string hash = put("a", "same");
    EXPECT_EQ(put("a", "same"), hash);
    EXPECT_EQ(get("b", hash), "(none)");
    EXPECT_EQ(put("b", "same"), hash);
    EXPECT_EQ(listed(), "a/" + hash + " b/" + hash + " ");
    ASSERT_TRUE(blobs->remove("a", hash).ok());
    EXPECT_EQ(get("a", hash), "(none)");
    EXPECT_EQ(get("b", hash), "same");
}

TEST_P(BlobsTest, can_be_removed_twice) {
    const std::string hash = put("acc", "abc");
    EXPECT_TRUE(blobs->remove("acc", hash).ok());
    EXPECT_TRUE(blobs->remove("acc", hash).ok());
    EXPECT_TRUE(blobs->remove("nobody", hash).ok());
}

TEST_P(BlobsTest, go_on_for_who_has_them_open_when_they_are_removed) {
    const std::string hash = put("acc", "abc");
    const FileDescriptor file = blobs->open("acc", hash).take();
    ASSERT_TRUE(blobs->remove("acc", hash).ok());
    EXPECT_EQ(read_whole(file), "abc");
}

TEST_P(BlobsTest, come_back_when_published_again_after_a_removal) {
    std::unique_ptr<BlobDraft> draft = blobs->draft("acc").take();
    ASSERT_TRUE(draft->add("abc").ok());
    ASSERT_TRUE(draft->publish().ok());
    ASSERT_TRUE(blobs->remove("acc", kHashOfAbc).ok());
    ASSERT_TRUE(draft->publish().ok());
    EXPECT_EQ(get("acc", kHashOfAbc), "abc");
    ASSERT_TRUE(draft->publish().ok()) << "and once more where they are";
}

TEST_P(BlobsTest, can_be_published_by_many_at_once) {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([this, thread] {
            for (int turn = 0; turn < 10; ++turn) {
                put("acc", "the same for all " + std::to_string(turn));
                put("acc", std::to_string(thread) + " its own " + std::to_string(turn));
            }
        });
    }
    threads.clear();
    int count = 0;
    ASSERT_TRUE(blobs
                    ->each([&](std::string_view, std::string_view) -> Status {
                        ++count;
                        return success();
                    })
                    .ok());
    EXPECT_EQ(count, 10 + 4 * 10);
}

TEST_P(BlobsTest, stop_a_walk_with_the_visitors_error) {
    put("a", "1");
    put("b", "2");
    int visits = 0;
    const Status walked = blobs->each([&](std::string_view, std::string_view) -> Status {
        ++visits;
        return Error{Fault::Conflict, "enough"};
    });
    EXPECT_EQ(walked.error().message, "enough");
    EXPECT_EQ(visits, 1);
}

TEST_P(BlobsTest, take_no_name_that_leads_elsewhere) {
    for (const char* name : {"", ".", "..", "../acc", "a/b", ".drafts"}) {
        EXPECT_FALSE(blobs->draft(name).ok()) << name;
        EXPECT_EQ(blobs->open(name, kHashOfAbc).error().fault, Fault::NotFound) << name;
        EXPECT_EQ(blobs->open("acc", name).error().fault, Fault::NotFound) << name;
        EXPECT_FALSE(blobs->scratch(name).ok()) << name;
    }
}

TEST_P(BlobsTest, can_be_asked_whether_they_can_be_written) { EXPECT_TRUE(blobs->probe().ok()); }

// ---- scratch

TEST_P(BlobsTest, keep_a_tasks_scratch_file_until_it_is_removed) {
    {
        const FileDescriptor first = blobs->scratch("task").take();
        ASSERT_EQ(::pwrite(first.get(), "page 1", 6, 0), 6);
    }
    reopen();
    EXPECT_EQ(read_whole(blobs->scratch("task").take()), "page 1");
    EXPECT_EQ(read_whole(blobs->scratch("another").take()), "");
    std::set<std::string> tasks;
    ASSERT_TRUE(blobs
                    ->each_scratch([&](std::string_view task) -> Status {
                        tasks.emplace(task);
                        return success();
                    })
                    .ok());
    EXPECT_EQ(tasks, (std::set<std::string>{"another", "task"}));
    ASSERT_TRUE(blobs->remove_scratch("task").ok());
    ASSERT_TRUE(blobs->remove_scratch("task").ok());
    EXPECT_EQ(read_whole(blobs->scratch("task").take()), "");
    EXPECT_EQ(listed(), "") << "scratch files are no blobs";
}

}  // namespace
}  // namespace docwright
