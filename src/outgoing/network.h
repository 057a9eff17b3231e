// What the outgoing client asks of the operating system: the addresses of a name, and a connection to one address.
// Two functions in a struct, so that a test can answer for a name or count what is dialled.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "outgoing/address.h"

namespace docwright {

using Deadline = std::chrono::steady_clock::time_point;

struct Network {
    // All addresses of the name, in the order to try them; at least one. Errors: InvalidInput where there is no such name,
    // Unavailable where nobody could tell before the deadline; both with reason FETCH_FAILED.
    std::function<Result<std::vector<Address>>(const std::string& name, Deadline deadline)> resolve;
    // A connected, non-blocking stream socket. Error: Unavailable with reason FETCH_FAILED.
    std::function<Result<FileDescriptor>(const Address& address, std::uint16_t port, Deadline deadline)> dial;
};

// The operating system's resolver and sockets. No proxy, whatever the environment says.
Network system_network();

// Waits until `events` (POLLIN, POLLOUT) are there. Error: Unavailable with reason FETCH_FAILED at the deadline.
Status wait_for(int descriptor, short events, Deadline deadline);

}  // namespace docwright
