// The rules of Docwright as plain, synchronous, thread-safe functions, one member per noun. The API layer reads a request,
// makes one call here on its thread pool, and writes the answer. Nothing here knows HTTP or an engine.
#pragma once

#include <atomic>
#include <memory>

#include "core/accounts/accounts.h"
#include "core/accounts/credentials.h"
#include "core/credits/limits.h"
#include "core/documents/documents.h"
#include "core/generations/generations.h"
#include "core/tasks/runner.h"
#include "core/tasks/tasks.h"

namespace docwright {

class Core {
public:
    // `clock` and `random` outlive it.
    Core(std::unique_ptr<Store> store, std::unique_ptr<Blobs> blobs, Clock& clock, Random& random, CoreOptions options);

    // Before serving: opens the log, notes the start and the configuration, removes orphans.
    Status begin(const json::object& configuration);
    Status end(std::string_view reason);  // notes the stop

    // One timer scan: expiry of documents, shares and credentials, idle blobs, kept answers, refusals. About once a second.
    Status sweep();
    // Can state and bytes be written now? For /readyz and /healthz.
    Status probe();

    // Also without serving (the command line): the first record of the log must be its opening.
    Status open_log();

    const Parts& parts() const { return parts_; }

private:
    Status forget_old();

    std::unique_ptr<Store> store_;
    std::unique_ptr<Blobs> blobs_;
    CoreOptions options_;
    Parts parts_;
    std::atomic<Microseconds> forgot_at_ = 0;

public:
    Work work;
    Accounts accounts;
    Credentials credentials;
    Documents documents;
    Tasks tasks;
    Credits credits;
    Generations generations;
};

}  // namespace docwright
