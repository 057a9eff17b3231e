#include "formats/zip.h"

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
constexpr std::uint64_t kLargest = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t kChecksumOffset = 14;  // of CRC and sizes in a local header
constexpr int kDeflateLevel = 5;               // structure files: level 9 saves 4 % more and takes three times as long

template <class Number>
void append(std::string& out, Number value) {
    for (std::size_t i = 0; i < sizeof value; ++i) out += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xFFU);
}

}  // namespace

struct ZipWriter::Entry {
    std::string name;
    std::uint16_t method = kStored;
    std::uint32_t checksum = 0;
    std::uint64_t packed = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
};

struct ZipWriter::Deflate {
    z_stream stream{};
    Deflate() { deflateInit2(&stream, kDeflateLevel, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY); }
    ~Deflate() { deflateEnd(&stream); }
    Deflate(const Deflate&) = delete;
    Deflate& operator=(const Deflate&) = delete;
};

ZipWriter::ZipWriter(int descriptor) : descriptor_(descriptor) {}
ZipWriter::~ZipWriter() = default;

Status ZipWriter::begin_deflated(std::string_view name) { return begin(name, true); }
Status ZipWriter::begin_stored(std::string_view name) { return begin(name, false); }

Status ZipWriter::begin(std::string_view name, bool deflated) {
    entries_.push_back({.name = std::string(name), .method = deflated ? kDeflated : kStored, .offset = written_});
    deflate_ = deflated ? std::make_unique<Deflate>() : nullptr;
    std::string header;
    append(header, std::uint32_t{0x04034b50});
    for (std::uint16_t value : {kVersionNeeded, kUtf8Names, entries_.back().method, kFixedTime, kFixedDate}) append(header, value);
    header.append(12, '\0');  // checksum and sizes follow in end()
    append(header, static_cast<std::uint16_t>(name.size()));
    append(header, std::uint16_t{0});
    return write(header.append(name));
}

Status ZipWriter::add(std::string_view bytes) {
    Entry& entry = entries_.back();
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    entry.checksum = static_cast<std::uint32_t>(crc32_z(entry.checksum, data, bytes.size()));
    entry.size += bytes.size();
    if (!deflate_) {
        entry.packed += bytes.size();
        return write(bytes);
    }
    z_stream& stream = deflate_->stream;
    stream.next_in = const_cast<unsigned char*>(data);  // zlib only reads it
    stream.avail_in = static_cast<unsigned>(bytes.size());
    unsigned char out[16 * 1024];
    while (stream.avail_in > 0) {
        stream.next_out = out;
        stream.avail_out = sizeof out;
        deflate(&stream, Z_NO_FLUSH);
        const std::size_t count = sizeof out - stream.avail_out;
        entry.packed += count;
        TRY(write({reinterpret_cast<char*>(out), count}));
    }
    return success();
}

Status ZipWriter::end() {
    Entry& entry = entries_.back();
    for (int state = Z_OK; deflate_ && state == Z_OK;) {
        unsigned char out[16 * 1024];
        deflate_->stream.next_out = out;
        deflate_->stream.avail_out = sizeof out;
        state = deflate(&deflate_->stream, Z_FINISH);
        const std::size_t count = sizeof out - deflate_->stream.avail_out;
        entry.packed += count;
        TRY(write({reinterpret_cast<char*>(out), count}));
    }
    deflate_ = nullptr;
    if (entry.size > kLargest || entry.packed > kLargest) return Error{Fault::LimitExceeded, "The result is too large for a ZIP archive."};
    std::string facts;
    append(facts, entry.checksum);
    append(facts, static_cast<std::uint32_t>(entry.packed));
    append(facts, static_cast<std::uint32_t>(entry.size));
    TRY(flush());
    return write_bytes_at(descriptor_, facts, entry.offset + kChecksumOffset);
}

Status ZipWriter::finish() {
    const std::uint64_t start = written_;
    if (start > kLargest || entries_.size() > std::numeric_limits<std::uint16_t>::max()) {
        return Error{Fault::LimitExceeded, "The result is too large for a ZIP archive."};
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
