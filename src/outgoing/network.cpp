#include "outgoing/network.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include "base/limits.h"
#include "outgoing/failure.h"

namespace docwright {
namespace {

using Addresses = Result<std::vector<Address>>;

std::optional<Address> address_of(const sockaddr* socket_address) {
    if (socket_address->sa_family == AF_INET) {
        sockaddr_in found;
        std::memcpy(&found, socket_address, sizeof found);
        return address_v4(ntohl(found.sin_addr.s_addr));
    }
    if (socket_address->sa_family == AF_INET6) {
        sockaddr_in6 found;
        std::memcpy(&found, socket_address, sizeof found);
        std::array<std::uint8_t, 16> bytes;
        std::memcpy(bytes.data(), &found.sin6_addr, bytes.size());
        return address_v6(bytes);
    }
    return std::nullopt;
}

Addresses resolve_blocking(const std::string& name) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int code = ::getaddrinfo(name.c_str(), nullptr, &wanted, &found);
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, ::freeaddrinfo);
    if (code == EAI_NONAME || code == EAI_NODATA)
        return fetch_failed(Fault::InvalidInput, "The host " + name + " does not exist.", ::gai_strerror(code));
    if (code != 0) return fetch_failed(Fault::Unavailable, "The host " + name + " cannot be looked up now.", ::gai_strerror(code));
    std::vector<Address> addresses;
    for (const addrinfo* entry = found; entry; entry = entry->ai_next) {
        const std::optional<Address> address = address_of(entry->ai_addr);
        if (address && std::ranges::find(addresses, *address) == addresses.end()) addresses.push_back(*address);
    }
    if (addresses.empty()) return fetch_failed(Fault::InvalidInput, "The host " + name + " has no address.");
    return addresses;
}

// Shared by the one who asks and the thread that looks up, since the former may give up first.
struct Lookup {
    std::mutex lock;
    std::condition_variable done;
    std::optional<Addresses> answer;
};

// How many look-ups run; shared by the resolver and its threads, which may outlive it.
struct Lookups {
    std::mutex lock;
    int running = 0;

    bool begin() {
        const std::lock_guard hold(lock);
        if (running == limits::kLookupsAtOnce) return false;
        ++running;
        return true;
    }
    void end() {
        const std::lock_guard hold(lock);
        --running;
    }
};

// The system's resolver knows no deadline and cannot be stopped: each look-up has a thread that is left behind when it is slow.
Addresses resolve_before(const std::shared_ptr<Lookups>& lookups, const std::string& name, Deadline deadline) {
    if (!lookups->begin()) return fetch_failed(Fault::Unavailable, "Too many hosts are being looked up; try again.");
    auto lookup = std::make_shared<Lookup>();
    try {
        std::thread([lookup, lookups, name] {
            Addresses answer = resolve_blocking(name);
            {
                const std::lock_guard hold(lookup->lock);
                lookup->answer = std::move(answer);
            }
            lookup->done.notify_one();
            lookups->end();
        }).detach();
    } catch (const std::system_error& no_thread) {
        lookups->end();
        return fetch_failed(Fault::Unavailable, "No host can be looked up now.", no_thread.what());
    }
    std::unique_lock hold(lookup->lock);
    if (!lookup->done.wait_until(hold, deadline, [&] { return lookup->answer.has_value(); }))
        return fetch_failed(Fault::Unavailable, "The host " + name + " could not be looked up in time.");
    return *lookup->answer;
}

Result<FileDescriptor> dial_address(const Address& address, std::uint16_t port, Deadline deadline) {
    sockaddr_storage place{};
    socklen_t size = 0;
    if (address.v6) {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(port);
        std::memcpy(&v6.sin6_addr, address.bytes.data(), sizeof v6.sin6_addr);
        std::memcpy(&place, &v6, size = sizeof v6);
    } else {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        std::memcpy(&v4.sin_addr, address.bytes.data(), sizeof v4.sin_addr);
        std::memcpy(&place, &v4, size = sizeof v4);
    }
    FileDescriptor socket(::socket(address.v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
    if (!socket.open()) return fetch_failed(Fault::Unavailable, "No connection can be opened.", std::strerror(errno));
    const int on = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&place), size) != 0) {
        if (errno != EINPROGRESS)
            return fetch_failed(Fault::Unavailable, "The server cannot be reached.", address_text(address) + ": " + std::strerror(errno));
        TRY(wait_for(socket.get(), POLLOUT, deadline));
    }
    int outcome = 0;
    socklen_t outcome_size = sizeof outcome;
    ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &outcome, &outcome_size);
    if (outcome != 0)
        return fetch_failed(Fault::Unavailable, "The server cannot be reached.", address_text(address) + ": " + std::strerror(outcome));
    return socket;
}

}  // namespace

Network system_network() {
    return {.resolve = [lookups = std::make_shared<Lookups>()](const std::string& name,
                                                               Deadline deadline) { return resolve_before(lookups, name, deadline); },
            .dial = dial_address};
}

Status wait_for(int descriptor, short events, Deadline deadline) {
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) return fetch_failed(Fault::Unavailable, "The server did not answer in time.");
        pollfd waiting{.fd = descriptor, .events = events, .revents = 0};
        const int ready = ::poll(&waiting, 1, static_cast<int>(std::min<std::chrono::milliseconds::rep>(left.count(), 60'000)));
        if (ready > 0) return success();
        if (ready < 0 && errno != EINTR) return fetch_failed(Fault::Internal, "The connection cannot be watched.", std::strerror(errno));
    }
}

}  // namespace docwright
