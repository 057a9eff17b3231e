#include "core/documents/documents.h"

#include <algorithm>

#include "base/ids.h"
#include "core/accounts/answers.h"
#include "core/documents/access.h"
#include "core/documents/document_events.h"
#include "core/events/moves.h"

namespace docwright {
namespace {

constexpr std::size_t kHeadBytes = 1024;                                        // kept of an upload, to tell its media type
constexpr Microseconds kDownloadNotedEvery = 15 * 60 * kMicrosecondsPerSecond;  // contract/events.md, 4

}  // namespace

Status Upload::add(std::string_view piece) {
    if (draft_->bytes() + piece.size() > most_bytes_) {
        return Error{
            Fault::LimitExceeded, "The file is larger than " + std::to_string(most_bytes_) + " bytes.", {}, "MAX_UPLOAD_SIZE_EXCEEDED"};
    }
    if (head_.size() < kHeadBytes) head_ += piece.substr(0, kHeadBytes - head_.size());
    return draft_->add(piece);
}

Result<Upload> Documents::begin_upload(const Caller& caller) {
    std::uint64_t most_bytes = parts_.options.upload_bytes;
    TRY(parts_.store.read([&](const View& view) -> Status {
        std::optional<AccountRecord> account = TRY(view.accounts.account(caller.account));
        if (!account || account->plan.empty()) return success();
        std::optional<PlanRecord> plan = TRY(view.accounts.plan(account->plan));
        if (plan && plan->upload_bytes >= 0) most_bytes = std::min(most_bytes, static_cast<std::uint64_t>(plan->upload_bytes));
        return success();
    }));
    return Upload(caller, TRY(parts_.blobs.draft(caller.account)), most_bytes);
}

Result<std::string> Documents::finish_upload(Upload upload, std::string_view file_name, std::string_view idempotency_key) {
    if (upload.bytes() == 0) return Error{Fault::InvalidInput, "The file is empty."};
    const Caller& caller = upload.caller_;
    DocumentRecord document{.id = new_wire_id(parts_.random), .account = caller.account, .origin = "upload"};
    document.lineage = document.id;
    document.file_name = clean_file_name(file_name);
    document.media_type = media_type_of(upload.head_, document.file_name);
    document.bytes = upload.bytes();
    document.sha256 = upload.draft_->sha256();
    const Repeatable request = repeatable(parts_, idempotency_key, "upload\n" + document.sha256 + "\n" + document.file_name);
    TRY(upload.draft_->publish());
    return write_result(parts_.store, [&](Transaction& transaction) -> Result<std::string> {
        if (auto kept = TRY(kept_answer(transaction, parts_, caller, request))) return *kept;
        EventType type = TRY(check_move(Subject::Document, "", "create"));
        TRY(upload.draft_->publish());  // the sweep may have removed equal bytes since
        document.created_at = parts_.clock.now();
        document.expires_at = document.created_at + TRY(retention(transaction.accounts, parts_, caller.account));
        TRY(transaction.documents.add(document));
        TRY(keep_answer(transaction, parts_, caller, request, document.id));
        Event created = document_event(type, document, actor_of(caller), caller.origin);
        created.stage = "created";
        created.data = {{"origin", document.origin}, {"mediaType", document.media_type}, {"bytes", document.bytes}};
        created.personal["fileName"] = document.file_name;
        TRY(append(transaction, parts_, {created}));
        return document.id;
    });
}

Result<OpenDocument> Documents::open_record(const DocumentRecord& document, std::string_view file_name) {
    Result<FileDescriptor> file = parts_.blobs.open(document.account, document.sha256);
    if (!file.ok()) {
        // Removed between the look-up and here, or missing, which is for the operator to see.
        if (file.error().fault == Fault::NotFound) return document_not_found();
        return file.error();
    }
    OpenDocument opened;
    opened.id = document.id;
    opened.file = std::move(file).take();
    opened.bytes = document.bytes;
    opened.sha256 = document.sha256;
    opened.media_type = document.media_type;
    opened.file_name = file_name.empty() ? document.file_name : std::string(file_name);
    return opened;
}

Result<OpenDocument> Documents::open(const Caller& caller, std::string_view id, bool download) {
    const DocumentRecord document =
        TRY(read_result(parts_.store, [&](const View& view) { return stored_document(view.documents, parts_, caller.account, id); }));
    OpenDocument opened = TRY(open_record(document, {}));
    if (download) TRY(note_download(document, actor_of(caller), caller.origin));
    return opened;
}

// The record stands before the first byte goes out; a log that cannot be written stops the download.
Status Documents::note_download(const DocumentRecord& document, const Actor& actor, const RequestOrigin& origin) {
    const std::pair<std::string, std::string> key(document.id, actor.kind + "/" + actor.id + "/" + actor.via);
    const Microseconds now = parts_.clock.now();
    {
        std::lock_guard lock(mutex_);
        auto known = downloads_.find(key);
        if (known != downloads_.end() && now - known->second < kDownloadNotedEvery) return success();
    }
    TRY(parts_.store.write([&](Transaction& transaction) -> Status {
        // Read again: it may have been deleted since.
        DocumentRecord current = TRY(stored_document(transaction.documents, parts_, document.account, document.id));
        EventType type = TRY(check_move(Subject::Document, word(current.state), "download"));
        TRY(note_document_use(transaction, parts_, current));
        return append(transaction, parts_, {document_event(type, current, actor, origin)});
    }));
    std::lock_guard lock(mutex_);
    if (downloads_.size() >= limits::kRememberedDownloads) {
        std::erase_if(downloads_, [&](const auto& entry) { return now - entry.second >= kDownloadNotedEvery; });
        if (downloads_.size() >= limits::kRememberedDownloads) downloads_.clear();
    }
    downloads_[key] = now;
    return success();
}

Status Documents::remove(const Caller& caller, std::string_view id) {
    return parts_.store.write([&](Transaction& transaction) -> Status {
        DocumentRecord document = TRY(stored_document(transaction.documents, parts_, caller.account, id));
        EventType type = TRY(check_move(Subject::Document, word(document.state), "delete"));
        TRY(transaction.documents.end(document, DocumentState::Deleted));
        return append(transaction, parts_, {document_event(type, document, actor_of(caller), caller.origin)});
    });
}

}  // namespace docwright
