#include "engines/web/browser.h"

#include <algorithm>

#include "engines/protocol/steady_time.h"
#include "engines/web/visit.h"

namespace docwright::web {
namespace {

// Made ahead of demand. The second one is there when a document comes while the first is still being replaced.
constexpr std::size_t kPreparedPages = 2;
constexpr Microseconds kStartPatience = 20 * kMicrosecondsPerSecond;  // 0.3 s on an idle machine
constexpr Microseconds kPagePatience = 5 * kMicrosecondsPerSecond;    // 40 ms likewise
// A browser that has just lost a page to a hung or greedy script makes another one in 12 ms, or is hung itself.
constexpr Microseconds kPatienceAfterFailure = 1 * kMicrosecondsPerSecond;

Error broken() { return Error{Fault::EngineLost, "The browser does not answer any more."}; }

}  // namespace

Browser::Browser(Chromium chromium, bool reuses)
    : chromium_(std::move(chromium)), devtools_(chromium_.take_input(), chromium_.take_output()), reuses_(reuses) {}

Browser::~Browser() { devtools_.forget_replies(); }

Result<std::unique_ptr<Browser>> Browser::start(const BrowserSettings& settings) {
    std::unique_ptr<Browser> browser(new Browser(TRY(Chromium::start(settings.chromium)), settings.chromium.one_renderer));
    auto started = [](const Error& error) {
        return Error{Fault::Unavailable, "The browser cannot be started.", error.message + " " + error.detail};
    };
    Result<json::object> version = browser->devtools_.call("", "Browser.getVersion", {}, kStartPatience);
    if (!version.ok()) return started(version.error());
    if (const json::value* product = version.value().if_contains("product"); product && product->is_string()) {
        browser->version_ = product->get_string().c_str();
    }
    Status ready = browser->make_ready(kPreparedPages, kStartPatience);
    if (!ready.ok()) return started(ready.error());
    return browser;
}

std::size_t Browser::ready_pages() const {
    return static_cast<std::size_t>(std::ranges::count_if(pages_, [](const auto& page) { return page->stage == Page::Stage::Ready; }));
}

Status Browser::make_ready(std::size_t wanted, Microseconds patience) {
    const Microseconds moment = steady_time() + patience;
    while (ready_pages() < wanted) {
        std::erase_if(pages_, [](const auto& page) { return page->stage == Page::Stage::Broken; });
        while (pages_.size() < kPreparedPages) pages_.push_back(begin_page(devtools_, reuses_));
        TRY(devtools_.run_until(
            [&] {
                return ready_pages() >= wanted ||
                       std::ranges::any_of(pages_, [](const auto& page) { return page->stage == Page::Stage::Broken; });
            },
            moment));
        if (ready_pages() < wanted && steady_time() >= moment) return broken();
    }
    return success();
}

Result<std::shared_ptr<Page>> Browser::take_page() {
    if (kept_ && kept_->tenant == tenant_ && !tenant_.empty()) {
        devtools_.send(kept_->session, "Emulation.setScriptExecutionDisabled", {{"value", false}});
        return std::exchange(kept_, nullptr);
    }
    if (kept_) drop_page(devtools_, *std::exchange(kept_, nullptr));
    TRY(make_ready(1, kPagePatience));
    const auto ready = std::ranges::find(pages_, Page::Stage::Ready, [](const auto& page) { return page->stage; });
    std::shared_ptr<Page> page = *ready;
    pages_.erase(ready);
    return page;
}

// A page is used again only by the tenant it has worked for, and only after a visit that went well.
void Browser::put_away(const std::shared_ptr<Page>& page, bool whole) {
    if (whole && reuses_ && !tenant_.empty()) {
        page->tenant = tenant_;
        kept_ = page;
        return;
    }
    if (!whole) devtools_.send(page->session, "Runtime.terminateExecution", {});
    drop_page(devtools_, *page);
}

Result<PrintReport> Browser::print(const PrintOrder& order, int descriptor) {
    const std::shared_ptr<Page> page = TRY(take_page());
    // An origin that no document before has used, where a page is used again; else one that gives the same bytes every time.
    const std::string host = reuses_ ? "d" + std::to_string(++printed_) + "." + std::string(kOwnHost) : std::string(kOwnHost);
    Visit visit(devtools_, *page, order, host);
    Result<PrintReport> report = visit.print_to(descriptor);
    put_away(page, report.ok());
    // Whether the browser survived what ended this visit is known before the next document comes.
    if (!report.ok() && report.error().reason != "FETCH_FAILED") (void)make_ready(kPreparedPages, kPatienceAfterFailure);
    return report;
}

// Nothing of the last document runs on, or can be gone back to. It stays until the next one takes its place: an empty page in
// between would cost a new process, which is most of what a page costs.
Status Browser::empty(const Page& page) {
    (void)TRY(devtools_.call(page.session, "Emulation.setScriptExecutionDisabled", {{"value", true}}, kPagePatience));
    (void)TRY(devtools_.call(page.session, "Page.resetNavigationHistory", {}, kPagePatience));
    return success();
}

Status Browser::rest() {
    if (devtools_.lost()) return broken();
    if (kept_ && !empty(*kept_).ok()) drop_page(devtools_, *std::exchange(kept_, nullptr));
    return make_ready(kPreparedPages, kPagePatience);
}

}  // namespace docwright::web
