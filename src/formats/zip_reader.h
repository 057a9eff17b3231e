// A ZIP archive that came from outside, in memory (APPNOTE 6.3.9): its directory, and single entries unpacked within a limit.
// Not read: ZIP64, archives over several disks, encrypted entries, methods other than stored and deflated.
// Errors: InvalidInput with reason DAMAGED; LimitExceeded where more would come out than the caller allows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace docwright::formats {

struct ZipEntry {
    std::string_view name;  // as written in the archive, which may be anything: never a path to open
    std::uint16_t method = 0;
    bool encrypted = false;
    std::uint32_t checksum = 0;  // CRC-32 that it claims to have
    std::uint64_t packed_bytes = 0;
    std::uint64_t bytes = 0;  // that it claims to have
    std::uint64_t offset = 0;
};

class ZipReader {
public:
    // `archive` must outlive the reader and what it gives.
    static Result<ZipReader> open(std::string_view archive);

    const std::vector<ZipEntry>& entries() const { return entries_; }  // in the order of the directory
    const ZipEntry* find(std::string_view name) const;                 // nullptr: none
    Result<std::string> read(const ZipEntry& entry, std::size_t most_bytes) const;
    Result<std::string_view> packed(const ZipEntry& entry) const;  // as it stands in the archive
    // Unpacks into `scratch` to see that the entry has the size and the checksum that it claims to have.
    Status check(const ZipEntry& entry, std::string& scratch) const;

private:
    explicit ZipReader(std::string_view archive) : archive_(archive) {}
    std::string_view archive_;
    std::vector<ZipEntry> entries_;
};

}  // namespace docwright::formats
