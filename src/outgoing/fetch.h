// The one way out: every call of the product to another server goes through here (pages and their assets, later web hooks, mail
// services, time stamps).
// A name is resolved once; every address it has must pass the address policy, and exactly a checked address is dialled: there is
// no second look-up that could answer otherwise. Each redirect is a new target, judged anew. Nothing of the caller's goes along
// but what the request says: no cookies, no credentials, no proxy, no compression.
// Plain and blocking: one thread per fetch, gone at the latest at the deadline. A Client may be used by many threads at once.
// Errors have reason FETCH_FAILED: InvalidInput for what will not change (URL, policy, certificate, no such host, too many
// redirects), LimitExceeded for too large an answer, Unavailable for what may work later (time, connection, resolver).
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "outgoing/address_policy.h"
#include "outgoing/connection.h"
#include "outgoing/header_fields.h"
#include "outgoing/network.h"

namespace docwright {

struct ClientSettings {
    std::vector<std::string> allow_list;  // address_policy.h
    std::string extra_issuers;            // PEM file of certificates trusted beside the system's
};

struct Client {
    AddressPolicy policy;
    TlsContext tls;
    Network network;
};
// Error: InvalidInput or Unavailable: a setting cannot be used.
Result<Client> open_client(const ClientSettings& settings, Network network = system_network());

struct FetchRequest {
    std::string url;
    std::string method = "GET";
    HeaderFields headers =
        {};  // what is the client's own to say (Host, Connection …) or must not leave (Cookie, Authorization) is left out
    std::string body = {};
    bool follow_redirects = true;                          // false: a 3xx is the answer. Only GET and HEAD are ever followed.
    std::uint64_t body_bytes = limits::kFetchBodyBytes;    // most of an answer's body
    int total_ms = limits::kFetchSeconds * 1000;           // redirects included
    int connect_ms = limits::kFetchConnectSeconds * 1000;  // look-up, connection and TLS of one target
    int body_descriptor = -1;  // where the body goes as it comes; -1: into Answer::body. After an error it holds a part.
    // Told each connected socket, still owned by the fetch: another thread may shut a duplicate down to end it early.
    std::function<void(int socket)> connected = {};
};

struct Answer {
    int status = 0;        // 100..999, whatever it is: require_success() judges it
    HeaderFields headers;  // names in lower case; without Set-Cookie and what concerns the connection alone
    std::string body;
    std::uint64_t body_bytes = 0;
    std::string url;  // what answered, after redirects
    Address address;  // who answered

    std::string_view header(std::string_view lower_case_name) const;  // the first of the name; empty: none
};

Result<Answer> fetch(const Client& client, const FetchRequest& request);

// Error unless the status is 2xx; it carries the status.
Status require_success(const Answer& answer);

// What can be refused at once of a URL in a request, by its text alone: names are judged when they are fetched. Errors: InvalidInput.
Status judge_url(const AddressPolicy& policy, std::string_view url);

}  // namespace docwright
