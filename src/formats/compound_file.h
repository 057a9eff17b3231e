// A compound file (OLE2, [MS-CFB]) that came from outside, in memory: the names of its streams, and the first bytes of one.
// The binary Office formats and encrypted OOXML documents are compound files. Chains of sectors are followed within the file's
// size, so that a loop in them ends. Fails: never; what is damaged has no streams.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace docwright::formats {

bool is_compound_file(std::string_view bytes);

struct CompoundStream {
    std::string name;  // UTF-16 reduced to its low bytes: every name that a format defines is ASCII
    std::uint32_t first_sector = 0;
    std::uint64_t bytes = 0;
};

class CompoundFile {
public:
    explicit CompoundFile(std::string_view bytes);  // `bytes` must outlive it

    const std::vector<CompoundStream>& streams() const { return streams_; }  // of all storages, in the order of the directory
    const CompoundStream* find(std::string_view name) const;                 // nullptr: none
    std::string head(const CompoundStream& stream, std::size_t most_bytes) const;

private:
    std::string_view sector(std::uint32_t number) const;
    std::uint32_t next_sector(std::uint32_t number) const;
    std::string chain(std::uint32_t first, std::size_t most_bytes) const;
    void read_table();
    void read_directory();

    std::string_view bytes_;
    std::size_t sector_bytes_ = 0;
    std::vector<std::uint32_t> table_sectors_;  // sectors that hold the allocation table
    std::string small_streams_;                 // the stream that holds the streams below the cutoff
    std::vector<CompoundStream> streams_;
};

}  // namespace docwright::formats
