#include "extract/output/record_log.h"

#include <libdeflate.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/limits.h"
#include "base/write_bytes.h"

namespace docwright::extract {
namespace {

constexpr std::uint32_t kMark = 0x4457524C;  // "DWRL": a hole of zeros in a file is no record

struct Head {  // as stored, in the byte order of the machine: the file never leaves it
    std::uint32_t mark = kMark;
    std::uint32_t kind = 0;
    std::uint64_t key = 0;
    std::uint32_t size = 0;
    std::uint32_t checksum = 0;  // CRC-32 of the bytes
    std::uint32_t own = 0;       // CRC-32 of the five members above
    std::uint32_t unused = 0;
};

std::uint32_t crc(const void* bytes, std::size_t size) { return libdeflate_crc32(0, bytes, size); }
std::uint32_t own_checksum(const Head& head) { return crc(&head, offsetof(Head, own)); }

Error broken(std::string_view what) {
    return Error{Fault::Internal, "The scratch file cannot be used.", std::string(what) + ": " + std::strerror(errno)};
}

// Fewer bytes than asked for: the file ends there.
Result<std::size_t> read_up_to(int descriptor, char* into, std::size_t size, std::uint64_t offset) {
    std::size_t done = 0;
    while (done < size) {
        const ssize_t count = ::pread(descriptor, into + done, size - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return broken("read");
        if (count == 0) break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

}  // namespace

Result<RecordLog> RecordLog::open(int descriptor, const std::function<bool(const RecordHead&, std::string_view)>& visit) {
    RecordLog log;
    if (descriptor < 0) {
        log.own_ = FileDescriptor(::memfd_create("docwright-scratch", MFD_CLOEXEC));
        if (!log.own_.open()) return broken("memfd_create");
        descriptor = log.own_.get();
    }
    log.descriptor_ = descriptor;
    TRY(log.replay(visit));
    return Result<RecordLog>(std::move(log));
}

Status RecordLog::replay(const std::function<bool(const RecordHead&, std::string_view)>& visit) {
    std::string bytes;
    for (;;) {
        Head head;
        if (TRY(read_up_to(descriptor_, reinterpret_cast<char*>(&head), sizeof head, end_)) < sizeof head) break;
        if (head.mark != kMark || head.own != own_checksum(head) || head.size > limits::kRecordBytes) break;
        bytes.resize(head.size);
        const RecordPlace place{end_ + sizeof head, head.size};
        if (TRY(read_up_to(descriptor_, bytes.data(), bytes.size(), place.offset)) < bytes.size()) break;
        if (crc(bytes.data(), bytes.size()) != head.checksum) break;
        if (!visit({head.kind, head.key, place}, bytes)) break;
        end_ = place.offset + place.size;
    }
    if (::ftruncate(descriptor_, static_cast<off_t>(end_)) != 0) return broken("truncate");
    return success();
}

Result<RecordPlace> RecordLog::append(std::uint32_t kind, std::uint64_t key, std::string_view bytes) {
    if (bytes.size() > limits::kRecordBytes) return Error{Fault::LimitExceeded, "The document holds too much on one page."};
    Head head{.kind = kind, .key = key, .size = static_cast<std::uint32_t>(bytes.size()), .checksum = crc(bytes.data(), bytes.size())};
    head.own = own_checksum(head);
    // The bytes go first: a head that can be read promises that its bytes are there.
    const RecordPlace place{end_ + sizeof head, head.size};
    TRY(write_bytes_at(descriptor_, bytes, place.offset));
    TRY(write_bytes_at(descriptor_, {reinterpret_cast<const char*>(&head), sizeof head}, end_));
    end_ = place.offset + place.size;
    return place;
}

Result<std::string> RecordLog::read(RecordPlace place) const {
    std::string bytes(place.size, '\0');
    if (TRY(read_up_to(descriptor_, bytes.data(), bytes.size(), place.offset)) < bytes.size()) return broken("short read");
    return bytes;
}

}  // namespace docwright::extract
