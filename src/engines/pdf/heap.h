// How a child gets the memory for its job. A page of a document touches about a thousand pages of memory; each first touch is a
// fault, which in a virtual machine costs more than the work that waits for it.
#pragma once

namespace docwright {

// In the child, before it is ready: puts memory that is already there into the allocator, as much as a small document needs, so
// that its faults are taken in one call and before there is a job. Where the kernel cannot do it (before Linux 5.14), it
// changes nothing.
void fill_heap();

}  // namespace docwright
