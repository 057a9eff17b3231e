#include "outgoing/session/wire.h"

#include <algorithm>

namespace docwright {
namespace {

constexpr std::string_view kMark = "DF";
constexpr char kVersion = 1;
constexpr std::size_t kHeadBytes = 4;
constexpr std::size_t kNumberBytes = 8;
constexpr std::size_t kLengthBytes = 4;

void append(std::string& packet, std::uint64_t value, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) packet += static_cast<char>(value >> (8 * i) & 0xff);
}

std::uint64_t number_in(std::string_view bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

}  // namespace

WireWriter::WireWriter(std::uint8_t kind) : packet_(kMark) {
    packet_ += kVersion;
    packet_ += static_cast<char>(kind);
}

WireWriter& WireWriter::number(std::uint64_t value) {
    append(packet_, value, kNumberBytes);
    return *this;
}

WireWriter& WireWriter::text(std::string_view value) {
    append(packet_, value.size(), kLengthBytes);
    packet_ += value;
    return *this;
}

WireWriter& WireWriter::fields(const HeaderFields& values) {
    number(values.size());
    for (const auto& [name, value] : values) text(name).text(value);
    return *this;
}

WireReader::WireReader(std::string_view packet) : rest_(packet) {
    if (packet.size() < kHeadBytes || !packet.starts_with(kMark) || packet[2] != kVersion) {
        sound_ = false;
        return;
    }
    kind_ = static_cast<std::uint8_t>(packet[3]);
    rest_.remove_prefix(kHeadBytes);
}

std::string_view WireReader::bytes(std::uint64_t count) {
    if (!sound_ || count > rest_.size()) {
        sound_ = false;
        return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
}

std::uint64_t WireReader::number(std::uint64_t most) {
    const std::uint64_t value = number_in(bytes(kNumberBytes));
    if (value > most) sound_ = false;
    return sound_ ? value : 0;
}

std::string WireReader::text(std::size_t longest) {
    const std::uint64_t count = number_in(bytes(kLengthBytes));
    if (count > longest) sound_ = false;
    return std::string(bytes(count));
}

HeaderFields WireReader::fields(std::size_t most_fields, std::size_t most_bytes) {
    HeaderFields values;
    std::size_t left = most_bytes;
    for (std::uint64_t count = number(most_fields); sound_ && count > 0; --count) {
        std::string name = text(left);
        left -= std::min(left, name.size());
        std::string value = text(left);
        left -= std::min(left, value.size());
        values.emplace_back(std::move(name), std::move(value));
    }
    return values;
}

}  // namespace docwright
