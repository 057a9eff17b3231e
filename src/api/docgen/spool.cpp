#include "api/docgen/spool.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "base/write_bytes.h"

namespace docwright::docgen_api {
namespace {

constexpr std::size_t kInMemoryBytes = 1024UL * 1024;  // most values have a few kilobytes

Error cannot_store() {
    return {Fault::Internal, "The server cannot store the request for the engine.", std::strerror(errno), "STORAGE_ERROR"};
}

}  // namespace

Result<FileDescriptor> nameless_file(Room room) {
    FileDescriptor file;
    if (room == Room::Disk) file = FileDescriptor(::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!file.open()) file = FileDescriptor(::memfd_create("docwright-generation", MFD_CLOEXEC));
    if (!file.open()) return cannot_store();
    return file;
}

Result<FileDescriptor> reopened_for_reading(const FileDescriptor& file) {
    FileDescriptor again(::open(fmt::format("/proc/self/fd/{}", file.get()).c_str(), O_RDONLY | O_CLOEXEC));
    if (!again.open()) return cannot_store();
    return again;
}

Result<std::uint64_t> size_of(const FileDescriptor& file) {
    struct stat facts {};
    if (::fstat(file.get(), &facts) != 0) return cannot_store();
    return static_cast<std::uint64_t>(facts.st_size);
}

Status Spool::add(std::string_view bytes) {
    hash_.add(bytes);
    size_ += bytes.size();
    pending_ += bytes;
    return pending_.size() < kInMemoryBytes ? success() : flush();
}

Status Spool::flush() {
    if (!file_.open()) file_ = TRY(nameless_file(size_ < kInMemoryBytes ? Room::Memory : Room::Disk));
    TRY(write_bytes(file_.get(), pending_));
    pending_.clear();
    return success();
}

void Spool::clear() {
    pending_.clear();
    file_.reset();
    size_ = 0;
    hash_ = Sha256Stream();
}

Result<FileDescriptor> Spool::read_only() {
    TRY(flush());
    return reopened_for_reading(file_);
}

std::string Spool::sha256() { return hex(hash_.finish()); }

}  // namespace docwright::docgen_api
