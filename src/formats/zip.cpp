#include "formats/zip.h"

#include <libdeflate.h>
#include <zlib.h>

#include <limits>

#include "base/write_bytes.h"

namespace docwright::formats {
namespace {

constexpr std::uint16_t kVersionNeeded = 20;  // deflate
constexpr std::uint16_t kUtf8Names = 1 << 11;
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint16_t kFixedTime = 0;
constexpr std::uint16_t kFixedDate = 0x21;  // 1980-01-01
constexpr std::size_t kBufferBytes = 128 * 1024;
constexpr std::size_t kPendingBytes = 256 * 1024;  // a file up to this is packed at once, which is twice as fast as in pieces
constexpr std::uint64_t kLargest = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t kChecksumOffset = 14;  // of CRC and sizes in a local header
constexpr int kDeflateLevel = 5;               // structure files: level 9 saves 4 % more and takes three times as long
constexpr int kAtOnceLevel = 6;                // libdeflate's; as small as zlib's of the same number

template <class Number>
void append(std::string& out, Number value) {
    for (std::size_t i = 0; i < sizeof value; ++i) out += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xFFU);
}

Error too_large() { return Error{Fault::LimitExceeded, "The result is too large for a ZIP archive."}; }

struct FreeCompressor {
    void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

}  // namespace

struct ZipWriter::Entry {
    std::string name;
    std::uint16_t method = kStored;
    std::uint32_t checksum = 0;
    std::uint64_t packed = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
};

// Made when they are first needed, and used for all files of the archive.
struct ZipWriter::Packer {
    std::unique_ptr<libdeflate_compressor, FreeCompressor> at_once;
    z_stream stream{};
    bool has_stream = false;
    std::string out;
    Packer() = default;
    ~Packer() {
        if (has_stream) deflateEnd(&stream);
    }
    Packer(const Packer&) = delete;
    Packer& operator=(const Packer&) = delete;
};

ZipWriter::ZipWriter(int descriptor) : descriptor_(descriptor), packer_(std::make_unique<Packer>()) {}
ZipWriter::~ZipWriter() = default;

Status ZipWriter::begin_deflated(std::string_view name) { return begin(name, kDeflated); }
Status ZipWriter::begin_stored(std::string_view name) { return begin(name, kStored); }

Status ZipWriter::begin(std::string_view name, std::uint16_t method) {
    entries_.push_back({.name = std::string(name), .method = method, .offset = written_});
    streaming_ = false;
    return success();
}

Status ZipWriter::add(std::string_view bytes) {
    while (pending_.size() + bytes.size() > kPendingBytes) {
        const std::size_t room = kPendingBytes - pending_.size();
        pending_ += bytes.substr(0, room);
        bytes.remove_prefix(room);
        TRY(start_streaming());
        TRY(pack_pending(false));
    }
    pending_ += bytes;
    return success();
}

Status ZipWriter::end() {
    Entry& entry = entries_.back();
    if (!streaming_) return pack_at_once();
    TRY(pack_pending(true));
    if (entry.size > kLargest || entry.packed > kLargest) return too_large();
    std::string facts;
    append(facts, entry.checksum);
    append(facts, static_cast<std::uint32_t>(entry.packed));
    append(facts, static_cast<std::uint32_t>(entry.size));
    TRY(flush());
    return write_bytes_at(descriptor_, facts, entry.offset + kChecksumOffset);
}

Status ZipWriter::add_packed(std::string_view name, const PackedFile& file) {
    entries_.push_back({.name = std::string(name),
                        .method = file.method,
                        .checksum = file.checksum,
                        .packed = file.packed.size(),
                        .size = file.bytes,
                        .offset = written_});
    if (file.bytes > kLargest || file.packed.size() > kLargest) return too_large();
    TRY(write_head(entries_.back()));
    return write(file.packed);
}

Status ZipWriter::start_streaming() {
    if (streaming_) return success();
    streaming_ = true;
    z_stream& stream = packer_->stream;
    if (packer_->has_stream) {
        deflateReset(&stream);
    } else {
        deflateInit2(&stream, kDeflateLevel, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY);
        packer_->has_stream = true;
    }
    return write_head(entries_.back());
}

Status ZipWriter::pack_pending(bool last) {
    Entry& entry = entries_.back();
    entry.checksum = libdeflate_crc32(entry.checksum, pending_.data(), pending_.size());
    entry.size += pending_.size();
    if (entry.method == kStored) {
        entry.packed += pending_.size();
        TRY(write(pending_));
        pending_.clear();
        return success();
    }
    z_stream& stream = packer_->stream;
    stream.next_in = reinterpret_cast<unsigned char*>(pending_.data());
    stream.avail_in = static_cast<unsigned>(pending_.size());
    for (int state = Z_OK; state == Z_OK && (last || stream.avail_in > 0);) {
        unsigned char out[16 * 1024];
        stream.next_out = out;
        stream.avail_out = sizeof out;
        state = deflate(&stream, last ? Z_FINISH : Z_NO_FLUSH);
        const std::size_t count = sizeof out - stream.avail_out;
        entry.packed += count;
        TRY(write({reinterpret_cast<char*>(out), count}));
    }
    pending_.clear();
    return success();
}

Status ZipWriter::pack_at_once() {
    Entry& entry = entries_.back();
    entry.checksum = libdeflate_crc32(0, pending_.data(), pending_.size());
    entry.size = pending_.size();
    std::string_view packed = pending_;
    if (entry.method == kDeflated) {
        if (!packer_->at_once) packer_->at_once.reset(libdeflate_alloc_compressor(kAtOnceLevel));
        std::string& out = packer_->out;
        out.resize(libdeflate_deflate_compress_bound(packer_->at_once.get(), pending_.size()));
        packed = {out.data(),
                  libdeflate_deflate_compress(packer_->at_once.get(), pending_.data(), pending_.size(), out.data(), out.size())};
    }
    entry.packed = packed.size();
    TRY(write_head(entry));
    TRY(write(packed));
    pending_.clear();
    return success();
}

Status ZipWriter::write_head(const Entry& entry) {
    std::string header;
    append(header, std::uint32_t{0x04034b50});
    for (std::uint16_t value : {kVersionNeeded, kUtf8Names, entry.method, kFixedTime, kFixedDate}) append(header, value);
    append(header, entry.checksum);
    append(header, static_cast<std::uint32_t>(entry.packed));
    append(header, static_cast<std::uint32_t>(entry.size));
    append(header, static_cast<std::uint16_t>(entry.name.size()));
    append(header, std::uint16_t{0});
    return write(header.append(entry.name));
}

Status ZipWriter::finish() {
    const std::uint64_t start = written_;
    if (start > kLargest || entries_.size() > std::numeric_limits<std::uint16_t>::max()) {
        return too_large();
    }
    for (const Entry& entry : entries_) {
        std::string record;
        append(record, std::uint32_t{0x02014b50});
        for (std::uint16_t value : {kVersionNeeded, kVersionNeeded, kUtf8Names, entry.method, kFixedTime, kFixedDate})
            append(record, value);
        append(record, entry.checksum);
        append(record, static_cast<std::uint32_t>(entry.packed));
        append(record, static_cast<std::uint32_t>(entry.size));
        append(record, static_cast<std::uint16_t>(entry.name.size()));
        record.append(12, '\0');  // no extra field, comment, disk, attributes
        append(record, static_cast<std::uint32_t>(entry.offset));
        TRY(write(record.append(entry.name)));
    }
    std::string end;
    append(end, std::uint32_t{0x06054b50});
    append(end, std::uint32_t{0});
    append(end, static_cast<std::uint16_t>(entries_.size()));
    append(end, static_cast<std::uint16_t>(entries_.size()));
    append(end, static_cast<std::uint32_t>(written_ - start));
    append(end, static_cast<std::uint32_t>(start));
    append(end, std::uint16_t{0});
    TRY(write(end));
    return flush();
}

Status ZipWriter::write(std::string_view bytes) {
    buffer_ += bytes;
    written_ += bytes.size();
    return buffer_.size() < kBufferBytes ? success() : flush();
}

Status ZipWriter::flush() {
    TRY(write_bytes_at(descriptor_, buffer_, written_ - buffer_.size()));
    buffer_.clear();
    return success();
}

}  // namespace docwright::formats
