// One page of the browser in a context of its own (cookies, storage, caches: nothing is shared with another context), made ready
// ahead of demand: its requests are paused, its workers too, and it is laid out as for paper.
#pragma once

#include <memory>
#include <string>

#include "engines/web/devtools.h"

namespace docwright::web {

// The width that A4 leaves between the browser's own margins of a centimetre, and its height: what a page is laid out in before
// it is printed, so that its content does not have to move much. CSS pixels.
constexpr int kViewWidth = 718;
constexpr int kViewHeight = 1047;
json::object view_of(int width_px, int height_px);  // parameters of Emulation.setDeviceMetricsOverride

struct Page {
    enum class Stage { Preparing, Ready, Broken };
    Stage stage = Stage::Preparing;
    std::string context, target, session;
    std::string tenant = {};    // whom it has worked for; empty: nobody
    bool view_changed = false;  // it is laid out in another width than a new page
    int replies_due = 0;
};

// Comes back at once; while the connection runs, the page gets Ready or Broken. Shared: the replies under way hold it too.
std::shared_ptr<Page> begin_page(DevTools& devtools, bool reused);

// With all that belongs to it, processes too. Does not wait.
void drop_page(DevTools& devtools, const Page& page);

// For a session that was just attached, of a page or of its frames and workers: everything it asks for is paused.
void pause_requests(DevTools& devtools, const std::string& session, const DevTools::Reply& reply);

}  // namespace docwright::web
