// Bytes by account and SHA-256: a directory (default), later S3. References are counted in the store, not here.
// A blob is on disk, name and bytes, when publish() returns; only then may a transaction name it.
// Errors: Internal with reason STORAGE_ERROR (full disk, folder not writable); NotFound for bytes that are not there.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace docwright {

// Bytes on their way in. Destroyed without publish(): nothing stays.
class BlobDraft {
public:
    virtual ~BlobDraft() = default;
    virtual Status add(std::string_view bytes) = 0;
    virtual int descriptor() const = 0;  // open for reading and writing; for what another process writes
    virtual Status read_back() = 0;      // hashes and counts what was written through the descriptor
    virtual std::uint64_t bytes() const = 0;
    virtual std::string sha256() = 0;  // hex; no add() after it
    virtual Status publish() = 0;      // may be called again: puts the bytes back if they were removed in between
};

class Blobs {
public:
    virtual ~Blobs() = default;
    virtual Result<std::unique_ptr<BlobDraft>> draft(std::string_view account) = 0;
    virtual Result<FileDescriptor> open(std::string_view account, std::string_view sha256) const = 0;
    virtual Status remove(std::string_view account, std::string_view sha256) = 0;  // success if it was not there
    virtual Status each(const std::function<Status(std::string_view account, std::string_view sha256)>& visit) const = 0;
    virtual Status probe() = 0;  // can something be written now?

    // A file that belongs to one task over all its attempts, also across a restart of the server.
    virtual Result<FileDescriptor> scratch(std::string_view task) = 0;
    virtual Status remove_scratch(std::string_view task) = 0;
    virtual Status each_scratch(const std::function<Status(std::string_view task)>& visit) const = 0;
};

}  // namespace docwright
