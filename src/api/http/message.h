// One HTTP request and its answer as plain values: what handlers read and make. No Beast, no sockets.
// Names of headers are matched without case. Sizes are bytes. Source: RFC 9110 (semantics), RFC 3986 (targets).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace docwright::http {

struct Header {
    std::string name;
    std::string value;
};

struct Parameter {
    std::string name;
    std::string value;
};

struct Target {
    std::string path;              // percent-decoded; doubled slashes are one, a trailing slash is cut; "/" for the root
    std::vector<Parameter> query;  // decoded, in the order they came
};

// The request target of a request line (origin form; an absolute form loses scheme and host).
// Error: InvalidInput for a broken percent escape, a NUL byte or a target that is no path.
Result<Target> parse_target(std::string_view target);

// "%41+b" → "A+b"; with `plus_is_space` "A b". Error: InvalidInput.
Result<std::string> percent_decode(std::string_view text, bool plus_is_space);

std::string_view trimmed(std::string_view text);  // without spaces and tabs at both ends

struct Request {
    std::string method;  // as sent: "GET"
    Target target;
    std::vector<Header> headers;
    std::optional<std::uint64_t> content_length;  // absent: no body, or a chunked one
    bool chunked = false;
    bool secure = false;                // came over TLS
    std::string remote;                 // address of the peer
    std::string id;                     // request id, answered as X-Request-Id
    std::vector<std::string> segments;  // what stood for the {…} of the route, in order

    const std::string* header(std::string_view name) const;  // the first of that name; nullptr: none
    const std::string* query(std::string_view name) const;
};

struct FileBody {
    FileDescriptor file;
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};

// What the request log says about an answer beside its status. Never a secret.
struct Notes {
    std::string account = {};
    std::string document = {};
    std::string task = {};
    std::string operation = {};
    std::string why = {};  // of a refusal: its code and detail
};

struct Response {
    int status = 200;
    std::vector<Header> headers;  // without Content-Length, Date and Connection: the server writes those
    std::string body;
    std::optional<FileBody> file;  // instead of body
    bool close = false;            // the connection ends after this answer
    Notes notes = {};

    std::uint64_t length() const { return file ? file->length : body.size(); }
    void set(std::string_view name, std::string value);  // replaces one of that name
};

std::string_view status_phrase(int status);

// Status line and headers, ending with the empty line. `now_text` is an IMF-fixdate.
std::string response_head(const Response& response, bool keep_alive, std::string_view now_text);

std::string http_date(std::int64_t seconds_since_1970);  // "Sun, 06 Nov 1994 08:49:37 GMT"

}  // namespace docwright::http
