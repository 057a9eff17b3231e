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

    Status finish();  // the directory; nothing may follow

private:
    struct Entry;
    struct Deflate;
    Status begin(std::string_view name, bool deflated);
    Status write(std::string_view bytes);
    Status flush();
    int descriptor_;
    std::uint64_t written_ = 0;  // bytes of the archive so far, the buffer included
    std::string buffer_;
    std::vector<Entry> entries_;
    std::unique_ptr<Deflate> deflate_;
};

}  // namespace docwright::formats
