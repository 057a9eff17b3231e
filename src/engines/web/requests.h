// Every request of a page, paused by the browser until it is answered here: from the order's own files, through the network, or
// not at all. The browser itself has no network; nothing is let through.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "engines/web/devtools.h"
#include "engines/web/print_order.h"

namespace docwright::web {

class Requests {
public:
    // All of them outlive this. `host`: name under which source.files are found. `main_frame`: of the page itself.
    Requests(DevTools& devtools, const PageSource& source, std::string host, std::string main_frame, Network* network);

    void paused(const Event& event);  // Fetch.requestPaused
    void network_ready();             // takes what has come

    // Of the page itself, from its last answer that was no redirect.
    std::optional<int> document_status() const { return document_status_; }
    const std::optional<Error>& document_failure() const { return document_failure_; }

    std::size_t open() const { return open_.size(); }
    Microseconds last_end() const { return last_end_; }  // steady time
    int made() const { return made_; }
    int unanswered() const { return unanswered_; }

private:
    struct Asked {
        std::string session, request;
        bool document = false;
    };
    void answer_own(const Asked& asked, std::string_view url);
    void ask_network(const Asked& asked, const json::object& request);
    void fulfil(const Asked& asked, int status, json::array headers, std::string_view body);
    void fail(const Asked& asked, const char* reason);
    bool is_document(const json::object& params) const;
    bool too_many_redirects(const json::object& params, const std::string& request);

    DevTools& devtools_;
    const PageSource& source_;
    std::string host_, main_frame_;
    Network* network_;
    std::map<std::uint32_t, Asked> open_;   // by the network's id
    std::map<std::string, int> redirects_;  // of a request so far
    std::optional<int> document_status_;
    std::optional<Error> document_failure_;
    Microseconds last_end_ = 0;
    int made_ = 0, unanswered_ = 0;
};

// "/a%20b.css?x#y" → "/a b.css"
std::string decoded_path(std::string_view path);
std::string encoded_path(std::string_view name);  // and back

}  // namespace docwright::web
