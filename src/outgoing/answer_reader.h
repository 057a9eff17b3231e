// Bytes of an HTTP/1.1 answer → Answer and its body, as they come. Everything here is hostile: head, sizes and chunks have limits.
// Interim answers (1xx) are passed over. Follows RFC 9112; Boost.Beast reads the grammar.
// Errors: InvalidInput (not HTTP, an encoding that was not asked for), LimitExceeded (head or body too large), Internal (the body's
// descriptor takes no more), all but the last with reason FETCH_FAILED.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "outgoing/fetch.h"

namespace docwright {

// Whether `answer`, of which the head is there, is a redirect that the request wants to be followed.
bool follows(const FetchRequest& request, const Answer& answer);

class AnswerReader {
public:
    // Both live longer than the reader.
    AnswerReader(const FetchRequest& request, Answer& answer);
    AnswerReader(AnswerReader&&) noexcept;
    ~AnswerReader();

    Status take(std::string_view bytes);
    Status take_end();  // the server has closed the connection
    bool done() const;  // the answer is whole; a redirect that is followed is so after its head

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace docwright
