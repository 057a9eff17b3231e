// The fetcher as docwright sees it: a process with a network but without credentials, store or data folder, confined, started with
// the server, started anew when it is lost, gone with it.
// Each job that may load something gets a session of its own: one end of a socket, for SessionClient in its child.
// open_session() may be called from any number of threads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "outgoing/fetcher/control_messages.h"

namespace docwright {

struct FetcherSettings {
    std::string program = "/proc/self/exe";  // docwright: the very file that runs, also after it has been replaced on the disk
    SetupMessage setup = {};
};

// Its own knowledge; asking never touches the fetcher.
struct FetcherHealth {
    bool running = false;
    std::string problem;         // why not; empty when it runs
    std::uint64_t starts = 0;    // 1 + restarts
    std::uint64_t sessions = 0;  // opened so far
};

class FetcherProcess {
public:
    // Returns when the fetcher is confined and waits. Error: Unavailable: it cannot be started or confined, or a setting cannot be
    // used; the message says which.
    static Result<std::unique_ptr<FetcherProcess>> start(FetcherSettings settings);
    ~FetcherProcess();  // ends the fetcher and all its sessions

    // The child's end. A fetcher that is just starting anew is waited for, limits::kFetcherWaitSeconds at most.
    // Error: Unavailable, reason FETCH_FAILED.
    Result<FileDescriptor> open_session();

    FetcherHealth health() const;
    std::vector<FetcherFact> facts() const;
    pid_t process() const;  // for tests; 0: none at present

private:
    class Keeper;
    explicit FetcherProcess(std::unique_ptr<Keeper> keeper);
    std::unique_ptr<Keeper> keeper_;
};

}  // namespace docwright
