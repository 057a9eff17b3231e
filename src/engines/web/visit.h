// One document through one page: load it, wait until it is finished, print it.
// Errors: LimitExceeded with reason TIMEOUT (a limit of time) or none (memory: the page's process has died); InvalidInput or
// Unavailable with reason FETCH_FAILED (the address); EngineLost (the browser itself).
// After any of them but FETCH_FAILED the page is of no use any more.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engines/web/page.h"
#include "engines/web/print_order.h"
#include "engines/web/requests.h"

namespace docwright::web {

class Visit {
public:
    // `host`: the name under which the order's own files are served.
    Visit(DevTools& devtools, Page& page, const PrintOrder& order, const std::string& host);
    ~Visit();  // the connection forgets it
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;

    // The PDF is appended to the descriptor.
    Result<PrintReport> print_to(int descriptor);

private:
    struct Settled {
        bool settled = true;
        double content = 0;  // CSS pixels of width
    };
    void hear(const Event& event);
    Status load();
    bool cannot_change() const;  // what has loaded is what is to be printed
    Result<Settled> measure();
    Result<Settled> settle();
    Result<bool> settle_once(Microseconds until, Settled& settled);  // true: nothing more to wait for
    Result<std::string> print(const Settled& settled);               // handle of the stream
    Result<std::string> sheet_for_one_page(double& scale);
    Status copy(const std::string& stream, int descriptor);

    Status wait_for_load();
    Status set_view(double width_px, int height_px);
    Result<double> content_width(double room_px);
    enum class Busy { Scripts, Layout };  // what the page may be at while it does not answer: scripts have a limit of their own
    Result<json::object> evaluate(std::string_view script, const json::value& argument, int patience_ms, Busy busy);
    Result<json::object> ask(std::string_view method, json::object params, int patience_ms, Busy busy);
    // Until done(), or the first thing that ends the visit: crash, lost browser, time.
    Status wait_until(const std::function<bool()>& done, int patience_ms, Busy busy);
    void probe();  // whether the page still answers; at most one such question is under way
    Error no_page(std::string message, std::string browser_says) const;  // FETCH_FAILED, with the status if there was an answer

    DevTools& devtools_;
    Page& page_;
    const PrintOrder& order_;
    std::string host_;
    Requests requests_;
    std::int64_t world_ = 0;   // of our own scripts in the loaded document; 0: not made yet
    Microseconds probed_ = 0;  // since when the page owes an answer; 0: it does not
    bool navigated_ = false, loaded_ = false, crashed_ = false;
    std::shared_ptr<Visit*> alive_;  // replies under way may outlive the visit; they look here first
};

}  // namespace docwright::web
