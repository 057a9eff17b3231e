// What goes by itself: expired documents, bytes that nothing refers to, left-overs of a killed process.
#include "core/documents/access.h"
#include "core/documents/document_events.h"
#include "core/documents/documents.h"
#include "core/events/log.h"
#include "core/events/moves.h"

namespace docwright {
namespace {

constexpr int kPerScan = 200;  // so that one scan does not hold up the writers

Actor sweeper(const Parts& parts) { return {.kind = "schedule", .id = "expiry", .via = parts.options.instance}; }

}  // namespace

Result<int> Documents::expire() {
    const auto due = TRY(read_result(parts_.store, [&](const View& view) { return view.documents.expired(parts_.clock.now(), kPerScan); }));
    if (due.empty()) return 0;
    return write_result(parts_.store, [&](Transaction& transaction) -> Result<int> {
        std::vector<Event> events;
        for (const DocumentRecord& found : due) {
            std::optional<DocumentRecord> document = TRY(transaction.documents.document(found.account, found.id));
            if (!document || document->state != DocumentState::Stored || document->expires_at > parts_.clock.now()) continue;
            EventType type = TRY(check_move(Subject::Document, word(document->state), "expire"));
            TRY(transaction.documents.end(*document, DocumentState::Expired));
            events.push_back(document_event(type, *document, sweeper(parts_)));
        }
        TRY(append(transaction, parts_, events));
        return static_cast<int>(events.size());
    });
}

// The bytes go inside the transaction that forgets them, after the last look at the references. Should its commit fail, the
// row stays without a reference and the next scan finds it again.
Result<int> Documents::remove_idle_blobs() {
    const auto idle = TRY(read_result(parts_.store, [&](const View& view) { return view.documents.idle_blobs(kPerScan); }));
    if (idle.empty()) return 0;
    return write_result(parts_.store, [&](Transaction& transaction) -> Result<int> {
        int removed = 0;
        for (const BlobRecord& blob : idle) {
            if (!TRY(transaction.documents.forget_blob(blob.account, blob.sha256))) continue;
            TRY(parts_.blobs.remove(blob.account, blob.sha256));
            ++removed;
        }
        return removed;
    });
}

Result<int> Documents::remove_orphans() {
    int removed = 0;
    TRY(parts_.store.read([&](const View& view) {
        return parts_.blobs.each([&](std::string_view account, std::string_view sha256) -> Status {
            if (TRY(view.documents.blob_known(account, sha256))) return success();
            ++removed;
            return parts_.blobs.remove(account, sha256);
        });
    }));
    TRY(parts_.store.read([&](const View& view) {
        return parts_.blobs.each_scratch([&](std::string_view id) -> Status {
            std::optional<TaskRecord> task = TRY(view.tasks.find_anywhere(id));
            if (task && !is_final(task->state)) return success();
            ++removed;
            return parts_.blobs.remove_scratch(id);
        });
    }));
    return removed;
}

}  // namespace docwright
