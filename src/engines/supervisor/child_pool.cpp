#include "engines/supervisor/child_pool.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "engines/protocol/channel.h"
#include "engines/protocol/process_handle.h"
#include "engines/protocol/steady_time.h"
#include "engines/supervisor/processes.h"

namespace docwright {
namespace {

using namespace std::chrono_literals;

constexpr auto kAskEvery = 50ms;
constexpr Microseconds kChildComesWithin = 10 * kMicrosecondsPerSecond;          // a start takes 0.1 s, ten times that on a busy machine
constexpr Microseconds kReusableChildComesWithin = 60 * kMicrosecondsPerSecond;  // 0.6 s of computing each, all at the same time
constexpr auto kExitIsToldWithin = 2s;  // the parent hears of a death at once; it may have to wait for the processor
constexpr Microseconds kRestsAtMost = 10 * kMicrosecondsPerSecond;       // takes milliseconds; longer is a hang
constexpr Microseconds kWeighEvery = 500 * kMicrosecondsPerMillisecond;  // a script that allocates without end takes 1 GB a second
constexpr int kListenMilliseconds = 500;                                 // at most between two looks at what rests and what grows
constexpr timeval kTakesJobWithin{5, 0};                                 // a child that does not listen must not hold a lane
constexpr auto kFirstRest = 100ms;                                       // after a start that came to nothing; doubled each time
constexpr auto kLongestRest = 5s;

Error none_came(const std::string& problem) { return Error{Fault::Unavailable, "No engine can be had at present.", problem}; }

// What a child that comes back from a job says. Nothing: it is not heard yet.
enum class AtRest { StillCleaning, Ready, Lost };

AtRest hear_at_rest(const EngineChild& child) {
    Result<Packet> packet = receive_packet(child.channel.get(), 0, false);
    if (!packet.ok() || packet.value().closed) return AtRest::Lost;
    if (packet.value().none) return AtRest::StillCleaning;
    FrameReader reader;
    Result<std::optional<Message>> message = reader.take(packet.value().bytes);
    const bool ready = message.ok() && message.value() && message.value()->kind == FrameKind::Ready;
    return ready ? AtRest::Ready : AtRest::Lost;
}

}  // namespace

ChildPool::~ChildPool() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        changed_.notify_all();
    }
    wake();
    if (watcher_.joinable()) watcher_.join();
}

void ChildPool::wake() const {
    if (wake_.open()) ::eventfd_write(wake_.get(), 1);
}

// A single-use child is made in a millisecond; of reusable ones all that are wanted must be warm, so that the first job does not
// share the processor with their warm-up.
Status ChildPool::start() {
    wake_ = FileDescriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!wake_.open()) return Error{Fault::Unavailable, "The engine cannot be started.", "eventfd"};
    watcher_ = std::thread([this] { watch(); });
    std::unique_lock lock(mutex_);
    auto ready = [this] {
        const int wanted = roster_.traits().jobs > 1 ? order_.spares : 1;
        return roster_.counts().waiting >= wanted;
    };
    changed_.wait_for(lock, std::chrono::microseconds(kReusableChildComesWithin), [&] { return ready() || broken_; });
    if (ready()) return success();
    return broken_ ? *broken_ : none_came("no child within the time for a start");
}

Result<EngineChild> ChildPool::take(std::string_view tenant, const std::function<bool()>& give_up) {
    std::unique_lock lock(mutex_);
    const Microseconds within = roster_.traits().jobs > 1 ? kReusableChildComesWithin : kChildComesWithin;
    const Microseconds deadline = steady_time() + within;
    if (!roster_.has_waiting()) roster_.note_starved();
    while (!roster_.has_waiting()) {
        changed_.wait_for(lock, kAskEvery);
        if (roster_.has_waiting()) break;
        lock.unlock();
        bool enough = give_up();
        lock.lock();
        if (enough) return none_came("given up");
        if (steady_time() < deadline) continue;
        replace_ = true;
        wake();
        return none_came(problem_);
    }
    EngineChild child = roster_.take(tenant);
    act_on_roster(lock);
    return child;
}

std::optional<ExitedMessage> ChildPool::exit_of(const EngineChild& child) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kExitIsToldWithin,
                      [&] { return roster_.exit_of(child).has_value() || !alive_ || generation_ != child.generation; });
    return roster_.exit_of(child);
}

bool ChildPool::over_memory(const EngineChild& child) const {
    std::lock_guard lock(mutex_);
    return roster_.over_memory(child);
}

void ChildPool::forget(const EngineChild& child) {
    std::unique_lock lock(mutex_);
    roster_.forget(child);
    act_on_roster(lock);
}

void ChildPool::give_back(EngineChild child, bool damaged) {
    std::unique_lock lock(mutex_);
    if (child.generation != generation_ || !alive_) {  // its parent is gone, and it with it
        roster_.forget(child);
        return;
    }
    child.rests_until = steady_time() + kRestsAtMost;
    roster_.give_back(std::move(child), damaged);
    hear_resting();  // most are ready by now
    act_on_roster(lock);
    if (!roster_.resting().empty()) wake();
}

// With the lock held. Asks the parent for what is to be replaced, and ends what is of no use any more.
void ChildPool::act_on_roster(std::unique_lock<std::mutex>&) {
    for (const auto& [generation, number] : roster_.to_replace()) {
        if (generation != generation_ || parent_channel_ < 0) continue;
        // Without room in the socket the parent has not listened for hundreds of jobs: it is replaced. A lost one is anyway.
        Result<Sent> told = send_message(parent_channel_, FrameKind::Taken, text_of(TakenMessage{number}), {}, false);
        if (!told.ok() || told.value() != Sent::WouldBlock) continue;
        replace_ = true;
        wake();
    }
    for (const EngineChild& child : roster_.dropped()) kill_process(child.handle);
    if (roster_.has_waiting()) changed_.notify_all();
}

// With the lock held.
void ChildPool::hear_resting() {
    for (std::size_t place = roster_.resting().size(); place-- > 0;) {
        const EngineChild& child = roster_.resting()[place];
        const AtRest heard = hear_at_rest(child);
        if (heard == AtRest::Ready) roster_.ready_again(place);
        if (heard == AtRest::Lost || (heard == AtRest::StillCleaning && steady_time() > child.rests_until)) roster_.lost_at_rest(place);
    }
}

void ChildPool::weigh_now_and_then() {
    {
        std::lock_guard lock(mutex_);
        const KindTraits& traits = roster_.traits();
        if (traits.retire_bytes == 0 && traits.kill_bytes == 0) return;
    }
    if (steady_time() - weighed_ < kWeighEvery) return;
    weighed_ = steady_time();
    const std::map<pid_t, std::uint64_t> bytes = memory_of_groups();
    std::unique_lock lock(mutex_);
    for (int handle : roster_.weigh(bytes)) kill_process(handle);
    act_on_roster(lock);
}

ChildUse ChildPool::use() const {
    std::lock_guard lock(mutex_);
    return roster_.use();
}

KindTraits ChildPool::traits() const {
    std::lock_guard lock(mutex_);
    return roster_.traits();
}

ChildPoolState ChildPool::state() const {
    std::lock_guard lock(mutex_);
    return {alive_, problem_, roster_.counts(), generation_};
}

std::vector<EngineFact> ChildPool::facts() const {
    std::lock_guard lock(mutex_);
    return facts_;
}

void ChildPool::watch() {
    for (int failures = 0;;) {
        std::uint64_t before = 0;
        {
            std::lock_guard lock(mutex_);
            if (stopping_) return;
            ++generation_;
            replace_ = false;
            broken_.reset();
            before = generation_;
        }
        Result<ParentProcess> started = start_parent(order_);
        bool was_alive = false;
        if (started.ok()) {
            ParentProcess parent = std::move(started).take();
            hear(parent);
            std::lock_guard lock(mutex_);
            was_alive = alive_ && generation_ == before;
            parent_lost(parent);
        } else {
            std::lock_guard lock(mutex_);
            broken_ = started.error();
            problem_ = started.error().message + " " + started.error().detail;
            changed_.notify_all();
        }
        failures = was_alive ? 0 : failures + 1;
        if (failures > 0 && !rest(failures)) return;
    }
}

// Called with the lock held. The children die with their parent; jobs on them notice by their sockets.
void ChildPool::parent_lost(ParentProcess& parent) {
    parent_channel_ = -1;
    end_parent(parent);
    roster_.lose_all();
    (void)roster_.dropped();
    alive_ = false;
    if (problem_.empty()) problem_ = "The engine's parent process was lost.";
    if (!broken_) broken_ = Error{Fault::Unavailable, "The engine ended while it was starting."};
    changed_.notify_all();
}

bool ChildPool::rest(int failures) {
    auto pause = std::min<std::chrono::milliseconds>(kFirstRest * (1 << std::min(failures - 1, 10)), kLongestRest);
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, pause, [this] { return stopping_; });
}

void ChildPool::hear(ParentProcess& parent) {
    {
        std::lock_guard lock(mutex_);
        parent_channel_ = parent.channel.get();
    }
    FrameReader reader(std::numeric_limits<std::int64_t>::max());
    while (hear_once(parent, reader)) weigh_now_and_then();
}

// Waits for the parent, for a resting child or for us. false: the parent is lost, or we stop.
bool ChildPool::hear_once(const ParentProcess& parent, FrameReader& reader) {
    std::vector<pollfd> wanted = {{parent.channel.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}, {parent.handle.get(), POLLIN, 0}};
    int patience = -1;
    {
        std::lock_guard lock(mutex_);
        for (const EngineChild& child : roster_.resting()) wanted.push_back({child.channel.get(), POLLIN, 0});
        if (roster_.traits().jobs > 1) patience = kListenMilliseconds;
    }
    if (::poll(wanted.data(), wanted.size(), patience) < 0 && errno != EINTR) return false;
    eventfd_t ignored = 0;
    if (wanted[1].revents != 0) ::eventfd_read(wake_.get(), &ignored);
    Status heard = success();
    bool lost = false;
    if (wanted[0].revents != 0)
        heard = hear_packet(parent, reader, lost);
    else
        lost = wanted[2].revents != 0;
    std::unique_lock lock(mutex_);
    if (!heard.ok()) {
        broken_ = heard.error();
        problem_ = heard.error().message + " " + heard.error().detail;
    }
    hear_resting();
    act_on_roster(lock);
    return heard.ok() && !lost && !stopping_ && !replace_;
}

Status ChildPool::hear_packet(const ParentProcess& parent, FrameReader& reader, bool& lost) {
    constexpr std::size_t kChildDescriptors = 2;
    Packet packet = TRY(receive_packet(parent.channel.get(), kChildDescriptors, false));
    lost = packet.closed;
    if (packet.closed || packet.none) return success();
    std::optional<Message> message = TRY(reader.take(packet.bytes));
    return message ? act_on(*message, std::move(packet.descriptors)) : success();
}

Status ChildPool::act_on(const Message& message, std::vector<FileDescriptor> descriptors) {
    std::unique_lock lock(mutex_);
    switch (message.kind) {
        case FrameKind::Hello: {
            HelloMessage hello = TRY(read_hello(message.text));
            if (hello.version != DOCWRIGHT_VERSION) {
                return Error{Fault::Unavailable,
                             "docwright and docwright-engine are of different versions: " DOCWRIGHT_VERSION " and " + hello.version + "."};
            }
            facts_ = std::move(hello.facts);
            roster_.set_traits(hello.traits);
            break;
        }
        case FrameKind::Child: {
            ChildMessage child = TRY(read_child(message.text));
            if (descriptors.size() != 2) return Error{Fault::Internal, "The engine handed over a child without its descriptors."};
            ::setsockopt(descriptors[0].get(), SOL_SOCKET, SO_SNDTIMEO, &kTakesJobWithin, sizeof kTakesJobWithin);
            roster_.add({.generation = generation_,
                         .number = child.number,
                         .process = static_cast<pid_t>(child.process),
                         .channel = std::move(descriptors[0]),
                         .handle = std::move(descriptors[1])});
            act_on_roster(lock);
            alive_ = true;
            problem_.clear();
            break;
        }
        case FrameKind::Exited: {
            roster_.exited(TRY(read_exited(message.text)), generation_);
            break;
        }
        case FrameKind::Broken: {
            FailedMessage broken = TRY(read_failed(message.text));
            const bool missing = broken.error.fault == Fault::Unsupported;
            return Error{missing ? Fault::Unsupported : Fault::Unavailable, broken.error.message, broken.error.detail};
        }
        default: return Error{Fault::Internal, "The engine's parent sent a message that is not its to send."};
    }
    changed_.notify_all();
    return success();
}

}  // namespace docwright
