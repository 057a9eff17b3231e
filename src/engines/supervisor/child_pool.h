// The children that wait for a job, and the thread that keeps the engine's parent alive and hears what it says.
// Threads: all functions may be called from any thread. A child handed out belongs to the caller alone.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "engines/protocol/frames.h"
#include "engines/protocol/messages.h"
#include "engines/supervisor/parent_process.h"
#include "engines/supervisor/roster.h"

namespace docwright {

struct ChildPoolState {
    bool alive = false;   // a parent runs and has said Hello
    std::string problem;  // why not
    RosterCounts children;
    std::uint64_t parent_starts = 0;
};

class ChildPool {
public:
    // `jobs` of a reusable child before it is replaced; 0: as its kind says.
    ChildPool(ParentOrder order, int jobs) : order_(std::move(order)), roster_(order_.spares, jobs) {}
    ~ChildPool();
    ChildPool(const ChildPool&) = delete;
    ChildPool& operator=(const ChildPool&) = delete;

    // Waits until all children are ready. Error: why the parent cannot start, cannot confine itself or has no library to work with
    // (Unsupported: it is not installed; else Unavailable).
    Status start();

    // A child that waits (Roster::take). Asks `give_up` every 50 ms. Error: Unavailable when none came in time; the parent is then
    // thought to be stuck and replaced.
    Result<EngineChild> take(std::string_view tenant, const std::function<bool()>& give_up);

    // What the kernel said about the end of a child that was taken. Nothing: the parent was lost too.
    std::optional<ExitedMessage> exit_of(const EngineChild& child);

    // Whether we killed it for its memory.
    bool over_memory(const EngineChild& child) const;

    // Exactly one of these for each child taken: it has ended, or it is whole and may do another job once it says that it is ready.
    // `damaged`: its last job may have left something behind; it is replaced.
    void forget(const EngineChild& child);
    void give_back(EngineChild child, bool damaged);

    // After start():
    ChildUse use() const;
    KindTraits traits() const;
    ChildPoolState state() const;
    std::vector<EngineFact> facts() const;

private:
    void watch();                      // the thread
    void hear(ParentProcess& parent);  // until the parent is lost or we stop
    bool hear_once(const ParentProcess& parent, FrameReader& reader);
    Status hear_packet(const ParentProcess& parent, FrameReader& reader, bool& lost);
    Status act_on(const Message& message, std::vector<FileDescriptor> descriptors);
    void hear_resting();
    void weigh_now_and_then();
    void act_on_roster(std::unique_lock<std::mutex>& lock);
    void parent_lost(ParentProcess& parent);
    bool rest(int failures);  // between two starts; false: we stop
    void wake() const;

    const ParentOrder order_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::thread watcher_;
    FileDescriptor wake_;       // eventfd: stop, replace the parent, or listen to another resting child
    Microseconds weighed_ = 0;  // the watcher's own
    bool stopping_ = false;     // below: guarded by mutex_
    bool replace_ = false;
    bool alive_ = false;
    std::uint64_t generation_ = 0;
    std::string problem_;
    std::optional<Error> broken_;  // the last start's failure
    std::vector<EngineFact> facts_;
    Roster roster_;
    int parent_channel_ = -1;  // of the living parent
};

}  // namespace docwright
