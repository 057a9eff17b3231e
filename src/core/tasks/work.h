// What this process knows about tasks beyond the store: who waits for a change, how far running work is, how to stop it.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/tasks/changes.h"

namespace docwright {

class Work {
public:
    TaskChanges changes;

    // ---- running tasks of this process
    std::stop_token begin(std::string_view task, std::int64_t lease_number, int progress);
    void end(std::string_view task);
    void set_progress(std::string_view task, int percent);  // never falls; publishes a change
    void stop(std::string_view task);                       // the engine is told to let go
    void stop_all();
    std::optional<int> progress(std::string_view task) const;
    struct Running {
        std::string task;
        std::int64_t lease_number;
        int progress;
    };
    std::vector<Running> running() const;

    // ---- work that waits: submit says so, the runner's threads sleep on it
    void announce();
    // Until something was announced since `seen`, or the time is over. Gives the number to pass next time.
    std::uint64_t wait_for_work(std::uint64_t seen, int milliseconds) const;
    void wake_all();

private:
    struct State {
        std::int64_t lease_number;
        int progress;
        std::stop_source stop;
    };
    mutable std::mutex mutex_;
    mutable std::condition_variable announced_;
    std::uint64_t announcements_ = 0;
    std::map<std::string, State, std::less<>> running_;
};

}  // namespace docwright
