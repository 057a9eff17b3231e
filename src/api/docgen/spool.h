// Bytes on their way to an engine: in memory while they are few, in a file without a name once they are many. Nothing stays when the
// process ends, however it ends.
// Errors: Internal, STORAGE_ERROR.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/hashing.h"
#include "base/result.h"

namespace docwright::docgen_api {

class Spool {
public:
    Status add(std::string_view bytes);
    void clear();

    std::uint64_t size() const { return size_; }

    // Of everything; nothing may be added afterwards.
    Result<FileDescriptor> read_only();
    std::string sha256();  // hex

private:
    Status flush();

    std::string pending_;
    FileDescriptor file_;  // not open: all is in `pending_`
    std::uint64_t size_ = 0;
    Sha256Stream hash_;
};

// An empty file without a name: in memory, or on disk where it will be large.
enum class Room { Memory, Disk };
Result<FileDescriptor> nameless_file(Room room);
Result<FileDescriptor> reopened_for_reading(const FileDescriptor& file);
Result<std::uint64_t> size_of(const FileDescriptor& file);

}  // namespace docwright::docgen_api
