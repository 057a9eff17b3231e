#include "core/events/verify.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "core/testing.h"

namespace docwright {
namespace {

class Verify : public testing::Test {
protected:
    TestCore test;
    Caller caller = test.caller();

    // Some of everything: results, a failure, a deleted, an expired and a downloaded document, a rotated credential.
    void live() {
        const IssuedCredential other = test.core->accounts.create_credential({.account = caller.account}, test.actor).take();
        ASSERT_TRUE(test.core->accounts.rotate(other.client_id, 0, test.actor).ok());
        ASSERT_TRUE(test.core->accounts.revoke(other.client_id, test.actor).ok());
        ASSERT_FALSE(test.core->credentials.check({.client_id = other.client_id, .client_secret = "wrong"}, {}).ok());
        for (int turn = 0; turn < 5; ++turn) {
            const std::string document = test.upload(caller, "a.pdf", "%PDF-" + std::to_string(turn));
            const std::string task = test.submit(caller, document).take();
            test.clock.advance(kMicrosecondsPerSecond);
            auto engine = [&](EngineTask& order) -> Result<EngineAnswer> {
                if (turn == 2) return Error{Fault::InvalidInput, "Not a PDF.", {}, "NOT_PDF"};
                return write_answer(order, "result " + std::to_string(turn));
            };
            ASSERT_TRUE(test.runner(engine).run_one().value());
            ASSERT_TRUE(test.core->documents.open(caller, document).ok());
            if (turn == 3) {
                ASSERT_TRUE(test.core->documents.remove(caller, document).ok());
            }
        }
        ASSERT_TRUE(test.core->sweep().ok());
    }

    Verification verify() {
        return verify_log(test.core->parts().store, test.core->parts().blobs, [](const StreamHead&) {}).take();
    }

    // Changes the log as somebody with the database file could.
    void tamper(const std::string& sql) {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open((test.folder.path / kSqliteFileName).c_str(), &db), SQLITE_OK);
        const std::string all = "drop trigger events_are_not_changed; drop trigger events_are_not_removed;" + sql;
        char* words = nullptr;
        EXPECT_EQ(sqlite3_exec(db, all.c_str(), nullptr, nullptr, &words), SQLITE_OK) << words;
        sqlite3_close(db);
    }

    std::string last_body() {
        return read_result(test.core->parts().store,
                           [](const View& view) -> Result<std::string> {
                               return TRY(view.events.after(TRY(view.events.last_position()) - 1, 1)).front().body;
                           })
            .take();
    }

    std::string first_finding() {
        const Verification found = verify();
        return found.findings.empty() ? "" : std::to_string(found.findings.front().position) + " " + found.findings.front().what;
    }
};

TEST_F(Verify, finds_nothing_in_an_honest_log) {
    live();
    const Verification found = verify();
    EXPECT_TRUE(found.findings.empty()) << found.findings.front().position << " " << found.findings.front().what;
    EXPECT_TRUE(found.warnings.empty()) << found.warnings.front();
    EXPECT_GT(found.records, 30);
    EXPECT_EQ(found.logs.size(), 2U);
    EXPECT_EQ(found.documents, 8);
    EXPECT_EQ(found.ended_documents, 1);
}

TEST_F(Verify, finds_nothing_after_documents_have_expired) {
    live();
    test.clock.advance(25LL * 3600 * kMicrosecondsPerSecond);
    ASSERT_TRUE(test.core->sweep().ok());
    const Verification found = verify();
    EXPECT_TRUE(found.findings.empty()) << found.findings.front().what;
    EXPECT_EQ(found.documents, 0);
    EXPECT_EQ(found.ended_documents, 9);
}

TEST_F(Verify, finds_a_flipped_bit_at_every_place_of_a_record) {
    live();
    const std::int64_t last = verify().records;
    ASSERT_EQ(verify().sealed, last);
    tamper("");
    sqlite3* db = nullptr;
    sqlite3_open((test.folder.path / kSqliteFileName).c_str(), &db);
    const std::string body = last_body();
    for (std::size_t place = 0; place < body.size(); place += 3) {
        std::string changed = body;
        changed[place] = static_cast<char>(changed[place] ^ 1);
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(db, "update events set body = ?1 where id = ?2", -1, &statement, nullptr);
        sqlite3_bind_text(statement, 1, changed.data(), static_cast<int>(changed.size()), SQLITE_STATIC);
        sqlite3_bind_int64(statement, 2, last);
        ASSERT_EQ(sqlite3_step(statement), SQLITE_DONE);
        sqlite3_finalize(statement);
        EXPECT_TRUE(!verify().findings.empty()) << "not noticed: " << changed;
    }
    sqlite3_close(db);
}

TEST_F(Verify, finds_a_dropped_record_in_the_middle) {
    live();
    tamper("delete from events where id = 20");
    EXPECT_EQ(first_finding().substr(0, 10), "20 missing");
}

TEST_F(Verify, finds_a_dropped_last_record) {
    live();
    tamper("delete from events where id = (select max(id) from events)");
    EXPECT_NE(first_finding().find("missing: the log ends at"), std::string::npos);
}

TEST_F(Verify, finds_any_two_neighbours_that_changed_places) {
    live();
    const std::int64_t records = verify().records;
    tamper("create table honest as select * from events");
    for (std::int64_t first = 1; first < records; ++first) {
        const std::string one = std::to_string(first);
        const std::string two = std::to_string(first + 1);
        sqlite3* db = nullptr;
        sqlite3_open((test.folder.path / kSqliteFileName).c_str(), &db);
        const std::string swap =
            "update events set (account, stream, body) = (select account, stream, body from honest where honest.id = case events.id when " +
            one + " then " + two + " else " + one + " end) where id in (" + one + ", " + two + ")";
        ASSERT_EQ(sqlite3_exec(db, swap.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        const std::string finding = first_finding();
        EXPECT_TRUE(finding.starts_with(one + " ") || finding.starts_with(two + " ")) << first << ": " << finding;
        sqlite3_exec(db,
                     "update events set (account, stream, body) = (select account, stream, body from honest where honest.id = events.id)",
                     nullptr, nullptr, nullptr);
        sqlite3_close(db);
    }
}

TEST_F(Verify, finds_a_state_that_no_record_explains) {
    live();
    tamper("update tasks set state = 'CANCELLED' where state = 'FAILED'");
    EXPECT_NE(first_finding().find("in state FAILED, but it stands in state CANCELLED"), std::string::npos) << first_finding();
}

TEST_F(Verify, finds_a_row_without_history_and_a_history_without_row) {
    live();
    tamper("insert into accounts values ('acc_x', 'x', '', 'ACTIVE', 1)");
    EXPECT_NE(first_finding().find("account/acc_x exists, but the log has no record of it"), std::string::npos) << first_finding();
}

TEST_F(Verify, finds_a_history_without_row) {
    live();
    tamper("delete from tasks where state = 'FAILED'");
    EXPECT_NE(first_finding().find("which does not exist"), std::string::npos) << first_finding();
}

TEST_F(Verify, finds_a_changed_personal_part) {
    live();
    tamper("update event_personal set part = replace(part, 'a.pdf', 'b.pdf')");
    EXPECT_NE(first_finding().find("personal part"), std::string::npos) << first_finding();
}

TEST_F(Verify, finds_a_flipped_byte_of_a_document) {
    const std::string document = test.upload(caller, "a.pdf", "%PDF-1.7 abc");
    const std::string sha256 = test.core->documents.open(caller, document).value().sha256;
    const std::filesystem::path blob = test.folder.path / "blobs" / caller.account / sha256.substr(0, 2) / sha256;
    ASSERT_EQ(truncate(blob.c_str(), 5), 0);
    EXPECT_NE(first_finding().find("has bytes " + sha256 + ", but the stored ones have"), std::string::npos) << first_finding();
    std::filesystem::remove(blob);
    EXPECT_NE(first_finding().find("its bytes are gone"), std::string::npos) << first_finding();
}

}  // namespace
}  // namespace docwright
