// Numbers and texts inside one packet: written one after another, read back within bounds.
// Numbers are little-endian; a text is its length in four bytes and its bytes, which may be any.
// Errors: the reader remembers the first thing that is missing or too long and gives zeros from there on; ask sound() at the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "outgoing/header_fields.h"

namespace docwright {

class WireWriter {
public:
    explicit WireWriter(std::uint8_t kind);  // begins the packet: mark, version, kind

    WireWriter& number(std::uint64_t value);
    WireWriter& text(std::string_view value);
    WireWriter& fields(const HeaderFields& values);

    std::string packet() && { return std::move(packet_); }

private:
    std::string packet_;
};

class WireReader {
public:
    explicit WireReader(std::string_view packet);

    std::uint8_t kind() const { return kind_; }  // 0: not a packet of ours
    std::uint64_t number(std::uint64_t most);
    std::string text(std::size_t longest);
    HeaderFields fields(std::size_t most_fields, std::size_t most_bytes);

    void refuse() { sound_ = false; }
    bool sound() const { return sound_ && rest_.empty(); }  // all was there, within its bounds, and nothing is left

private:
    std::string_view bytes(std::uint64_t count);

    std::string_view rest_;
    std::uint8_t kind_ = 0;
    bool sound_ = true;
};

}  // namespace docwright
