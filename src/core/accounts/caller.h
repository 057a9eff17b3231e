// Who makes a request, after its credential was checked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace docwright {

// Facts about the connection. Personal: they go into the personal part of a record and nowhere else.
struct RequestOrigin {
    std::string address = {};  // of the client
    std::string trace = {};    // W3C trace id, empty: none
};

struct Caller {
    std::string account;
    std::string client_id;
    std::vector<std::string> scopes;  // pdf, docgen, esign, embed
    std::string auth = "client_secret";
    RequestOrigin origin = {};
};

// Error: Forbidden (403), not Unauthorized, when the credential is good but not for this API (contract/platform.md, 2).
Status require_scope(const Caller& caller, std::string_view scope);

}  // namespace docwright
