#include "engines/supervisor/child_pool.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "engines/protocol/channel.h"
#include "engines/protocol/steady_time.h"

namespace docwright {
namespace {

using namespace std::chrono_literals;

constexpr auto kAskEvery = 50ms;
constexpr Microseconds kChildComesWithin = 10 * kMicrosecondsPerSecond;  // a start takes 0.1 s, ten times that on a busy machine
constexpr auto kExitIsToldWithin = 2s;    // the parent hears of a death at once; it may have to wait for the processor
constexpr timeval kTakesJobWithin{5, 0};  // a child that does not listen must not hold a lane
constexpr auto kFirstRest = 100ms;        // after a start that came to nothing; doubled each time
constexpr auto kLongestRest = 5s;

Error none_came(const std::string& problem) { return Error{Fault::Unavailable, "No engine can be had at present.", problem}; }

}  // namespace

ChildPool::~ChildPool() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        changed_.notify_all();
    }
    if (wake_.open()) ::eventfd_write(wake_.get(), 1);
    if (watcher_.joinable()) watcher_.join();
}

Status ChildPool::start() {
    wake_ = FileDescriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!wake_.open()) return Error{Fault::Unavailable, "The engine cannot be started.", "eventfd"};
    watcher_ = std::thread([this] { watch(); });
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::microseconds(kChildComesWithin), [this] { return !waiting_.empty() || broken_; });
    if (!waiting_.empty()) return success();
    return broken_ ? *broken_ : none_came("no child within the time for a start");
}

Result<WaitingChild> ChildPool::take(const std::function<bool()>& give_up) {
    Microseconds deadline = steady_time() + kChildComesWithin;
    std::unique_lock lock(mutex_);
    while (waiting_.empty()) {
        changed_.wait_for(lock, kAskEvery);
        if (!waiting_.empty()) break;
        lock.unlock();
        bool enough = give_up();
        lock.lock();
        if (enough) return none_came("given up");
        if (steady_time() < deadline) continue;
        replace_ = true;
        ::eventfd_write(wake_.get(), 1);
        return none_came(problem_);
    }
    WaitingChild child = std::move(waiting_.front());
    waiting_.pop_front();
    taken_[{child.generation, child.number}] = std::nullopt;
    // Without room in the socket the parent has not listened for hundreds of jobs: it is replaced. A lost one is anyway.
    Result<Sent> told = send_message(parent_channel_, FrameKind::Taken, text_of(TakenMessage{child.number}), {}, false);
    if (told.ok() && told.value() == Sent::WouldBlock) {
        replace_ = true;
        ::eventfd_write(wake_.get(), 1);
    }
    return child;
}

std::optional<ExitedMessage> ChildPool::exit_of(const WaitingChild& child) {
    std::unique_lock lock(mutex_);
    auto known = taken_.find({child.generation, child.number});
    if (known == taken_.end()) return std::nullopt;
    changed_.wait_for(lock, kExitIsToldWithin, [&] { return known->second.has_value() || !alive_ || generation_ != child.generation; });
    return known->second;
}

void ChildPool::forget(const WaitingChild& child) {
    std::lock_guard lock(mutex_);
    taken_.erase({child.generation, child.number});
}

ChildPoolState ChildPool::state() const {
    std::lock_guard lock(mutex_);
    return {alive_, problem_, static_cast<int>(waiting_.size()), generation_};
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
    waiting_.clear();
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
    for (bool lost = false; !lost;) {
        pollfd wanted[] = {{parent.channel.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}, {parent.handle.get(), POLLIN, 0}};
        if (::poll(wanted, std::size(wanted), -1) < 0 && errno != EINTR) return;
        eventfd_t ignored = 0;
        if (wanted[1].revents != 0) ::eventfd_read(wake_.get(), &ignored);
        Status heard = success();
        if (wanted[0].revents != 0)
            heard = hear_packet(parent, reader, lost);
        else
            lost = wanted[2].revents != 0;
        std::lock_guard lock(mutex_);
        if (!heard.ok()) {
            broken_ = heard.error();
            problem_ = heard.error().message + " " + heard.error().detail;
        }
        if (!heard.ok() || stopping_ || replace_) return;
    }
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
    std::lock_guard lock(mutex_);
    switch (message.kind) {
        case FrameKind::Hello: {
            HelloMessage hello = TRY(read_hello(message.text));
            if (hello.version != DOCWRIGHT_VERSION) {
                return Error{Fault::Unavailable,
                             "docwright and docwright-engine are of different versions: " DOCWRIGHT_VERSION " and " + hello.version + "."};
            }
            facts_ = std::move(hello.facts);
            break;
        }
        case FrameKind::Child: {
            ChildMessage child = TRY(read_child(message.text));
            if (descriptors.size() != 2) return Error{Fault::Internal, "The engine handed over a child without its descriptors."};
            ::setsockopt(descriptors[0].get(), SOL_SOCKET, SO_SNDTIMEO, &kTakesJobWithin, sizeof kTakesJobWithin);
            waiting_.push_back({generation_, child.number, std::move(descriptors[0]), std::move(descriptors[1])});
            alive_ = true;
            problem_.clear();
            break;
        }
        case FrameKind::Exited: {
            ExitedMessage exited = TRY(read_exited(message.text));
            auto taken = taken_.find({generation_, exited.number});
            if (taken != taken_.end()) taken->second = exited;
            std::erase_if(waiting_, [&](const WaitingChild& each) { return each.number == exited.number; });
            break;
        }
        case FrameKind::Broken: {
            FailedMessage broken = TRY(read_failed(message.text));
            return Error{Fault::Unavailable, broken.error.message, broken.error.detail};
        }
        default: return Error{Fault::Internal, "The engine's parent sent a message that is not its to send."};
    }
    changed_.notify_all();
    return success();
}

}  // namespace docwright
