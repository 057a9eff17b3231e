// multipart/form-data as it streams by (RFC 7578, RFC 2046 5.1): bytes in, in pieces of any size → parts out, as events.
// A state machine without I/O; holds back at most one delimiter and one part head. Tolerant as clients in the wild need
// (contract/platform.md, 10): part headers in any order and case, names quoted or not, filename*, no Content-Type,
// text before the first and after the last delimiter.
// Holds: the data events of a part joined are its bytes exactly, however the input was cut; begin and end pair up.
// Fails: InvalidInput for a part head that is too long or has no name, a body without delimiter, or one that ends early.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace docwright::http {

struct PartHead {
    std::string name;
    std::string file_name;  // as sent, decoded; may hold a path
    bool has_file_name = false;
    std::string content_type;  // empty: none sent
};

class PartEvents {
public:
    virtual ~PartEvents() = default;
    virtual Status part_begins(const PartHead& head) = 0;
    virtual Status part_data(std::string_view bytes) = 0;  // never empty
    virtual Status part_ends() = 0;
};

class MultipartParser {
public:
    explicit MultipartParser(std::string_view boundary);
    // An error of `events` or of the input ends the parse for good.
    Status feed(std::string_view bytes, PartEvents& events);
    Status finish();  // the body is over; error when the closing delimiter has not come

private:
    enum class State { Preamble, AfterDelimiter, Head, Data, Epilogue };
    Result<bool> step(PartEvents& events);
    Result<bool> scan_to_delimiter(PartEvents& events);
    Result<bool> read_after_delimiter(PartEvents& events);
    Result<bool> read_head(PartEvents& events);
    Status pass_on(std::size_t count, PartEvents& events);

    std::string delimiter_;  // CR LF "--" boundary
    std::string held_;       // not yet understood bytes; starts with a made-up CR LF, so that a delimiter may open the body
    std::size_t used_ = 0;   // of held_
    State state_ = State::Preamble;
    bool in_part_ = false;
};

// "multipart/form-data; boundary=x" → x. Error: InvalidInput when the type or its boundary is missing or not allowed.
Result<std::string> multipart_boundary(std::string_view content_type);

// The lines of a part's head, without the empty line. Error: InvalidInput when there is no name.
Result<PartHead> parse_part_head(std::string_view lines);

}  // namespace docwright::http
