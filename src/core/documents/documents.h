// Documents: bytes with an id that a client uploaded or an operation made (contract/pdf-services.md, 2).
// A document of another account answers exactly like an unknown id: NotFound, the same text.
#pragma once

#include <map>
#include <mutex>
#include <optional>

#include "base/file_descriptor.h"
#include "core/accounts/caller.h"
#include "core/events/actor.h"
#include "core/parts.h"

namespace docwright {

// Bytes on their way in, hashed and counted, never whole in memory. Abandoned (destroyed): nothing stays.
class Upload {
public:
    Upload(Caller caller, std::unique_ptr<BlobDraft> draft, std::uint64_t most_bytes)
        : caller_(std::move(caller)), draft_(std::move(draft)), most_bytes_(most_bytes) {}

    // Error: LimitExceeded with reason MAX_UPLOAD_SIZE_EXCEEDED; Internal with STORAGE_ERROR.
    Status add(std::string_view piece);
    std::uint64_t bytes() const { return draft_->bytes(); }

private:
    friend class Documents;
    Caller caller_;
    std::unique_ptr<BlobDraft> draft_;
    std::uint64_t most_bytes_;
    std::string head_;  // the first bytes, for the media type
};

struct OpenDocument {
    std::string id;
    FileDescriptor file;
    std::uint64_t bytes = 0;
    std::string sha256;      // hex; the ETag
    std::string media_type;  // as the contract wants it on a download
    std::string file_name;   // default name of the download
};

struct ShareLink {
    std::string token;
    Microseconds expires_at = 0;
};

class Documents {
public:
    explicit Documents(const Parts& parts) : parts_(parts) {}

    Result<Upload> begin_upload(const Caller& caller);
    // Gives the document id. `file_name` may carry a path and any bytes: only its last component is kept, as valid UTF-8.
    // With a key: the same name and bytes give the same id again, others are a Conflict.
    // Error: InvalidInput for an empty file.
    Result<std::string> finish_upload(Upload upload, std::string_view file_name, std::string_view idempotency_key = {});

    // For a download, which the log notes: first by an actor per 15 minutes. HEAD passes download = false.
    Result<OpenDocument> open(const Caller& caller, std::string_view id, bool download = true);
    Status remove(const Caller& caller, std::string_view id);

    // `minutes`: 10 to 1440, checked here. `file_name`: of the download, empty: the document's.
    Result<ShareLink> share(const Caller& caller, std::string_view id, int minutes, std::string_view file_name,
                            std::string_view idempotency_key = {});
    // Without a credential. Error: NotFound for an unknown token; reason SHARE_EXPIRED after its time.
    Result<OpenDocument> open_share(std::string_view token, const RequestOrigin& origin);

    // Expired documents lose their bytes, idle blobs are removed, old share links forgotten. For the timer. Gives how many expired.
    Result<int> expire();
    Result<int> remove_idle_blobs();
    Status forget_shares();
    // At start, before anything is served: blobs that no row names, scratch files of ended tasks. Gives how many.
    Result<int> remove_orphans();

private:
    Result<OpenDocument> open_record(const DocumentRecord& document, std::string_view file_name);
    Status note_download(const DocumentRecord& document, const Actor& actor, const RequestOrigin& origin);

    Parts parts_;
    std::mutex mutex_;                                                       // guards downloads_
    std::map<std::pair<std::string, std::string>, Microseconds> downloads_;  // document and actor → when it was last noted
};

// Last component, valid UTF-8, no control characters, at most limits::kFileNameBytes; "document" if nothing remains.
std::string clean_file_name(std::string_view name);

// From the first bytes, the name's extension only where these leave it open. Never decides what an operation may read.
std::string media_type_of(std::string_view head, std::string_view file_name);

}  // namespace docwright
