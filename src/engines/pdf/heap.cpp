#include "engines/pdf/heap.h"

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace docwright {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kStretch = std::size_t{2560} * 1024;  // the allocator gives out its beginning first
constexpr std::size_t kFilled = kStretch / 2;  // of the heap, what a document of one page touches beside the parent's free pieces

}  // namespace

void fill_heap() {
    void* stretch = std::malloc(kStretch);
    if (!stretch) return;
    const std::uintptr_t begin = (reinterpret_cast<std::uintptr_t>(stretch) + kPage - 1) / kPage * kPage;
    ::madvise(reinterpret_cast<void*>(begin), kFilled, MADV_POPULATE_WRITE);  // a hint
    std::free(stretch);
}

}  // namespace docwright
