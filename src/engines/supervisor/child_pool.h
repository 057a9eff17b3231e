// The children that wait for a job, and the thread that keeps the engine's parent alive and hears what it says.
// Threads: all functions may be called from any thread. A child handed out belongs to the caller alone.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "engines/protocol/frames.h"
#include "engines/protocol/messages.h"
#include "engines/supervisor/parent_process.h"

namespace docwright {

struct WaitingChild {
    std::uint64_t generation = 0;  // which parent made it
    std::int64_t number = 0;       // within that parent
    FileDescriptor channel;
    FileDescriptor handle;  // pidfd: kills exactly this process, whatever becomes of its number
};

struct ChildPoolState {
    bool alive = false;   // a parent runs and has said Hello
    std::string problem;  // why not
    int waiting = 0;      // children
    std::uint64_t parent_starts = 0;
};

class ChildPool {
public:
    explicit ChildPool(ParentOrder order) : order_(std::move(order)) {}
    ~ChildPool();
    ChildPool(const ChildPool&) = delete;
    ChildPool& operator=(const ChildPool&) = delete;

    // Waits for the first child. Error: Unavailable: why the parent cannot start or cannot confine itself.
    Status start();

    // The child that has waited longest. Asks `give_up` every 50 ms. Error: Unavailable when none came in time; the parent is
    // then thought to be stuck and replaced.
    Result<WaitingChild> take(const std::function<bool()>& give_up);

    // What the kernel said about the end of a child that was taken. Nothing: the parent was lost too.
    std::optional<ExitedMessage> exit_of(const WaitingChild& child);

    // Must be called once for each child taken.
    void forget(const WaitingChild& child);

    ChildPoolState state() const;
    std::vector<EngineFact> facts() const;

private:
    using ChildKey = std::pair<std::uint64_t, std::int64_t>;

    void watch();                      // the thread
    void hear(ParentProcess& parent);  // until the parent is lost or we stop
    Status hear_packet(const ParentProcess& parent, FrameReader& reader, bool& lost);
    Status act_on(const Message& message, std::vector<FileDescriptor> descriptors);
    void parent_lost(ParentProcess& parent);
    bool rest(int failures);  // between two starts; false: we stop

    const ParentOrder order_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::thread watcher_;
    FileDescriptor wake_;    // eventfd: stop, or replace the parent
    bool stopping_ = false;  // below: guarded by mutex_
    bool replace_ = false;
    bool alive_ = false;
    std::uint64_t generation_ = 0;
    std::string problem_;
    std::optional<Error> broken_;  // the last start's failure
    std::vector<EngineFact> facts_;
    std::deque<WaitingChild> waiting_;
    std::map<ChildKey, std::optional<ExitedMessage>> taken_;
    int parent_channel_ = -1;  // of the living parent
};

}  // namespace docwright
