#include "outgoing/fetcher/fetcher_process.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "base/fetch_limits.h"
#include "engines/protocol/channel.h"
#include "outgoing/failure.h"
#include "outgoing/fetcher/launch.h"

namespace docwright {
namespace {

constexpr int kLookAroundMilliseconds = 2000;       // how late a new resolv.conf may be noticed
constexpr std::chrono::seconds kPauseAfterLoss(1);  // from the second fetcher on that does not live that long

// The file that name resolution reads. A network that changes replaces it, and the fetcher may read the old one only.
struct ResolverFile {
    dev_t device = 0;
    ino_t number = 0;
    bool operator==(const ResolverFile&) const = default;
};

ResolverFile resolver_file() {
    struct stat facts {};
    if (::stat("/etc/resolv.conf", &facts) != 0) return {};
    return {facts.st_dev, facts.st_ino};
}

bool has_ended(const LaunchedFetcher& fetcher) {
    pollfd watched{.fd = fetcher.handle.get(), .events = POLLIN, .revents = 0};
    return ::poll(&watched, 1, 0) > 0;
}

}  // namespace

class FetcherProcess::Keeper {
public:
    explicit Keeper(FetcherSettings settings) : settings_(std::move(settings)) {}
    ~Keeper() {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t written = ::write(stop_.get(), &one, sizeof one);
        if (thread_.joinable()) thread_.join();
    }

    Status begin() {
        thread_ = std::thread([this] { keep(); });
        std::unique_lock hold(lock_);
        changed_.wait(hold, [this] { return current_.process > 0 || problem_; });
        if (current_.process <= 0) return *problem_;
        return success();
    }

    Result<FileDescriptor> open_session() {
        auto ends = TRY(socket_pair());
        const int fetchers_end = ends[1].get();
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(limits::kFetcherWaitSeconds);
        std::unique_lock hold(lock_);
        // A fetcher that was lost a moment ago may still stand here: its end is closed, and its successor is waited for.
        while (true) {
            if (current_.process > 0) {
                const Result<Sent> sent = send_packet(current_.control.get(), open_packet(), std::span<const int>(&fetchers_end, 1), false);
                if (sent.ok() && sent.value() == Sent::Yes) break;
                if (sent.ok() && sent.value() == Sent::WouldBlock) return fetch_failed(Fault::Unavailable, "The fetcher is overloaded.");
            }
            const std::uint64_t seen = starts_;
            if (!changed_.wait_until(hold, deadline, [&] { return starts_ != seen; }))
                return fetch_failed(Fault::Unavailable, "No fetcher can be had at present.", problem_ ? problem_->message : "");
        }
        ++sessions_;
        return std::move(ends[0]);
    }

    FetcherHealth health() const {
        const std::lock_guard hold(lock_);
        return {.running = current_.process > 0, .problem = problem_ ? problem_->message : "", .starts = starts_, .sessions = sessions_};
    }
    std::vector<FetcherFact> facts() const {
        const std::lock_guard hold(lock_);
        return current_.facts;
    }
    pid_t process() const {
        const std::lock_guard hold(lock_);
        return current_.process;
    }

private:
    // The thread's life: the kernel ties the fetcher to it.
    void keep() {
        for (int short_lives = 0;;) {
            const auto began = std::chrono::steady_clock::now();
            const ResolverFile resolver = resolver_file();
            Result<LaunchedFetcher> launched = launch_fetcher(settings_, stop_.get());
            const bool good = launched.ok();
            const bool first = publish(std::move(launched));
            if (!good && first) break;  // begin() gives the reason
            if (good) watch(resolver);
            if (stopping()) break;
            const bool lived = good && std::chrono::steady_clock::now() - began > kPauseAfterLoss;
            short_lives = lived ? 0 : short_lives + 1;
            if (short_lives > 1) wait_for_stop(kPauseAfterLoss);
        }
        retire();
        for (LaunchedFetcher& each : retired_) end_fetcher(each);
    }

    // Whether there has never been one.
    bool publish(Result<LaunchedFetcher> launched) {
        const std::lock_guard hold(lock_);
        const bool first = starts_ == 0;
        if (launched.ok()) {
            current_ = std::move(launched).take();
            problem_.reset();
            ++starts_;
        } else {
            problem_ = launched.error();
        }
        changed_.notify_all();
        return first;
    }

    // Until the present fetcher is of no more use, or nobody wants one.
    void watch(const ResolverFile& resolver) {
        while (!stopping()) {
            pollfd watched[] = {{.fd = stop_.get(), .events = POLLIN, .revents = 0},
                                {.fd = current_.handle.get(), .events = POLLIN, .revents = 0}};
            ::poll(watched, 2, kLookAroundMilliseconds);
            bury();
            if (!has_ended(current_) && resolver_file() == resolver) continue;
            retire();
            return;
        }
    }

    // Its sessions go on to their ends; it takes no more, and ends then.
    void retire() {
        const std::lock_guard hold(lock_);
        if (current_.process <= 0) return;
        current_.control.reset();
        retired_.push_back(std::move(current_));
        current_ = {};
        problem_ = Error{Fault::Unavailable, "The fetcher was lost and is started anew."};
        bury();
    }

    void bury() {
        std::erase_if(retired_, [](LaunchedFetcher& each) {
            if (!has_ended(each)) return false;
            end_fetcher(each);
            return true;
        });
    }

    bool stopping() const {
        pollfd watched{.fd = stop_.get(), .events = POLLIN, .revents = 0};
        return ::poll(&watched, 1, 0) > 0;
    }
    void wait_for_stop(std::chrono::milliseconds time) const {
        pollfd watched{.fd = stop_.get(), .events = POLLIN, .revents = 0};
        ::poll(&watched, 1, static_cast<int>(time.count()));
    }

    const FetcherSettings settings_;
    FileDescriptor stop_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    mutable std::mutex lock_;  // guards all below but retired_ and thread_; current_ is changed by the thread alone
    std::condition_variable changed_;
    LaunchedFetcher current_;  // process 0: none at present
    std::optional<Error> problem_;
    std::uint64_t starts_ = 0;
    std::uint64_t sessions_ = 0;
    std::vector<LaunchedFetcher> retired_;  // the thread's own
    std::thread thread_;
};

FetcherProcess::FetcherProcess(std::unique_ptr<Keeper> keeper) : keeper_(std::move(keeper)) {}
FetcherProcess::~FetcherProcess() = default;

Result<std::unique_ptr<FetcherProcess>> FetcherProcess::start(FetcherSettings settings) {
    auto keeper = std::make_unique<Keeper>(std::move(settings));
    TRY(keeper->begin());
    return std::unique_ptr<FetcherProcess>(new FetcherProcess(std::move(keeper)));
}

Result<FileDescriptor> FetcherProcess::open_session() { return keeper_->open_session(); }
FetcherHealth FetcherProcess::health() const { return keeper_->health(); }
std::vector<FetcherFact> FetcherProcess::facts() const { return keeper_->facts(); }
pid_t FetcherProcess::process() const { return keeper_->process(); }

}  // namespace docwright
