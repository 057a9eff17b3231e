#include "formats/zip_reader.h"

#include <libdeflate.h>

#include <algorithm>
#include <memory>

#include "base/limits.h"
#include "formats/little_endian.h"

namespace docwright::formats {
namespace {

constexpr std::string_view kEndSignature("PK\5\6", 4);
constexpr std::string_view kDirectorySignature("PK\1\2", 4);
constexpr std::string_view kLocalSignature("PK\3\4", 4);
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kDirectoryHeadBytes = 46;
constexpr std::size_t kLocalHeadBytes = 30;
constexpr std::size_t kLongestComment = 65'535;
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint16_t kEncrypted = 1;  // bit of the flags

Error damaged(std::string message) { return Error{Fault::InvalidInput, std::move(message), {}, "DAMAGED"}; }

struct FreeDecompressor {
    void operator()(libdeflate_decompressor* decompressor) const { libdeflate_free_decompressor(decompressor); }
};

// At most `bytes` of them, into `out`.
Status inflate_into(std::string_view packed, std::size_t bytes, std::string& out) {
    const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(libdeflate_alloc_decompressor());
    bool good = false;
    out.resize_and_overwrite(bytes, [&](char* data, std::size_t size) {
        std::size_t written = 0;
        good = libdeflate_deflate_decompress(decompressor.get(), packed.data(), packed.size(), data, size, &written) == LIBDEFLATE_SUCCESS;
        return good ? written : 0;
    });
    return good ? success() : Status(damaged("A part of the archive cannot be unpacked."));
}

}  // namespace

Result<ZipReader> ZipReader::open(std::string_view archive) {
    const std::size_t tail = archive.size() > kLongestComment + kEndBytes ? archive.size() - kLongestComment - kEndBytes : 0;
    const std::size_t found = archive.substr(tail).rfind(kEndSignature);
    if (found == std::string_view::npos || archive.size() - tail - found < kEndBytes)
        return damaged("The archive has no directory: it is cut off or not a ZIP file.");
    const std::string_view end = archive.substr(tail + found);
    const auto count = little_endian<std::uint16_t>(end, 10);
    if (count > limits::kZipEntries) return Error{Fault::LimitExceeded, "The archive has too many files."};
    std::uint64_t at = little_endian<std::uint32_t>(end, 16);
    ZipReader reader(archive);
    for (int i = 0; i < count; ++i) {
        const std::string_view head = stretch(archive, at, kDirectoryHeadBytes);
        if (!head.starts_with(kDirectorySignature) || head.size() < kDirectoryHeadBytes)
            return damaged("The archive's directory is damaged.");
        const auto name_bytes = little_endian<std::uint16_t>(head, 28);
        reader.entries_.push_back({.name = stretch(archive, at + kDirectoryHeadBytes, name_bytes),
                                   .method = little_endian<std::uint16_t>(head, 10),
                                   .encrypted = (little_endian<std::uint16_t>(head, 8) & kEncrypted) != 0,
                                   .checksum = little_endian<std::uint32_t>(head, 16),
                                   .packed_bytes = little_endian<std::uint32_t>(head, 20),
                                   .bytes = little_endian<std::uint32_t>(head, 24),
                                   .offset = little_endian<std::uint32_t>(head, 42)});
        at += kDirectoryHeadBytes + name_bytes + little_endian<std::uint16_t>(head, 30) + little_endian<std::uint16_t>(head, 32);
    }
    return reader;
}

const ZipEntry* ZipReader::find(std::string_view name) const {
    auto entry = std::ranges::find(entries_, name, &ZipEntry::name);
    return entry == entries_.end() ? nullptr : &*entry;
}

Result<std::string_view> ZipReader::packed(const ZipEntry& entry) const {
    if (entry.encrypted) return damaged("A part of the archive is encrypted.");
    const std::string_view head = stretch(archive_, entry.offset, kLocalHeadBytes);
    if (!head.starts_with(kLocalSignature)) return damaged("The archive is damaged.");
    const std::uint64_t start =
        entry.offset + kLocalHeadBytes + little_endian<std::uint16_t>(head, 26) + little_endian<std::uint16_t>(head, 28);
    const std::string_view packed = stretch(archive_, start, entry.packed_bytes);
    if (packed.size() != entry.packed_bytes) return damaged("The archive is cut off.");
    return packed;
}

Result<std::string> ZipReader::read(const ZipEntry& entry, std::size_t most_bytes) const {
    if (entry.bytes > most_bytes) return Error{Fault::LimitExceeded, "A part of the archive is too large."};
    const std::string_view packed = TRY(this->packed(entry));
    if (entry.method == kStored) return std::string(packed.substr(0, most_bytes));
    if (entry.method != kDeflated) return damaged("A part of the archive is packed in a way that is not supported.");
    std::string out;
    TRY(inflate_into(packed, entry.bytes, out));
    return out;
}

Status ZipReader::check(const ZipEntry& entry, std::string& scratch) const {
    const std::string_view packed = TRY(this->packed(entry));
    std::string_view bytes = packed;
    if (entry.method == kDeflated) {
        TRY(inflate_into(packed, entry.bytes, scratch));
        bytes = scratch;
    } else if (entry.method != kStored) {
        return damaged("A part of the archive is packed in a way that is not supported.");
    }
    if (bytes.size() != entry.bytes) return damaged("A part of the archive has another size than its directory says.");
    if (libdeflate_crc32(0, bytes.data(), bytes.size()) != entry.checksum) return damaged("A part of the archive is damaged.");
    return success();
}

}  // namespace docwright::formats
