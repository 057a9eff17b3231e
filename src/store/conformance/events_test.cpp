// The event log as rows in any store: its order, what is said once only, and what explains the state.
#include "store/conformance/store_under_test.h"

namespace docwright {
namespace {

EventRecord event(std::string stream, std::string id, std::string account = "acc") {
    return {.account = std::move(account), .stream = std::move(stream), .body = R"({"id":")" + std::move(id) + R"("})"};
}

std::string bodies(const std::vector<EventRecord>& events) {
    std::string text;
    for (const EventRecord& each : events) text += each.body;
    return text;
}

TEST_P(StoreEvents, stand_in_the_order_in_which_they_were_added) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.events.add(event("document/b", "1")));
        return transaction.events.add(event("document/a", "2"));
    });
    write([](Transaction& transaction) { return transaction.events.add(event("document/b", "3", "other")); });
    reopen();
    const auto all = read([](const View& view) { return view.events.after(0, 10); });
    EXPECT_EQ(bodies(all), R"({"id":"1"}{"id":"2"}{"id":"3"})");
    EXPECT_LT(all[0].position, all[1].position);
    EXPECT_LT(all[1].position, all[2].position);
    EXPECT_EQ(all[2].account, "other");
    EXPECT_EQ(all[2].stream, "document/b");
    EXPECT_EQ(bodies(read([&](const View& view) { return view.events.after(all[0].position, 1); })), R"({"id":"2"})");
    EXPECT_EQ(read([](const View& view) { return view.events.last_position(); }), all[2].position);
}

TEST_P(StoreEvents, keep_their_body_byte_by_byte) {
    const std::string body = "{\"id\":\"1\",\"z\":1,\"a\":\"\xC3\xBC \\u0000 \"}";
    write([&](Transaction& transaction) { return transaction.events.add({.account = "a", .stream = "s/1", .body = body}); });
    EXPECT_EQ(read([](const View& view) { return view.events.after(0, 1); }).front().body, body);
}

TEST_P(StoreEvents, tell_the_id_of_the_newest_also_inside_the_transaction_that_adds_it) {
    EXPECT_EQ(read([](const View& view) { return view.events.last_event_id(); }), "");
    write([](Transaction& transaction) -> Status {
        TRY(transaction.events.add(event("s/1", "evt_1")));
        EXPECT_EQ(TRY(transaction.events.last_event_id()), "evt_1");
        TRY(transaction.events.add(event("s/2", "evt_2")));
        EXPECT_EQ(TRY(transaction.events.last_event_id()), "evt_2");
        return success();
    });
    EXPECT_EQ(read([](const View& view) { return view.events.last_event_id(); }), "evt_2");
}

TEST_P(StoreEvents, of_a_transaction_that_failed_were_never_there) {
    write([](Transaction& transaction) { return transaction.events.add(event("s/1", "evt_1")); });
    ASSERT_FALSE(store
                     ->write([](Transaction& transaction) -> Status {
                         TRY(transaction.events.add(event("s/1", "evt_2")));
                         return Error{Fault::Conflict, "no"};
                     })
                     .ok());
    EXPECT_EQ(read([](const View& view) { return view.events.last_event_id(); }), "evt_1");
    EXPECT_EQ(bodies(read([](const View& view) { return view.events.in_stream_order("s/1", 0, 10); })), R"({"id":"evt_1"})");
}

TEST_P(StoreEvents, can_be_walked_stream_by_stream_in_steps_of_any_length) {
    write([](Transaction& transaction) -> Status {
        for (const char* id : {"1", "2", "3"}) {
            TRY(transaction.events.add(event("document/b", std::string("b") + id)));
            TRY(transaction.events.add(event("document/a", std::string("a") + id)));
        }
        return success();
    });
    for (int step : {1, 2, 5, 10}) {
        std::string walked;
        EventRecord last{};
        for (;;) {
            const auto next = read([&](const View& view) { return view.events.in_stream_order(last.stream, last.position, step); });
            if (next.empty()) break;
            walked += bodies(next);
            last = next.back();
        }
        EXPECT_EQ(walked, R"({"id":"a1"}{"id":"a2"}{"id":"a3"}{"id":"b1"}{"id":"b2"}{"id":"b3"})") << step;
    }
}

TEST_P(StoreEvents, have_one_personal_part_that_cannot_be_replaced) {
    const std::string salt("\0\xFF\x80 salt", 8);
    write([&](Transaction& transaction) { return transaction.events.add_personal({"evt_1", salt, "{}"}); });
    reopen();
    EXPECT_FALSE(store->write([](Transaction& transaction) { return transaction.events.add_personal({"evt_1", "other", "{1}"}); }).ok());
    const PersonalRecord kept = read([](const View& view) { return view.events.personal("evt_1"); }).value();
    EXPECT_EQ(kept.salt, salt);
    EXPECT_EQ(kept.part, "{}");
    EXPECT_FALSE(read([](const View& view) { return view.events.personal("evt_2"); }).has_value());
}

TEST_P(StoreEvents, are_sealed_at_each_size_once) {
    const std::string root(32, '\0');
    EXPECT_EQ(read([](const View& view) { return view.events.sealed_position(); }), 0);
    write([&](Transaction& transaction) -> Status {
        TRY(transaction.events.add_seal({.account = "a", .size = 2, .position = 5, .root = root, .frontier = std::string(64, '\xFF')}));
        TRY(transaction.events.add_seal({.account = "b", .size = 2, .position = 7, .root = root}));
        return transaction.events.add_seal({.account = "a", .size = 3, .position = 6, .root = root});
    });
    reopen();
    EXPECT_FALSE(store
                     ->write([&](Transaction& transaction) {
                         return transaction.events.add_seal({.account = "a", .size = 3, .position = 9, .root = "another past"});
                     })
                     .ok());
    EXPECT_EQ(read([](const View& view) { return view.events.last_seal("a"); })->position, 6);
    EXPECT_FALSE(read([](const View& view) { return view.events.last_seal("c"); }).has_value());
    EXPECT_EQ(read([](const View& view) { return view.events.sealed_position(); }), 7);
    const auto seals = read([](const View& view) { return view.events.seals_after(5, 10); });
    ASSERT_EQ(seals.size(), 2U);
    EXPECT_EQ(seals[0].account, "a");
    EXPECT_EQ(seals[1].account, "b");
    EXPECT_EQ(seals[1].root, root);
    EXPECT_EQ(read([](const View& view) { return view.events.seals_after(0, 1); }).front().frontier, std::string(64, '\xFF'));
}

TEST_P(StoreEvents, are_missed_by_every_row_that_has_none) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.accounts.add_account({.id = "a"}));
        TRY(transaction.accounts.add_credential({.client_id = "c", .account = "a"}));
        TRY(transaction.documents.add({.id = "d", .account = "a", .lineage = "d", .sha256 = "aa"}));
        return transaction.tasks.add({.id = "t", .account = "a", .lineage = "line"});
    });
    const auto missing = [&] { return read([](const View& view) { return view.events.streams_without_record(10); }); };
    EXPECT_EQ(missing().size(), 4U);
    write([](Transaction& transaction) -> Status {
        for (const char* stream : {"account/a", "credential/c", "document/line"}) TRY(transaction.events.add(event(stream, "1")));
        return success();
    });
    EXPECT_EQ(missing(), std::vector<std::string>{"document/d"});
}

TEST_P(StoreEvents, meet_all_documents_and_tasks_of_a_lineage) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.documents.add({.id = "result", .account = "a", .lineage = "line", .sha256 = "bb"}));
        TRY(transaction.documents.add({.id = "line", .account = "a", .lineage = "line", .sha256 = "aa"}));
        TRY(transaction.documents.add({.id = "foreign", .account = "a", .lineage = "foreign", .sha256 = "aa"}));
        TRY(transaction.tasks.add({.id = "z", .account = "a", .lineage = "line", .lane = "pdf"}));
        return transaction.tasks.add({.id = "y", .account = "a", .lineage = "line", .lane = "pdf"});
    });
    const auto documents = read([](const View& view) { return view.events.documents_of_lineage("line"); });
    ASSERT_EQ(documents.size(), 2U);
    EXPECT_EQ(documents[0].id, "line");
    const auto tasks = read([](const View& view) { return view.events.tasks_of_lineage("line"); });
    ASSERT_EQ(tasks.size(), 2U);
    EXPECT_EQ(tasks[0].id, "z") << "in the order of submission";
}

}  // namespace
}  // namespace docwright
