// How a function says that it failed. Nothing else crosses a module boundary: no exception, no errno.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace docwright {

enum class Fault {
    InvalidInput,   // the caller sent something that cannot be used as it is
    Unsupported,    // well-formed, but nothing here can handle it
    Unauthorized,   // no or wrong credentials
    NotFound,       // no such thing, or not the caller's
    Forbidden,      // known caller, not allowed
    Conflict,       // contradicts what was accepted before
    LimitExceeded,  // a limit of base/limits.h or of a plan
    EngineLost,     // an engine process crashed, hung or was killed; trying again may help
    Unavailable,    // temporarily not possible; trying again helps
    Internal,       // our own mistake, or the machine's (full disk)
};

struct Error {
    Fault fault;              // decides wire code, retry and log level, in one table: base/fault_table.cpp
    std::string message;      // for the caller: what failed, which field, page or limit, what to do about it
    std::string detail = {};  // for the log only: the library's own words, byte offset, errno
    std::string reason = {};  // machine-readable reason, a wire word such as PASSWORD_REQUIRED; empty: the fault says enough
    int remote_status = 0;    // HTTP status of another server's answer that is the failure; for the caller; 0: none
};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::move(value)) {}
    Result(Error error) : state_(std::move(error)) {}
    bool ok() const { return std::holds_alternative<T>(state_); }
    const T& value() const& {
        assert(ok());
        return *std::get_if<T>(&state_);
    }
    T take() && {
        assert(ok());
        return std::move(*std::get_if<T>(&state_));
    }
    const Error& error() const& {
        assert(!ok());
        return *std::get_if<Error>(&state_);
    }

private:
    std::variant<T, Error> state_;
};

using Status = Result<std::monostate>;  // success without a value
inline Status success() { return Status(std::monostate{}); }

// The value, or return the error to our own caller. Plain functions only; a coroutine writes the two lines out.
// Each use names its variable anew, so that one may stand in a lambda inside another.
#define TRY(expression) TRY_AS(expression, __COUNTER__)
#define TRY_AS(expression, number) TRY_NAMED(expression, TRY_JOINED(outcome_, number))
#define TRY_JOINED(name, number) name##number
#define TRY_NAMED(expression, outcome)                  \
    __extension__({                                     \
        auto outcome = (expression);                    \
        if (!outcome.ok()) {                            \
            return ::docwright::Error(outcome.error()); \
        }                                               \
        std::move(outcome).take();                      \
    })

}  // namespace docwright
