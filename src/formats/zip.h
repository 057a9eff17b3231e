// A ZIP archive, written from front to end (APPNOTE 6.3.9): names in UTF-8, no folders, no extra fields, every time stamp
// 1980-01-01, so that the same content is the same bytes (contract/structure-info.md, 2.1). Not for archives beyond 4 GB.
// Errors: Internal (the disk is full), LimitExceeded (a file or the archive is too large for the format).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace docwright::formats {

struct PackedFile {
    std::uint16_t method = 0;  // 0: stored, 8: deflated
    std::uint32_t checksum = 0;
    std::uint64_t bytes = 0;  // unpacked
    std::string_view packed;
};

class ZipWriter {
public:
    explicit ZipWriter(int descriptor);  // open for writing, empty, seekable; stays the caller's
    ~ZipWriter();
    ZipWriter(const ZipWriter&) = delete;
    ZipWriter& operator=(const ZipWriter&) = delete;

    Status begin_deflated(std::string_view name);  // then add() as often as there is something
    Status begin_stored(std::string_view name);
    Status add(std::string_view bytes);
    Status end();

    // A whole file that is packed already, as it stands in another archive.
    Status add_packed(std::string_view name, const PackedFile& file);

    Status finish();  // the directory; nothing may follow

private:
    struct Entry;
    struct Packer;
    Status begin(std::string_view name, std::uint16_t method);
    Status start_streaming();
    Status pack_pending(bool last);
    Status pack_at_once();
    Status write_head(const Entry& entry);
    Status write(std::string_view bytes);
    Status flush();
    int descriptor_;
    std::uint64_t written_ = 0;  // bytes of the archive so far, the buffer included
    std::string buffer_;
    std::string pending_;     // of the open file, not yet packed
    bool streaming_ = false;  // the open file's head is written, its sizes follow in end()
    std::vector<Entry> entries_;
    std::unique_ptr<Packer> packer_;
};

}  // namespace docwright::formats
