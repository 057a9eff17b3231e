#include "engines/supervisor/roster.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace docwright {

ChildUse Roster::use() const {
    if (traits_.jobs <= 1) return ChildUse::Once;
    return jobs() <= 1 ? ChildUse::OnceAndKilled : ChildUse::Again;
}

// All of them, two thirds, one third, and again.
int Roster::first_jobs(std::int64_t number) const {
    constexpr std::int64_t kSteps = 3;
    if (number > wanted_) return jobs();
    return std::max(1, jobs() - static_cast<int>((number - 1) % kSteps) * (jobs() / static_cast<int>(kSteps)));
}

void Roster::add(EngineChild child) {
    child.jobs_left = first_jobs(child.number);
    waiting_.push_back(std::move(child));
    ++started_;
    drop_replaced();
}

std::deque<EngineChild>::iterator Roster::choose(std::string_view tenant) {
    using Fits = std::function<bool(const EngineChild&)>;
    const std::array<Fits, 3> wishes = {
        [&](const EngineChild& child) { return !child.replaced && !tenant.empty() && child.tenant == tenant; },
        [&](const EngineChild& child) { return !child.replaced && !tenant.empty() && child.tenant.empty(); },
        [&](const EngineChild& child) { return !child.replaced; },
    };
    for (const Fits& fits : wishes) {
        auto child = std::ranges::find_if(waiting_, fits);
        if (child != waiting_.end()) return child;
    }
    return waiting_.begin();
}

EngineChild Roster::take(std::string_view tenant) {
    auto place = choose(tenant);
    EngineChild child = std::move(*place);
    waiting_.erase(place);
    --child.jobs_left;
    child.tenant = tenant;
    taken_[{child.generation, child.number}] = {.process = child.process, .handle = child.handle.get()};
    if (use() != ChildUse::Again) to_replace_.emplace_back(child.generation, child.number);
    return child;
}

void Roster::note_starved() {
    if (waiting_.empty() && resting_.empty()) ++starved_;
}

void Roster::exited(const ExitedMessage& message, std::uint64_t generation) {
    auto taken = taken_.find({generation, message.number});
    if (taken != taken_.end()) taken->second.exited = message;
    auto same = [&](const EngineChild& each) { return each.generation == generation && each.number == message.number; };
    std::erase_if(waiting_, same);
    std::erase_if(resting_, same);
}

std::optional<ExitedMessage> Roster::exit_of(const EngineChild& child) const {
    auto taken = taken_.find({child.generation, child.number});
    return taken == taken_.end() ? std::nullopt : taken->second.exited;
}

bool Roster::over_memory(const EngineChild& child) const {
    auto taken = taken_.find({child.generation, child.number});
    return taken != taken_.end() && taken->second.over_memory;
}

// The parent hears of the death by itself; to be told first lets it begin at once, also after several deaths in a row.
void Roster::forget(const EngineChild& child) {
    taken_.erase({child.generation, child.number});
    if (use() == ChildUse::Again && !child.replaced) to_replace_.emplace_back(child.generation, child.number);
}

void Roster::give_back(EngineChild child, bool damaged) {
    taken_.erase({child.generation, child.number});
    if (damaged || child.jobs_left <= 0) replace(child);
    resting_.push_back(std::move(child));
}

void Roster::ready_again(std::size_t place) {
    auto child = resting_.begin() + static_cast<std::ptrdiff_t>(place);
    waiting_.push_back(std::move(*child));
    resting_.erase(child);
    drop_replaced();
}

void Roster::lost_at_rest(std::size_t place) {
    auto child = resting_.begin() + static_cast<std::ptrdiff_t>(place);
    if (!child->replaced) to_replace_.emplace_back(child->generation, child->number);
    dropped_.push_back(std::move(*child));
    resting_.erase(child);
}

std::vector<int> Roster::weigh(const std::map<pid_t, std::uint64_t>& bytes_of_groups) {
    auto bytes_of = [&](pid_t process) {
        auto group = bytes_of_groups.find(process);
        return group == bytes_of_groups.end() ? 0 : group->second;
    };
    auto look_at = [&](EngineChild& child) {
        if (traits_.retire_bytes > 0 && bytes_of(child.process) > traits_.retire_bytes) replace(child);
    };
    std::ranges::for_each(waiting_, look_at);
    std::ranges::for_each(resting_, look_at);
    std::vector<int> too_large;
    for (auto& [key, taken] : taken_) {
        if (traits_.kill_bytes == 0 || taken.exited || bytes_of(taken.process) <= traits_.kill_bytes) continue;
        taken.over_memory = true;
        too_large.push_back(taken.handle);
    }
    return too_large;
}

void Roster::lose_all() {
    for (std::deque<EngineChild>* list : {&waiting_, &resting_}) {
        std::ranges::move(*list, std::back_inserter(dropped_));
        list->clear();
    }
    to_replace_.clear();
}

void Roster::replace(EngineChild& child) {
    if (std::exchange(child.replaced, true)) return;
    to_replace_.emplace_back(child.generation, child.number);
    ++replaced_;
}

// Of those to be replaced as many as there are children beyond the wanted number: their replacements are there.
void Roster::drop_replaced() {
    if (use() != ChildUse::Again) return;
    while (static_cast<int>(waiting_.size() + resting_.size() + taken_.size()) > wanted_) {
        auto old = std::ranges::find_if(waiting_, &EngineChild::replaced);
        if (old == waiting_.end()) return;
        dropped_.push_back(std::move(*old));
        waiting_.erase(old);
    }
}

RosterCounts Roster::counts() const {
    return {static_cast<int>(waiting_.size()),
            static_cast<int>(resting_.size()),
            static_cast<int>(taken_.size()),
            started_,
            replaced_,
            starved_};
}

}  // namespace docwright
