// What every noun of core works on. Lives in Core (core/core.h), which outlives all of them.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/limits.h"
#include "base/random.h"
#include "blobs/blobs.h"
#include "store/store.h"

namespace docwright {

struct CoreOptions {
    std::string credential_key;          // of the keyed hash of secrets; made at first start, never stored in the database
    std::string log_name = "docwright";  // origin of the event log
    std::string instance = "docwright";  // this process, as lease owner and operator in the log
    std::int64_t retention_hours = 24;   // a document lives so long after its last use
    std::uint64_t upload_bytes = limits::kUploadBytes;
    std::int64_t rotation_grace_hours = 24;  // contract/platform.md, 2
};

struct Parts {
    Store& store;
    Blobs& blobs;
    Clock& clock;
    Random& random;
    const CoreOptions& options;
};

}  // namespace docwright
