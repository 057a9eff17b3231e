// Checks the event log against itself, against the state and against the stored bytes, without trusting any of them
// (contract/events.md, section 7). Reads one consistent view, streaming: memory does not grow with the log.
// What it cannot show without signed checkpoints: that nobody with the database rewrote everything alike.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "blobs/blobs.h"
#include "store/store.h"

namespace docwright {

struct StreamHead {
    std::string account;
    std::string stream;
    std::int64_t records = 0;
    std::string hash;  // hex; the entry hash of the last record
};

struct LogHead {
    std::string account;
    std::int64_t size = 0;
    std::string root;  // hex
};

struct Finding {
    std::int64_t position = 0;  // of the record; 0: of none
    std::string what;           // for a person: what is wrong, what was expected, what was found
};

struct Verification {
    std::vector<LogHead> logs;  // by account
    std::int64_t records = 0;
    std::int64_t sealed = 0;  // the last position under a seal; what follows could be changed without a trace
    std::int64_t streams = 0;
    std::int64_t documents = 0;  // whose bytes were compared
    std::int64_t bytes = 0;
    std::int64_t ended_documents = 0;   // deleted or expired, by a record
    std::vector<Finding> findings;      // the first ones; empty: consistent
    std::vector<std::string> warnings;  // the first ones
};

using OnStreamHead = std::function<void(const StreamHead&)>;

// Error: the store cannot be read.
Result<Verification> verify_log(const Store& store, const Blobs& blobs, const OnStreamHead& on_head);

}  // namespace docwright
