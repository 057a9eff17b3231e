#include "engines/web/page.h"

namespace docwright::web {
namespace {

std::string text_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

// The steps after each other: each needs what the one before answers.
struct Preparing {
    DevTools* devtools;
    std::shared_ptr<Page> page;
    bool reused;

    void create_context() const {
        ask("", "Target.createBrowserContext", {{"disposeOnDetach", true}}, "browserContextId", &Page::context,
            [](const Preparing& self) { self.create_target(); });
    }
    void create_target() const {
        ask("", "Target.createTarget", {{"url", "about:blank"}, {"browserContextId", page->context}}, "targetId", &Page::target,
            [](const Preparing& self) { self.attach(); });
    }
    void attach() const {
        ask("", "Target.attachToTarget", {{"targetId", page->target}, {"flatten", true}}, "sessionId", &Page::session,
            [](const Preparing& self) { self.set_up(); });
    }
    // Every answer must be there before the page is used. Page.enable is answered by the page's process, navigation by the
    // browser: a small page could have loaded before anybody hears of it.
    void set_up() const {
        const DevTools::Reply count = [self = *this](const Result<json::object>& result) {
            if (!result.ok()) self.page->stage = Page::Stage::Broken;
            if (--self.page->replies_due == 0 && self.page->stage == Page::Stage::Preparing) self.page->stage = Page::Stage::Ready;
        };
        page->replies_due = reused ? 6 : 5;
        devtools->send(page->session, "Page.enable", {}, count);
        pause_requests(*devtools, page->session, count);
        devtools->send(page->session, "Emulation.setEmulatedMedia", {{"media", "print"}}, count);
        devtools->send(page->session, "Emulation.setDeviceMetricsOverride", view_of(kViewWidth, kViewHeight), count);
        // The name of a window outlives its documents.
        if (reused) devtools->send(page->session, "Page.addScriptToEvaluateOnNewDocument", {{"source", "window.name = ''"}}, count);
    }

    void ask(const std::string& session, std::string_view method, json::object params, std::string_view wanted, std::string Page::*member,
             void (*next)(const Preparing&)) const {
        devtools->send(session, method, std::move(params), [self = *this, wanted, member, next](const Result<json::object>& result) {
            if (!result.ok()) {
                self.page->stage = Page::Stage::Broken;
                return;
            }
            (*self.page).*member = text_of(result.value(), wanted);
            next(self);
        });
    }
};

}  // namespace

json::object view_of(int width_px, int height_px) {
    return {{"width", width_px}, {"height", height_px}, {"deviceScaleFactor", 1}, {"mobile", false}};
}

std::shared_ptr<Page> begin_page(DevTools& devtools, bool reused) {
    auto page = std::make_shared<Page>();
    Preparing{&devtools, page, reused}.create_context();
    return page;
}

void drop_page(DevTools& devtools, const Page& page) {
    if (!page.context.empty()) devtools.send("", "Target.disposeBrowserContext", {{"browserContextId", page.context}});
}

void pause_requests(DevTools& devtools, const std::string& session, const DevTools::Reply& reply) {
    devtools.send(session, "Fetch.enable", {{"patterns", json::array{json::object{{"urlPattern", "*"}}}}}, reply);
    devtools.send(session, "Target.setAutoAttach", {{"autoAttach", true}, {"waitForDebuggerOnStart", true}, {"flatten", true}}, reply);
}

}  // namespace docwright::web
