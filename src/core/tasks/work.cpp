#include "core/tasks/work.h"

#include <algorithm>
#include <chrono>

namespace docwright {

std::stop_token Work::begin(std::string_view task, std::int64_t lease_number, int progress) {
    std::lock_guard lock(mutex_);
    State& state = running_[std::string(task)];
    state = {.lease_number = lease_number, .progress = progress, .stop = {}};
    return state.stop.get_token();
}

void Work::end(std::string_view task) {
    std::lock_guard lock(mutex_);
    auto entry = running_.find(task);
    if (entry != running_.end()) running_.erase(entry);
}

void Work::set_progress(std::string_view task, int percent) {
    {
        std::lock_guard lock(mutex_);
        auto entry = running_.find(task);
        if (entry == running_.end() || percent <= entry->second.progress) return;
        entry->second.progress = percent;
    }
    changes.publish(task);
}

// A stop callback may end a process or take a lock, so none is called under ours.
void Work::stop(std::string_view task) {
    std::optional<std::stop_source> source;
    {
        std::lock_guard lock(mutex_);
        auto entry = running_.find(task);
        if (entry != running_.end()) source = entry->second.stop;
    }
    if (source) source->request_stop();
}

void Work::stop_all() {
    for (const Running& each : running()) stop(each.task);
}

std::optional<int> Work::progress(std::string_view task) const {
    std::lock_guard lock(mutex_);
    auto entry = running_.find(task);
    if (entry == running_.end()) return std::nullopt;
    return entry->second.progress;
}

std::vector<Work::Running> Work::running() const {
    std::lock_guard lock(mutex_);
    std::vector<Running> all;
    for (const auto& [task, state] : running_) all.push_back({task, state.lease_number, state.progress});
    return all;
}

void Work::announce() {
    {
        std::lock_guard lock(mutex_);
        ++announcements_;
    }
    announced_.notify_one();
}

void Work::wake_all() {
    {
        std::lock_guard lock(mutex_);
        ++announcements_;
    }
    announced_.notify_all();
}

std::uint64_t Work::wait_for_work(std::uint64_t seen, int milliseconds) const {
    std::unique_lock lock(mutex_);
    announced_.wait_for(lock, std::chrono::milliseconds(milliseconds), [&] { return announcements_ != seen; });
    return announcements_;
}

}  // namespace docwright
