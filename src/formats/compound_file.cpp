#include "formats/compound_file.h"

#include <algorithm>

#include "base/limits.h"
#include "formats/little_endian.h"

namespace docwright::formats {
namespace {

constexpr std::string_view kSignature("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
constexpr std::uint64_t kHeaderBytes = 512;
constexpr std::uint32_t kLastSector = 0xFFFFFFFA;  // above it: end of chain, free, part of a table
constexpr std::size_t kDirectoryEntryBytes = 128;
constexpr std::size_t kSmallSectorBytes = 64;
constexpr std::uint64_t kSmallStreamBytes = 4096;  // streams below it lie in the small sectors
constexpr unsigned char kStream = 2;               // type of a directory entry
constexpr unsigned char kRoot = 5;
constexpr std::uint64_t kTableInHeader = 76;  // offset of the first 109 sectors of the table
constexpr int kTableSectorsInHeader = 109;

std::string low_bytes(std::string_view utf16) {
    std::string name;
    for (std::size_t i = 0; i + 1 < utf16.size(); i += 2) name += utf16[i + 1] == 0 ? utf16[i] : '?';
    return name;
}

}  // namespace

bool is_compound_file(std::string_view bytes) { return bytes.starts_with(kSignature); }

CompoundFile::CompoundFile(std::string_view bytes) : bytes_(bytes) {
    const auto shift = little_endian<std::uint16_t>(bytes, 30);
    if (!is_compound_file(bytes) || (shift != 9 && shift != 12)) return;
    sector_bytes_ = std::size_t{1} << shift;
    read_table();
    read_directory();
}

std::string_view CompoundFile::sector(std::uint32_t number) const {
    return stretch(bytes_, (std::uint64_t{number} + 1) * sector_bytes_, sector_bytes_);
}

void CompoundFile::read_table() {
    const std::size_t most = bytes_.size() / sector_bytes_ + 1;
    auto add = [&](std::uint32_t number) {
        if (number < kLastSector && table_sectors_.size() < most) table_sectors_.push_back(number);
    };
    for (int i = 0; i < kTableSectorsInHeader; ++i) {
        add(little_endian<std::uint32_t>(bytes_, kTableInHeader + 4 * static_cast<std::uint64_t>(i)));
    }
    // Large files go on in a list of sectors, each of which ends with the number of the next.
    auto further = little_endian<std::uint32_t>(bytes_, 68);
    for (std::size_t read = 0; further < kLastSector && read < most; ++read) {
        const std::string_view list = sector(further);
        if (list.size() < sector_bytes_) return;
        for (std::size_t at = 0; at + 4 < sector_bytes_; at += 4) add(little_endian<std::uint32_t>(list, at));
        further = little_endian<std::uint32_t>(list, sector_bytes_ - 4);
    }
}

std::uint32_t CompoundFile::next_sector(std::uint32_t number) const {
    const std::size_t per_sector = sector_bytes_ / 4;
    if (number / per_sector >= table_sectors_.size()) return kLastSector;
    const std::string_view table = sector(table_sectors_[number / per_sector]);
    return table.size() < sector_bytes_ ? kLastSector : little_endian<std::uint32_t>(table, number % per_sector * 4);
}

std::string CompoundFile::chain(std::uint32_t first, std::size_t most_bytes) const {
    std::string out;
    const std::size_t most = std::min(most_bytes, bytes_.size());
    for (std::uint32_t number = first; number < kLastSector && out.size() < most; number = next_sector(number)) {
        const std::string_view part = sector(number);
        if (part.empty()) break;
        out += part;
    }
    if (out.size() > most_bytes) out.resize(most_bytes);
    return out;
}

void CompoundFile::read_directory() {
    const std::string directory = chain(little_endian<std::uint32_t>(bytes_, 48), limits::kCompoundDirectoryBytes);
    for (std::size_t at = 0; at + kDirectoryEntryBytes <= directory.size(); at += kDirectoryEntryBytes) {
        const std::string_view entry = std::string_view(directory).substr(at, kDirectoryEntryBytes);
        const auto type = static_cast<unsigned char>(entry[66]);
        const auto name_bytes = std::min<std::size_t>(little_endian<std::uint16_t>(entry, 64), 64);
        CompoundStream stream{.name = low_bytes(entry.substr(0, name_bytes >= 2 ? name_bytes - 2 : 0)),
                              .first_sector = little_endian<std::uint32_t>(entry, 116),
                              .bytes = little_endian<std::uint32_t>(entry, 120)};
        if (type == kRoot) small_streams_ = chain(stream.first_sector, limits::kCompoundDirectoryBytes);
        if (type == kStream) streams_.push_back(std::move(stream));
    }
}

const CompoundStream* CompoundFile::find(std::string_view name) const {
    auto stream = std::ranges::find(streams_, name, &CompoundStream::name);
    return stream == streams_.end() ? nullptr : &*stream;
}

std::string CompoundFile::head(const CompoundStream& stream, std::size_t most_bytes) const {
    const std::size_t most = static_cast<std::size_t>(std::min<std::uint64_t>(stream.bytes, most_bytes));
    if (stream.bytes >= kSmallStreamBytes) return chain(stream.first_sector, most);
    // The small sectors of one stream nearly always lie in a row; their own table is not worth reading for a head.
    return std::string(stretch(small_streams_, std::uint64_t{stream.first_sector} * kSmallSectorBytes, most));
}

}  // namespace docwright::formats
