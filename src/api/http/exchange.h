// One request while it is being answered, as a handler sees it: the head at once, the body in pieces when asked for.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "api/http/message.h"
#include "api/http/pool.h"

namespace docwright::http {

class Exchange {
public:
    virtual ~Exchange() = default;
    virtual Request& request() = 0;

    // The next bytes of the body, at most limits::kBodyBufferBytes; empty at its end. Valid until the next call.
    // Sends "100 Continue" first when the client waits for it, so a handler that refuses at once never invites the body.
    // Error: InvalidInput when the body is malformed or ends early; with reason REQUEST_TIMEOUT when it stalls for
    // limits::kBodyStallSeconds, which can still be answered.
    virtual Task<Result<std::string_view>> piece() = 0;

    virtual bool at_end() const = 0;             // the last piece has been given, or there is no body
    virtual bool continue_expected() const = 0;  // the client sends its body only when piece() has been called
};

// The whole body. Error: LimitExceeded beyond `limit` bytes; those of piece().
Task<Result<std::string>> whole_body(Exchange& exchange, std::size_t limit);

// Makes the answer. The exchange outlives the coroutine.
using Handler = std::function<Task<Response>(Exchange&)>;

}  // namespace docwright::http
