// The outside world as a page may have it: someone else fetches, this process has no network. Nothing here blocks.
// Headers: names in lower case; no cookies, no credentials, either way. Redirects are answers; the browser comes again.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace docwright::web {

using HeaderFields = std::vector<std::pair<std::string, std::string>>;  // in order; names may repeat

struct NetworkRequest {
    std::string url;  // absolute, http or https
    std::string method = "GET";
    HeaderFields headers = {};
    std::string body = {};
};

struct NetworkAnswer {
    int status = 0;
    HeaderFields headers = {};
    std::string body = {};
};

struct NetworkArrival {
    std::uint32_t id = 0;
    Result<NetworkAnswer> answer;  // Error: reason FETCH_FAILED
};

class Network {
public:
    virtual ~Network() = default;
    virtual std::uint32_t begin(const NetworkRequest& request) = 0;
    virtual std::vector<NetworkArrival> take() = 0;  // every begun request comes once, a failed one too
    virtual int descriptor() const = 0;              // to wait for, with events(); -1: nothing will come
    virtual short events() const = 0;                // of poll()
};

}  // namespace docwright::web
