// Documents, share links and counted references to blobs in any store.
#include "store/conformance/store_under_test.h"

namespace docwright {
namespace {

TEST_P(StoreDocuments, come_back_as_they_were_put) {
    DocumentRecord put = document("doc", "aa", 99);
    put.lineage = "its ancestor";
    put.bytes = 5'000'000'000;  // more than 32 bits hold
    add(put);
    reopen();
    const DocumentRecord kept = find("acc", "doc").value();
    EXPECT_EQ(kept.account, "acc");
    EXPECT_EQ(kept.lineage, "its ancestor");
    EXPECT_EQ(kept.state, DocumentState::Stored);
    EXPECT_EQ(kept.origin, "upload");
    EXPECT_EQ(kept.file_name, "a.pdf");
    EXPECT_EQ(kept.media_type, "application/pdf");
    EXPECT_EQ(kept.bytes, 5'000'000'000U);
    EXPECT_EQ(kept.sha256, "aa");
    EXPECT_EQ(kept.created_at, 10);
    EXPECT_EQ(kept.expires_at, 99);
}

TEST_P(StoreDocuments, are_not_found_under_another_account) {
    add(document("doc"));
    EXPECT_FALSE(find("other", "doc").has_value());
    EXPECT_FALSE(find("", "doc").has_value());
}

TEST_P(StoreDocuments, expire_from_their_time_on_the_longest_overdue_first) {
    add(document("late", "aa", 90));
    add(document("early", "bb", 80));
    add(document("not yet", "cc", 101));
    const auto due = read([](const View& view) { return view.documents.expired(100, 10); });
    ASSERT_EQ(due.size(), 2U);
    EXPECT_EQ(due[0].id, "early");
    EXPECT_EQ(due[1].id, "late");
    EXPECT_EQ(read([](const View& view) { return view.documents.expired(100, 1); }).size(), 1U);
}

TEST_P(StoreDocuments, live_longer_with_a_later_expiry) {
    add(document("doc", "aa", 90));
    write([](Transaction& transaction) { return transaction.documents.set_expiry("doc", 200); });
    EXPECT_TRUE(read([](const View& view) { return view.documents.expired(100, 10); }).empty());
    EXPECT_EQ(find("acc", "doc")->expires_at, 200);
}

TEST_P(StoreDocuments, end_once_and_keep_their_row) {
    add(document("doc"));
    const DocumentRecord found = find("acc", "doc").value();
    write([&](Transaction& transaction) { return transaction.documents.end(found, DocumentState::Deleted); });
    EXPECT_EQ(find("acc", "doc")->state, DocumentState::Deleted);
    EXPECT_TRUE(read([](const View& view) { return view.documents.expired(5'000, 10); }).empty());
    const Status again = store->write([&](Transaction& transaction) { return transaction.documents.end(found, DocumentState::Expired); });
    EXPECT_EQ(again.error().fault, Fault::Conflict);
    EXPECT_EQ(find("acc", "doc")->state, DocumentState::Deleted);
    EXPECT_EQ(idle_blobs(), 1U) << "its blob was released once";
}

TEST_P(StoreDocuments, take_their_share_links_with_them) {
    add(document("doc"));
    add(document("other"));
    write([](Transaction& transaction) -> Status {
        TRY(transaction.documents.add_share({.token_hash = "1", .account = "acc", .document = "doc", .credential = "c", .expires_at = 50}));
        return transaction.documents.add_share({.token_hash = "2", .account = "acc", .document = "other", .expires_at = 50});
    });
    write([&](Transaction& transaction) { return transaction.documents.end(document("doc"), DocumentState::Deleted); });
    EXPECT_FALSE(read([](const View& view) { return view.documents.share("1"); }).has_value());
    EXPECT_TRUE(read([](const View& view) { return view.documents.share("2"); }).has_value());
}

TEST_P(StoreDocuments, are_opened_by_share_links_that_are_replaced_under_their_token_and_forgotten_after_their_time) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.documents.add_share({"hash", "acc", "doc", "cred", "b.pdf", 50}));
        TRY(transaction.documents.add_share({"hash", "acc", "doc", "cred", "b.pdf", 60}));
        return transaction.documents.add_share({"old", "acc", "doc", "cred", "", 59});
    });
    reopen();
    const ShareRecord share = read([](const View& view) { return view.documents.share("hash"); }).value();
    EXPECT_EQ(share.account, "acc");
    EXPECT_EQ(share.document, "doc");
    EXPECT_EQ(share.credential, "cred");
    EXPECT_EQ(share.file_name, "b.pdf");
    EXPECT_EQ(share.expires_at, 60);
    write([](Transaction& transaction) { return transaction.documents.forget_shares(60); });
    EXPECT_TRUE(read([](const View& view) { return view.documents.share("hash"); }).has_value());
    EXPECT_FALSE(read([](const View& view) { return view.documents.share("old"); }).has_value());
}

// ---- blobs

TEST_P(StoreDocuments, hold_their_blob_until_the_last_of_them_has_ended) {
    add(document("1"));
    add(document("2"));
    write([](Transaction& transaction) { return transaction.documents.end(document("1"), DocumentState::Deleted); });
    EXPECT_EQ(idle_blobs(), 0U);
    EXPECT_FALSE(write([](Transaction& transaction) { return transaction.documents.forget_blob("acc", "aa"); }));
    write([](Transaction& transaction) { return transaction.documents.end(document("2"), DocumentState::Expired); });
    ASSERT_EQ(idle_blobs(), 1U);
    EXPECT_TRUE(write([](Transaction& transaction) { return transaction.documents.forget_blob("acc", "aa"); }));
    EXPECT_FALSE(read([](const View& view) { return view.documents.blob_known("acc", "aa"); }));
    EXPECT_FALSE(write([](Transaction& transaction) { return transaction.documents.forget_blob("acc", "aa"); })) << "it is gone already";
}

TEST_P(StoreDocuments, count_equal_bytes_of_two_accounts_apart) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.documents.hold_blob({"a", "aa", 3}));
        TRY(transaction.documents.hold_blob({"b", "aa", 3}));
        return transaction.documents.release_blob("a", "aa");
    });
    EXPECT_FALSE(write([](Transaction& transaction) { return transaction.documents.forget_blob("b", "aa"); }));
    const auto idle = read([](const View& view) { return view.documents.idle_blobs(10); });
    ASSERT_EQ(idle.size(), 1U);
    EXPECT_EQ(idle.front().account, "a");
    EXPECT_EQ(idle.front().bytes, 3U);
    EXPECT_FALSE(read([](const View& view) { return view.documents.blob_known("c", "aa"); }));
}

TEST_P(StoreDocuments, bring_an_idle_blob_back_into_use) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.documents.hold_blob({"a", "aa", 3}));
        TRY(transaction.documents.release_blob("a", "aa"));
        return transaction.documents.hold_blob({"a", "aa", 3});
    });
    EXPECT_EQ(idle_blobs(), 0U);
    EXPECT_FALSE(write([](Transaction& transaction) { return transaction.documents.forget_blob("a", "aa"); }));
}

TEST_P(StoreDocuments, change_nothing_when_a_blob_is_released_that_nobody_holds) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.documents.hold_blob({"a", "aa", 3}));
        for (int time = 0; time < 3; ++time) TRY(transaction.documents.release_blob("a", "aa"));
        return transaction.documents.release_blob("a", "unknown");
    });
    EXPECT_EQ(idle_blobs(), 1U) << "not below zero: it would never be found again";
    write([](Transaction& transaction) { return transaction.documents.hold_blob({"a", "aa", 3}); });
    EXPECT_EQ(idle_blobs(), 0U);
}

TEST_P(StoreDocuments, sum_the_bytes_of_each_content_once) {
    EXPECT_EQ(read([](const View& view) { return view.documents.blob_bytes(); }), 0);
    write([](Transaction& transaction) -> Status {
        TRY(transaction.documents.hold_blob({"a", "aa", 3}));
        TRY(transaction.documents.hold_blob({"a", "aa", 3}));
        return transaction.documents.hold_blob({"b", "bb", 4});
    });
    EXPECT_EQ(read([](const View& view) { return view.documents.blob_bytes(); }), 7);
    EXPECT_TRUE(read([](const View& view) { return view.documents.idle_blobs(0); }).empty());
}

}  // namespace
}  // namespace docwright
