// The parent's loop: as many waiting children as wanted, whatever happens to them.
#include <poll.h>
#include <signal.h>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "engines/child/child.h"
#include "engines/child/folders.h"
#include "engines/child/parent.h"
#include "engines/protocol/channel.h"
#include "engines/protocol/process_handle.h"
#include "engines/protocol/steady_time.h"

namespace docwright {
namespace {

struct LiveChild {
    enum class Stage { Preparing, Waiting, Taken };
    std::int64_t number;
    pid_t process;
    Stage stage = Stage::Preparing;
    FileDescriptor channel;  // the supervisor's end, ours until the child is ready
    ChildFolders folders = {};
    Microseconds begun = steady_time();
};

// From the fork to Ready: 0.1 s for a library, a few seconds for a browser on a busy machine. Longer is a hang.
constexpr Microseconds kPreparesWithin = 60 * kMicrosecondsPerSecond;
constexpr int kLookAfterMilliseconds = 5'000;  // at children that prepare

// Children that die before anyone gave them a job: the next one waits a little longer, so that a broken machine is not kept
// busy with forks. The first replacement comes at once.
constexpr int kPauseStepMilliseconds = 10;
constexpr int kPauseLongestMilliseconds = 1000;

Error failed(const char* call) {
    return Error{Fault::Unavailable, "The engine cannot make a child process.", std::string(call) + ": " + std::strerror(errno)};
}

class Children {
public:
    Children(const ParentSettings& settings, EngineKind& kind, std::span<const Operation* const> operations)
        : spares_(settings.spares), kind_(kind), leads_group_(kind.traits().jobs > 1), operations_(operations), self_(::getpid()) {}

    Status run();

private:
    Status make_one();
    Status refill();
    Status bury();
    Status bury_one(pid_t process);
    void end_strays() const;
    Status hear_supervisor(bool& ended);
    Status hear_child(LiveChild& child);
    Status hand_over(LiveChild& child);
    void end_hung() const;
    int patience() const;
    int untaken() const {
        return static_cast<int>(std::ranges::count_if(live_, [](const LiveChild& each) { return each.stage != LiveChild::Stage::Taken; }));
    }

    int spares_;
    EngineKind& kind_;
    const bool leads_group_;  // each child, of whatever it starts
    std::span<const Operation* const> operations_;
    pid_t self_;
    FileDescriptor deaths_;  // signalfd of SIGCHLD
    std::vector<LiveChild> live_;
    std::int64_t made_ = 0;
    int idle_deaths_ = 0;  // in a row
    bool pausing_ = false;
    bool proven_ = false;  // a child of a reusable kind was ready once: what another one fails of is its own trouble
    FrameReader supervisor_{std::numeric_limits<std::int64_t>::max()};
};

Status Children::make_one() {
    auto ends = TRY(socket_pair());
    ++made_;
    ChildFolders folders = kind_.has_folder() ? TRY(make_child_folders(kind_.name(), made_)) : ChildFolders{};
    pid_t process = ::fork();
    if (process < 0) return failed("fork");
    if (process == 0) run_child(kind_, {operations_, std::move(folders), self_}, std::move(ends[1]));
    live_.push_back({made_, process, LiveChild::Stage::Preparing, std::move(ends[0]), std::move(folders)});
    return success();
}

Status Children::refill() {
    while (!pausing_ && untaken() < spares_) TRY(make_one());
    return success();
}

// A dead child keeps its number, and with it that of its group, until it is waited for: its group is ended before.
Status Children::bury() {
    signalfd_siginfo facts;
    while (::read(deaths_.get(), &facts, sizeof facts) > 0) {
    }
    for (;;) {
        siginfo_t dead{};
        if (::waitid(P_ALL, 0, &dead, WEXITED | WNOHANG | WNOWAIT) != 0 || dead.si_pid == 0) return success();
        TRY(bury_one(dead.si_pid));
    }
}

Status Children::bury_one(pid_t process) {
    auto child = std::ranges::find(live_, process, &LiveChild::process);
    const bool known = child != live_.end();
    if (known && leads_group_) ::kill(-process, SIGKILL);
    int status = 0;
    rusage used{};
    ::wait4(process, &status, 0, &used);
    if (!known) return success();  // left behind by a child: ours because we are the subreaper
    if (leads_group_) end_strays();
    auto microseconds = [](const timeval& time) { return time.tv_sec * kMicrosecondsPerSecond + time.tv_usec; };
    ExitedMessage message{.number = child->number,
                          .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                          .code = WIFEXITED(status) ? WEXITSTATUS(status) : 0,
                          .cpu = microseconds(used.ru_utime) + microseconds(used.ru_stime),
                          .memory_bytes = std::int64_t{used.ru_maxrss} * 1024};
    if (child->stage != LiveChild::Stage::Taken) pausing_ = idle_deaths_++ > 0;
    remove_child_folders(child->folders);
    live_.erase(child);
    (void)TRY(send_message(kParentChannel, FrameKind::Exited, text_of(message)));  // a closed channel is seen by the loop
    return success();
}

// What a child started outside its group has come to us with the child's death; nothing else that is not a child of ours has.
void Children::end_strays() const {
    std::ifstream list("/proc/thread-self/children");
    for (pid_t process = 0; list >> process;) {
        if (std::ranges::find(live_, process, &LiveChild::process) == live_.end()) ::kill(process, SIGKILL);
    }
}

Status Children::hear_supervisor(bool& ended) {
    Packet packet = TRY(receive_packet(kParentChannel, 0, false));
    ended = packet.closed;
    if (packet.closed || packet.none) return success();
    std::optional<Message> message = TRY(supervisor_.take(packet.bytes));
    if (!message || message->kind != FrameKind::Taken) return success();
    TakenMessage taken = TRY(read_taken(message->text));
    auto child = std::ranges::find(live_, taken.number, &LiveChild::number);
    if (child != live_.end()) child->stage = LiveChild::Stage::Taken;
    idle_deaths_ = 0;
    pausing_ = false;
    return success();
}

Status Children::hand_over(LiveChild& child) {
    FileDescriptor handle = open_process(child.process);
    if (!handle.open()) return failed("pidfd_open");
    int descriptors[] = {child.channel.get(), handle.get()};
    (void)TRY(send_message(kParentChannel, FrameKind::Child, text_of(ChildMessage{child.number, child.process}), descriptors));
    child.channel.reset();
    child.stage = LiveChild::Stage::Waiting;
    proven_ = leads_group_;
    return success();
}

void Children::end_hung() const {
    for (const LiveChild& child : live_) {
        if (child.stage == LiveChild::Stage::Preparing && steady_time() - child.begun > kPreparesWithin) ::kill(child.process, SIGKILL);
    }
}

// How long the loop may sleep.
int Children::patience() const {
    if (pausing_) return std::min(idle_deaths_ * kPauseStepMilliseconds, kPauseLongestMilliseconds);
    const bool preparing = std::ranges::any_of(live_, [](const LiveChild& each) { return each.stage == LiveChild::Stage::Preparing; });
    return preparing ? kLookAfterMilliseconds : -1;
}

Status Children::hear_child(LiveChild& child) {
    FrameReader reader;
    Packet packet = TRY(receive_packet(child.channel.get(), 0, false));
    if (packet.none) return success();
    if (packet.closed) {
        child.channel.reset();  // died while preparing; bury() hears of it
        return success();
    }
    std::optional<Message> message = TRY(reader.take(packet.bytes));
    if (message && message->kind == FrameKind::Ready) return hand_over(child);
    if (proven_) {
        ::kill(child.process, SIGKILL);  // bury() counts it among the idle deaths
        child.channel.reset();
        return success();
    }
    FailedMessage broken = TRY(read_failed(message ? message->text : ""));
    return Error{Fault::Unavailable, broken.error.message, broken.error.detail};
}

Status Children::run() {
    if (leads_group_) ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    sigset_t deaths;
    ::sigemptyset(&deaths);
    ::sigaddset(&deaths, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &deaths, nullptr);
    deaths_ = FileDescriptor(::signalfd(-1, &deaths, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!deaths_.open()) return failed("signalfd");
    for (bool ended = false; !ended;) {
        TRY(refill());
        std::vector<pollfd> wanted = {{kParentChannel, POLLIN, 0}, {deaths_.get(), POLLIN, 0}};
        for (const LiveChild& child : live_) wanted.push_back({child.channel.get(), POLLIN, 0});  // -1 is passed over by poll
        int changes = ::poll(wanted.data(), wanted.size(), patience());
        if (changes < 0 && errno != EINTR) return failed("poll");
        pausing_ = pausing_ && changes > 0;
        for (std::size_t i = 0; i < live_.size(); ++i) {
            if (wanted[i + 2].revents != 0 && live_[i].channel.open()) TRY(hear_child(live_[i]));
        }
        if (wanted[0].revents != 0) TRY(hear_supervisor(ended));
        if (wanted[1].revents != 0) TRY(bury());
        if (changes == 0) end_hung();
    }
    return success();
}

}  // namespace

Status keep_children(const ParentSettings& settings, EngineKind& kind, std::span<const Operation* const> operations) {
    return Children(settings, kind, operations).run();
}

}  // namespace docwright
