// How a job gets its way out: a new session of the fetcher, for one task of the web engine.
#pragma once

#include <functional>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace docwright {

using OpenNetwork = std::function<Result<FileDescriptor>()>;  // empty: pages have no network at all

}  // namespace docwright
