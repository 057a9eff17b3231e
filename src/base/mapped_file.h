// A whole file in memory, read only, as long as the object lives. Who maps it vouches that the file does not change meanwhile: a
// file that is cut off under a mapping ends the process.
// Error: Internal.
#pragma once

#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace docwright {

class MappedFile {
public:
    static Result<MappedFile> map(int descriptor) {
        struct stat facts {};
        if (::fstat(descriptor, &facts) != 0) return Error{Fault::Internal, "A document cannot be read.", std::strerror(errno)};
        if (facts.st_size == 0) return MappedFile({});
        auto size = static_cast<std::size_t>(facts.st_size);
        void* bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (bytes == MAP_FAILED) return Error{Fault::Internal, "A document cannot be read.", std::string("mmap: ") + std::strerror(errno)};
        return MappedFile({static_cast<const char*>(bytes), size});
    }
    MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
    MappedFile& operator=(MappedFile&&) = delete;
    ~MappedFile() {
        if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());  // ours alone; the kernel's type has no const
    }
    std::string_view bytes() const { return bytes_; }

private:
    explicit MappedFile(std::string_view bytes) : bytes_(bytes) {}
    std::string_view bytes_;
};

}  // namespace docwright
