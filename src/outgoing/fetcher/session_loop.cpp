#include "outgoing/fetcher/session_loop.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "base/fetch_limits.h"
#include "base/worker_threads.h"
#include "engines/protocol/channel.h"
#include "outgoing/failure.h"
#include "outgoing/fetcher/control_messages.h"

namespace docwright {
namespace {

// The connections of one session's fetches. Shared by the loop, which may end them, and the threads that fetch.
class OpenConnections {
public:
    void add(std::uint32_t id, int socket) {
        const std::lock_guard hold(lock_);
        FileDescriptor copy(::fcntl(socket, F_DUPFD_CLOEXEC, 0));
        if (ended_) ::shutdown(socket, SHUT_RDWR);
        copies_[id] = std::move(copy);
    }
    void remove(std::uint32_t id) {
        const std::lock_guard hold(lock_);
        copies_.erase(id);
    }
    void end() {
        const std::lock_guard hold(lock_);
        ended_ = true;
        for (const auto& [id, copy] : copies_) ::shutdown(copy.get(), SHUT_RDWR);
    }
    bool ended() {
        const std::lock_guard hold(lock_);
        return ended_;
    }

private:
    std::mutex lock_;  // guards both
    bool ended_ = false;
    std::map<std::uint32_t, FileDescriptor> copies_;
};

struct Outgoing {
    std::string packet;
    FileDescriptor body;
};

struct OpenSession {
    FileDescriptor socket;
    SessionBudget budget;
    std::shared_ptr<OpenConnections> connections = std::make_shared<OpenConnections>();
    std::deque<Outgoing> outgoing = {};  // answers that the child has no room for
    int running = 0;                     // fetches
    bool over = false;

    // Not more answers than the child takes are ever made ahead.
    bool takes_requests() const { return running + static_cast<int>(outgoing.size()) < limits::kSessionFetchesAtOnce; }
};

struct Finished {
    std::uint64_t session;
    std::uint32_t id;
    Result<Answer> answer;
    FileDescriptor body;
};

// From the fetching threads to the loop.
class FinishedQueue {
public:
    void add(Finished finished) {
        {
            const std::lock_guard hold(lock_);
            waiting_.push_back(std::move(finished));
        }
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t written = ::write(bell_.get(), &one, sizeof one);
    }
    std::vector<Finished> take() {
        std::uint64_t rung = 0;
        [[maybe_unused]] const ssize_t count = ::read(bell_.get(), &rung, sizeof rung);
        const std::lock_guard hold(lock_);
        return std::exchange(waiting_, {});
    }
    int bell() const { return bell_.get(); }

private:
    FileDescriptor bell_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::mutex lock_;  // guards waiting_
    std::vector<Finished> waiting_;
};

// On a thread of its own.
Result<Answer> fetch_into(const FileDescriptor& body, const Client& client, FetchRequest request, std::uint32_t id,
                          OpenConnections& connections) {
    if (!body.open()) return fetch_failed(Fault::Internal, "There is no memory for the answer.", std::strerror(errno));
    if (connections.ended()) return fetch_failed(Fault::Unavailable, "The session is over.");
    request.body_descriptor = body.get();
    request.connected = [&connections, id](int socket) { connections.add(id, socket); };
    Result<Answer> answer = fetch(client, request);
    connections.remove(id);
    ::fcntl(body.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL);
    return answer;
}

class SessionLoop {
public:
    explicit SessionLoop(const FetcherWork& work) : work_(work), threads_(limits::kFetchThreads) {}

    Status run() {
        while (control_open_ || !sessions_.empty()) {
            TRY(wait());
            for (Finished& finished : finished_.take()) finish(std::move(finished));
            for (auto& [key, session] : sessions_) {
                send_waiting(session);
                while (!session.over && session.takes_requests() && take_request(key, session)) {
                }
            }
            while (control_open_ && take_session()) {
            }
            std::erase_if(sessions_, [](auto& entry) {
                if (entry.second.over) entry.second.connections->end();
                return entry.second.over;
            });
        }
        return success();
    }

private:
    Status wait() {
        std::vector<pollfd> watched = {{.fd = finished_.bell(), .events = POLLIN, .revents = 0},
                                       {.fd = control_open_ ? work_.control : -1, .events = POLLIN, .revents = 0}};
        std::vector<OpenSession*> of_session;
        for (auto& [key, session] : sessions_) {
            const int events = (session.takes_requests() ? POLLIN : 0) | (session.outgoing.empty() ? 0 : POLLOUT);
            watched.push_back({.fd = session.socket.get(), .events = static_cast<short>(events), .revents = 0});
            of_session.push_back(&session);
        }
        if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR)
            return Error{Fault::Internal, "The fetcher cannot watch its sockets.", std::strerror(errno)};
        // A child that is gone reads no answer, whatever it has asked before.
        for (std::size_t i = 0; i < of_session.size(); ++i) {
            if ((watched[i + 2].revents & (POLLHUP | POLLERR)) != 0) of_session[i]->over = true;
        }
        return success();
    }

    bool take_session() {
        Result<Packet> received = receive_packet(work_.control, 1, false);
        if (!received.ok() || received.value().closed) {
            control_open_ = false;
            return false;
        }
        Packet packet = std::move(received).take();
        if (packet.none) return false;
        if (!is_open_packet(packet.bytes) || packet.descriptors.size() != 1 || sessions_.size() >= limits::kSessions) return true;
        sessions_.emplace(
            ++last_key_, OpenSession{.socket = std::move(packet.descriptors[0]), .budget = {work_.caps, std::chrono::steady_clock::now()}});
        return true;
    }

    // Whether there was one.
    bool take_request(std::uint64_t key, OpenSession& session) {
        const Result<Packet> received = receive_packet(session.socket.get(), 0, false);
        if (received.ok() && received.value().none) return false;
        const Result<RequestMessage> message =
            received.ok() && !received.value().closed ? read_request(received.value().bytes) : Error{Fault::Internal, "closed"};
        session.over = !message.ok() || session.budget.abused();
        if (session.over) return false;
        const std::uint32_t id = message.value().id;
        Result<FetchRequest> admitted = session.budget.admit(message.value(), std::chrono::steady_clock::now());
        if (!admitted.ok()) {
            fail(session, id, admitted.error());
            return true;
        }
        ++session.running;
        threads_.run([this, key, id, request = std::move(admitted).take(), connections = session.connections] {
            FileDescriptor body(::memfd_create("docwright-answer", MFD_CLOEXEC | MFD_ALLOW_SEALING));
            Result<Answer> answer = fetch_into(body, work_.client, request, id, *connections);
            finished_.add({key, id, std::move(answer), std::move(body)});
        });
        return true;
    }

    void finish(Finished finished) {
        const auto found = sessions_.find(finished.session);
        if (found == sessions_.end()) return;
        OpenSession& session = found->second;
        --session.running;
        if (!finished.answer.ok()) return fail(session, finished.id, finished.answer.error());
        const Answer& answer = finished.answer.value();
        if (const Status counted = session.budget.count(answer.body_bytes, answer.status); !counted.ok())
            return fail(session, finished.id, counted.error());
        std::string packet = packet_of(
            AnswerMessage{.id = finished.id, .status = answer.status, .headers = answer.headers, .body_bytes = answer.body_bytes});
        if (packet.size() > limits::kFrameBytes)
            return fail(session, finished.id, fetch_failed(Fault::LimitExceeded, "The head of the server's answer is too long."));
        session.outgoing.push_back({std::move(packet), answer.body_bytes > 0 ? std::move(finished.body) : FileDescriptor()});
        send_waiting(session);
    }

    void fail(OpenSession& session, std::uint32_t id, const Error& error) {
        if (work_.log) work_.log->info("fetch_failed", {{"why", error.message}, {"detail", error.detail}});
        session.outgoing.push_back({packet_of(FailureMessage{.id = id, .error = error}), FileDescriptor()});
        send_waiting(session);
    }

    void send_waiting(OpenSession& session) {
        while (!session.over && !session.outgoing.empty()) {
            const Outgoing& next = session.outgoing.front();
            const int body = next.body.get();
            const Result<Sent> sent =
                send_packet(session.socket.get(), next.packet, std::span<const int>(&body, next.body.open() ? 1U : 0U), false);
            if (sent.ok() && sent.value() == Sent::WouldBlock) return;
            session.over = !sent.ok() || sent.value() == Sent::OtherEndClosed;
            session.outgoing.pop_front();
        }
    }

    const FetcherWork& work_;
    bool control_open_ = true;
    std::uint64_t last_key_ = 0;
    std::map<std::uint64_t, OpenSession> sessions_;
    FinishedQueue finished_;
    WorkerThreads threads_;  // last: ends before what its jobs use
};

}  // namespace

Status serve_sessions(const FetcherWork& work) { return SessionLoop(work).run(); }

}  // namespace docwright
