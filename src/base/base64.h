// Base64 (RFC 4648) in pieces. Read as clients in the wild write it: the standard and the URL alphabet, also mixed; padding that is
// missing; white space anywhere; a "data:…;base64," head.
// Error of the reader: InvalidInput, with the place of the first character that cannot stand there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace docwright {

class Base64Reader {
public:
    explicit Base64Reader(std::size_t most_bytes) : most_bytes_(most_bytes) {}

    // Error also: LimitExceeded: more than `most_bytes` come out. Messages go on after "…: ", the name of what was read.
    Status add(std::string_view text);
    // Those that have been read since the last call.
    std::string take_bytes();
    // The rest of them.
    Result<std::string> finish();

private:
    enum class Head { Unknown, InUri, Read };

    Status read(char letter);
    Status release_held();
    Error misplaced() const;
    Error too_large() const;

    const std::size_t most_bytes_;
    std::string bytes_;  // not taken yet
    std::size_t taken_ = 0;
    Head head_ = Head::Unknown;
    std::string held_;  // the first characters, as long as they may become "data:"
    bool padded_ = false;
    std::uint32_t bits_ = 0;
    int digits_ = 0;             // of the group that is being read
    std::uint64_t letters_ = 0;  // taken so far
};

// Standard alphabet, padded, in one line. In pieces: give whole groups of three bytes until the last piece.
void append_base64(std::string& out, std::string_view bytes);

}  // namespace docwright
