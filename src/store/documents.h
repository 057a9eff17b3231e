// Documents, share links and the counted references to blobs. const functions read, the others write.
// A document that is deleted or expired keeps its row, so that the log can be checked against it; its blob loses a reference.
#pragma once

#include <optional>

#include "base/result.h"
#include "store/records.h"

namespace docwright {

class DocumentStore {
public:
    virtual ~DocumentStore() = default;

    virtual Result<std::optional<DocumentRecord>> document(std::string_view account, std::string_view id) const = 0;  // any state
    virtual Result<std::vector<DocumentRecord>> expired(Microseconds now, int limit) const = 0;  // STORED and past expires_at
    virtual Status add(const DocumentRecord& document) = 0;                                      // and holds its blob
    virtual Status end(const DocumentRecord& document, DocumentState state) = 0;                 // releases the blob, drops share links
    virtual Status set_expiry(std::string_view id, Microseconds expires_at) = 0;

    virtual Status add_share(const ShareRecord& share) = 0;
    virtual Result<std::optional<ShareRecord>> share(std::string_view token_hash) const = 0;
    virtual Status forget_shares(Microseconds expired_before) = 0;

    virtual Status hold_blob(const BlobRecord& blob) = 0;
    virtual Status release_blob(std::string_view account, std::string_view sha256) = 0;  // of what nobody holds: changes nothing
    virtual Result<std::vector<BlobRecord>> idle_blobs(int limit) const = 0;             // without a reference
    virtual Result<std::int64_t> blob_bytes() const = 0;                                 // of all accounts
    virtual Result<bool> blob_known(std::string_view account, std::string_view sha256) const = 0;
    virtual Result<bool> forget_blob(std::string_view account, std::string_view sha256) = 0;  // false: it has references again
};

}  // namespace docwright
