// The suite of tests that every store passes: what store.h and the headers beside it promise, tried through nothing but them.
// A store joins with one file beside it: a StoreKind and INSTANTIATE_TEST_SUITE_P for each class below
// (store/sqlite/sqlite_conformance_test.cpp).
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "store/store.h"

namespace docwright {

// Opens the store at its place: empty the first time, as it was left every other time. Owns the place.
using OpenStore = std::function<Result<std::unique_ptr<Store>>()>;

struct StoreKind {
    const char* name;
    OpenStore (*fresh_place)();
};

inline void PrintTo(const StoreKind& kind, std::ostream* out) { *out << kind.name; }

class StoreTest : public testing::TestWithParam<StoreKind> {
protected:
    OpenStore open = GetParam().fresh_place();
    std::unique_ptr<Store> store = open().take();

    void reopen() {
        store.reset();  // before the next: two at a time is not what is tried here
        store = open().take();
    }

    // A transaction that must succeed. `work` returns Result<T>; gives its T.
    template <class Work>
    auto write(Work work) {
        auto outcome = write_result(*store, std::move(work));
        EXPECT_TRUE(outcome.ok()) << outcome.error().message << " " << outcome.error().detail;
        return std::move(outcome).take();
    }
    template <class Work>
    auto read(Work work) {
        auto outcome = read_result(*store, std::move(work));
        EXPECT_TRUE(outcome.ok()) << outcome.error().message << " " << outcome.error().detail;
        return std::move(outcome).take();
    }
};

class StoreTransactions : public StoreTest {};
class StoreAccounts : public StoreTest {};
class StoreLedger : public StoreTest {};
class StoreEvents : public StoreTest {};

class StoreDocuments : public StoreTest {
protected:
    // Of account "acc": id and bytes by their names, expiring at `expires_at`.
    static DocumentRecord document(std::string id, std::string sha256 = "aa", Microseconds expires_at = 1'000) {
        DocumentRecord made{.id = std::move(id), .account = "acc", .origin = "upload", .file_name = "a.pdf"};
        made.lineage = made.id;
        made.media_type = "application/pdf";
        made.bytes = 7;
        made.sha256 = std::move(sha256);
        made.created_at = 10;
        made.expires_at = expires_at;
        return made;
    }
    void add(const DocumentRecord& record) {
        write([&](Transaction& transaction) { return transaction.documents.add(record); });
    }
    std::optional<DocumentRecord> find(std::string_view account, std::string_view id) {
        return read([&](const View& view) { return view.documents.document(account, id); });
    }
    std::size_t idle_blobs() {
        return read([](const View& view) { return view.documents.idle_blobs(100); }).size();
    }
};

class StoreQueue : public StoreTest {
protected:
    // Waits in lane "pdf", due at once; has no input unless given one.
    static TaskRecord task(std::string id, std::string account = "acc", Microseconds due_at = 0) {
        TaskRecord made{.id = std::move(id), .account = std::move(account), .credential = "cred", .lineage = "line"};
        made.operation = "test-convert";
        made.lane = "pdf";
        made.values = "{}";
        made.result_document = "result of " + made.id;
        made.created_at = made.updated_at = 5;
        made.due_at = due_at;
        return made;
    }
    void add(const TaskRecord& record) {
        write([&](Transaction& transaction) { return transaction.tasks.add(record); });
    }
    std::optional<TaskRecord> lease(Microseconds now = 100, Microseconds until = 200, std::vector<std::string> lanes = {"pdf"}) {
        return write([&](Transaction& transaction) {
            return transaction.tasks.lease_next({.owner = "worker", .lanes = lanes, .now = now, .until = until});
        });
    }
    // Ids in the order in which they are leased, until nothing is due.
    std::string lease_all(Microseconds now = 100) {
        std::string order;
        while (auto leased = lease(now)) order += leased->id + " ";
        return order;
    }
    TaskRecord find(std::string_view id, std::string_view account = "acc") {
        return read([&](const View& view) { return view.tasks.find_with_inputs(account, id); }).value();
    }
    bool finish(const TaskRecord& record, TaskState state = TaskState::Completed) {
        return write([&](Transaction& transaction) { return transaction.tasks.finish(record, {.state = state, .now = 300}); });
    }
    bool put_back(const TaskRecord& record, Microseconds due_at) {
        return write([&](Transaction& transaction) { return transaction.tasks.put_back(record, due_at, 300); });
    }
    bool renew(const TaskRecord& record, Microseconds until, int progress = 0) {
        return write([&](Transaction& transaction) { return transaction.tasks.renew(record.id, record.lease_number, until, progress); });
    }
    bool reopen_task(const TaskRecord& record) {
        return write([&](Transaction& transaction) { return transaction.tasks.reopen(record, 400); });
    }
    TaskCounts counts(std::string_view account = {}) {
        return read([&](const View& view) { return view.tasks.counts(account); });
    }
};

}  // namespace docwright
