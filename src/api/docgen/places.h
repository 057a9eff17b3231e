// Who may be at an engine for a call that waits for its answer. A place is had at once or after a short wait; when all waiting room is
// taken, or nothing moves, the caller hears so within a second. One account never has all places, so that its slow documents hold
// nobody else up. On the server's thread only.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <string>

#include "api/http/signal.h"

namespace docwright::docgen_api {

struct PlaceLimits {
    int places = 3;
    int of_one_account = 2;
    int waiting = 64;
    int waiting_of_one_account = 32;
    int stall_milliseconds = 900;  // nobody left for so long: there is no use in waiting
};

class Places {
public:
    explicit Places(const PlaceLimits& limits) : limits_(limits) {}
    Places(const Places&) = delete;
    Places& operator=(const Places&) = delete;

    // True: leave() once, when the work is over. False: the server is full.
    http::Task<bool> enter(const std::string& account);
    void leave(const std::string& account);

    int taken() const { return taken_; }
    int waiting() const { return static_cast<int>(waiting_.size()); }

private:
    struct Waiter {
        std::string account;
        std::shared_ptr<http::Signal> signal;
        bool admitted = false;
    };
    using WaiterPointer = std::shared_ptr<Waiter>;  // held by the list and by the coroutine that waits, which may end first

    bool has_place_for(const std::string& account) const;
    bool has_room_for(const std::string& account) const;
    void take(const std::string& account);
    http::Task<bool> wait(WaiterPointer waiter);

    const PlaceLimits limits_;
    int taken_ = 0;
    std::map<std::string, int> of_account_;
    std::list<WaiterPointer> waiting_;  // in the order of coming
    std::int64_t moves_ = 0;            // rises with each leave()
};

}  // namespace docwright::docgen_api
