#include "cli/watch_loop.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <mutex>

#include "base/worker_threads.h"
#include "cli/exit_codes.h"
#include "cli/saying.h"
#include "cli/watch_folder.h"

namespace docwright {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::chrono::seconds kLater(30);  // after which a file is tried again that was not at fault

class StopObserver final : public JobObserver {
public:
    explicit StopObserver(const std::atomic<bool>& stopping) : stopping_(stopping) {}
    bool cancelled() override { return stopping_; }

private:
    const std::atomic<bool>& stopping_;
};

struct Ended {
    std::string file;
    WatchOutcome outcome;
    milliseconds time;
};

// A name may hold any byte; a line is one line.
std::string on_one_line(std::string name) {
    std::ranges::replace_if(
        name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
    return name;
}

FileDescriptor stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return FileDescriptor(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

class WatchLoop {
public:
    WatchLoop(const WatchWork& work, const WatchSettings& settings, const RunOrder& run_order, WatchJournal& journal,
              FolderWatcher& watcher)
        : work_(work), settings_(settings), run_order_(run_order), journal_(journal), watcher_(watcher), threads_(settings.at_once) {}

    int run() {
        while (true) {
            const auto now = steady_clock::now();
            watcher_.look(now);
            for (const Ended& ended : take_ended()) report(ended, now);
            for (const std::string& file : watcher_.take_finished(now)) start(file);
            if (settings_.once && running_.empty() && watcher_.idle()) return left_ ? kExitFailed : kExitGood;
            if (wait(watcher_.next(now) - now)) break;
        }
        stopping_ = true;
        say("stopping");
        return kExitGood;
    }

private:
    // Whether it is time to stop.
    bool wait(std::chrono::nanoseconds longest) {
        pollfd watched[] = {{.fd = signals_.get(), .events = POLLIN, .revents = 0},
                            {.fd = watcher_.descriptor(), .events = POLLIN, .revents = 0},
                            {.fd = bell_.get(), .events = POLLIN, .revents = 0}};
        ::poll(watched, 3, static_cast<int>(std::chrono::ceil<milliseconds>(longest).count()));
        std::uint64_t rung = 0;
        [[maybe_unused]] const ssize_t count = ::read(bell_.get(), &rung, sizeof rung);
        return watched[0].revents != 0;
    }

    void start(const std::string& file) {
        if (!running_.insert(file).second) {  // it has changed meanwhile
            running_again_.insert(file);
            return;
        }
        threads_.run([this, file] {
            const auto began = steady_clock::now();
            StopObserver observer(stopping_);
            WatchOutcome outcome =
                stopping_ ? WatchOutcome{Watched::Later, "stopping"} : convert_watched(work_, journal_, run_order_, file, observer);
            {
                const std::lock_guard hold(lock_);
                ended_.push_back({file, std::move(outcome), std::chrono::duration_cast<milliseconds>(steady_clock::now() - began)});
            }
            const std::uint64_t one = 1;
            [[maybe_unused]] const ssize_t written = ::write(bell_.get(), &one, sizeof one);
        });
    }

    std::vector<Ended> take_ended() {
        const std::lock_guard hold(lock_);
        return std::exchange(ended_, {});
    }

    void report(const Ended& ended, steady_clock::time_point now) {
        const auto& [file, outcome, time] = ended;
        const std::string name = on_one_line(file), text = on_one_line(outcome.text);
        running_.erase(file);
        if (running_again_.erase(file) > 0 || outcome.what == Watched::Changed) watcher_.again(file, now);
        switch (outcome.what) {
            case Watched::Done: say(fmt::format("done    {} -> {} ({} ms)", name, text, time.count())); break;
            case Watched::Known: say(fmt::format("known   {}: unchanged since it was done", name)); break;
            case Watched::Failed:
                say(fmt::format("failed  {}: {}: {}", name, outcome.code, text));
                left_ = true;
                break;
            case Watched::Later:
                say(fmt::format("later   {}: {}", name, text));
                left_ = true;
                if (!settings_.once) watcher_.again(file, now + kLater);
                break;
            case Watched::Gone:
            case Watched::Changed: break;
        }
    }

    const WatchWork& work_;
    const WatchSettings& settings_;
    const RunOrder& run_order_;
    WatchJournal& journal_;
    FolderWatcher& watcher_;
    FileDescriptor signals_ = stop_signals();
    FileDescriptor bell_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::atomic<bool> stopping_ = false;
    bool left_ = false;  // a file failed, or was not done
    std::set<std::string> running_, running_again_;
    std::mutex lock_;  // guards ended_
    std::vector<Ended> ended_;
    WorkerThreads threads_;  // last: ends before what its jobs use
};

}  // namespace

Result<int> watch_folder(const WatchWork& work, const WatchSettings& settings, const RunOrder& run) {
    std::signal(SIGIO, SIG_IGN);  // comes where somebody begins to write a file just while we ask whether one does
    const std::unique_ptr<WatchJournal> journal = TRY(WatchJournal::open(work.in, work.out, name_of_work(work)));
    WatchedFolder folder{.root = work.in,
                         .recursive = settings.recursive,
                         .left_out = {work.out, work.failed},
                         .wanted = [&](const std::string& file, const FileStamp& stamp) {
                             return operation_for(work, file) != nullptr && !journal->is_done(file, stamp);
                         }};
    FolderWatcher watcher = TRY(FolderWatcher::open(std::move(folder), steady_clock::now()));
    say(fmt::format("watching {}: results go to {}, failures to {}", work.in.string(), work.out.string(), work.failed.string()));
    return WatchLoop(work, settings, run, *journal, watcher).run();
}

}  // namespace docwright
