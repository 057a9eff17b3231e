// An append-only file of records with checksums: what a task keeps on its scratch between the passes and between attempts.
// A record is (kind, key, bytes). Opening reads what an earlier attempt left, up to the first record that is torn or damaged,
// and goes on behind it; one flipped bit costs the records from there on and nothing else.
// Not for several threads or processes at once. Errors: Internal (the disk is full, the file cannot be read).
// Cost: one system call a record, one checksum pass over the file at the start; memory only for what the caller indexes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace docwright::extract {

// Where the bytes of a record lie in the file.
struct RecordPlace {
    std::uint64_t offset = 0;
    std::uint32_t size = 0;
};

struct RecordHead {
    std::uint32_t kind = 0;
    std::uint64_t key = 0;
    RecordPlace place;
};

class RecordLog {
public:
    // `descriptor`: open for reading and writing, stays the caller's; -1: a file in memory is made.
    // `visit` sees every good record in order, with its bytes. When it gives false, that record and all behind it are dropped.
    static Result<RecordLog> open(int descriptor, const std::function<bool(const RecordHead&, std::string_view)>& visit);

    Result<RecordPlace> append(std::uint32_t kind, std::uint64_t key, std::string_view bytes);

    Result<std::string> read(RecordPlace place) const;

private:
    RecordLog() = default;
    Status replay(const std::function<bool(const RecordHead&, std::string_view)>& visit);
    FileDescriptor own_;  // of the file in memory
    int descriptor_ = -1;
    std::uint64_t end_ = 0;
};

}  // namespace docwright::extract
