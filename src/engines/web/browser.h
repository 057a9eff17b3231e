// The web engine's means: one browser that prints one document after the other, each in a page of its own that was made ready
// before the document came. Two documents share nothing but the browser's program, unless they are of one tenant and the browser
// was started to use pages again.
// One thread; nothing happens between the calls. A browser that has become broken is replaced together with its process.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "engines/web/chromium.h"
#include "engines/web/devtools.h"
#include "engines/web/page.h"
#include "engines/web/print_order.h"

namespace docwright::web {

struct BrowserSettings {
    ChromiumSettings chromium;  // one_renderer: pages are used again for the same tenant
};

class Browser {
public:
    // Ready to print when it comes back. Errors: Unsupported: not installed; Unavailable: it cannot be started or confined.
    static Result<std::unique_ptr<Browser>> start(const BrowserSettings& settings);
    ~Browser();
    Browser(const Browser&) = delete;
    Browser& operator=(const Browser&) = delete;

    // Whose the following documents are. Empty, as at first: nobody's, and no page is used twice.
    void work_for(std::string tenant) { tenant_ = std::move(tenant); }

    // The PDF is appended to the descriptor; after an error a part of it may be there. Errors: visit.h.
    Result<PrintReport> print(const PrintOrder& order, int descriptor);

    // Between two documents, when nobody waits: nothing of the last one is left, pages for the next ones are ready.
    // Error: EngineLost: this browser is of no use any more.
    Status rest();

    const std::string& version() const { return version_; }  // "HeadlessChrome/156.0.8078.79"
    pid_t process() const { return chromium_.process(); }

private:
    Browser(Chromium chromium, bool reuses);
    Result<std::shared_ptr<Page>> take_page();
    Status make_ready(std::size_t wanted, Microseconds patience);
    Status empty(const Page& page);
    void put_away(const std::shared_ptr<Page>& page, bool whole);
    std::size_t ready_pages() const;

    Chromium chromium_;
    DevTools devtools_;
    bool reuses_;
    std::string tenant_, version_;
    std::vector<std::shared_ptr<Page>> pages_;  // being made ready or ready, oldest first; shared with the replies under way
    std::shared_ptr<Page> kept_;                // of the tenant before, to be used again
    std::int64_t printed_ = 0;
};

}  // namespace docwright::web
