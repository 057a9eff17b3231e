#include "engines/web/visit.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/limits.h"
#include "base/write_bytes.h"
#include "engines/protocol/steady_time.h"
#include "engines/web/page_scripts.h"
#include "engines/web/still_page.h"

namespace docwright::web {
namespace {

constexpr int kProbeEveryMilliseconds = 500;  // a page that owes us something is asked whether it still answers
constexpr int kNavigations = 5;               // that a page may make by itself after it has loaded
constexpr int kPieceBytes = 1024 * 1024;      // of the result at once

std::string text_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

double number_of(const json::object& object, std::string_view name, double otherwise = 0) {
    const json::value* value = object.if_contains(name);
    return value && value->is_number() ? value->to_number<double>() : otherwise;
}

bool flag_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value && value->is_bool() && value->get_bool();
}

Error too_slow(std::string message) { return Error{Fault::LimitExceeded, std::move(message), "", "TIMEOUT"}; }

std::string seconds(int milliseconds) { return std::to_string((milliseconds + 999) / 1000) + " s"; }

}  // namespace

Visit::Visit(DevTools& devtools, Page& page, const PrintOrder& order, const std::string& host)
    : devtools_(devtools),
      page_(page),
      order_(order),
      host_(host),
      requests_(devtools, order.source, host, page.target, order.network),
      alive_(std::make_shared<Visit*>(this)) {
    devtools_.on_event = [this](const Event& event) { hear(event); };
    if (!order.network) return;
    devtools_.neighbour = [this] { return Neighbour{order_.network->descriptor(), order_.network->events()}; };
    devtools_.on_neighbour = [this] { requests_.network_ready(); };
}

Visit::~Visit() {
    *alive_ = nullptr;
    devtools_.on_event = {};
    devtools_.neighbour = {};
    devtools_.on_neighbour = {};
}

Result<PrintReport> Visit::print_to(int descriptor) {
    TRY(load());
    const Settled settled = cannot_change() ? TRY(measure()) : TRY(settle());
    TRY(copy(TRY(print(settled)), descriptor));
    return PrintReport{settled.settled, requests_.made(), requests_.unanswered(), "https://" + host_ + "/"};
}

void Visit::hear(const Event& event) {
    if (event.method == "Fetch.requestPaused") {
        requests_.paused(event);
    } else if (event.method == "Target.attachedToTarget") {  // a frame or worker of the page, which waits for our leave to run
        const std::string session = text_of(event.params, "sessionId");
        pause_requests(devtools_, session, {});
        devtools_.send(session, "Runtime.runIfWaitingForDebugger", {});
    } else if (event.method == "Page.javascriptDialogOpening") {
        devtools_.send(event.session, "Page.handleJavaScriptDialog", {{"accept", true}});
    } else if (event.session != page_.session) {
        return;
    } else if (event.method == "Inspector.targetCrashed") {
        crashed_ = true;
    } else if (event.method == "Page.loadEventFired") {
        loaded_ = navigated_;
    } else if (event.method == "Page.frameNavigated") {
        const json::value* frame = event.params.if_contains("frame");
        if (!frame || !frame->is_object() || text_of(frame->get_object(), "id") != page_.target) return;
        navigated_ = true;
        loaded_ = false;
        world_ = 0;
    }
}

// ---- waiting -------------------------------------------------------------------------------------------------------

// The answer also tells that a page has loaded when its event was missed.
void Visit::probe() {
    if (probed_ != 0) return;
    probed_ = steady_time();
    devtools_.send(page_.session, "Runtime.evaluate", {{"expression", "document.readyState"}, {"returnByValue", true}},
                   [alive = alive_](const Result<json::object>& answer) {
                       Visit* visit = *alive;
                       if (!visit) return;
                       visit->probed_ = 0;
                       if (!answer.ok() || !answer.value().contains("result")) return;
                       const json::value& result = answer.value().at("result");
                       if (result.is_object() && text_of(result.get_object(), "value") == "complete" && visit->navigated_) {
                           visit->loaded_ = true;
                       }
                   });
}

Status Visit::wait_until(const std::function<bool()>& done, int patience_ms, Busy busy) {
    const Microseconds deadline = steady_time() + patience_ms * kMicrosecondsPerMillisecond;
    for (;;) {
        const Microseconds next = steady_time() + kProbeEveryMilliseconds * kMicrosecondsPerMillisecond;
        TRY(devtools_.run_until([&] { return crashed_ || done(); }, std::min(deadline, next)));
        if (crashed_) {
            return Error{Fault::LimitExceeded, "The page crashed: it needed more memory than a page may have, or made the browser fail."};
        }
        if (done()) return success();
        const Microseconds now = steady_time();
        if (now >= deadline) return too_slow("The page did not answer within " + seconds(patience_ms) + ".");
        if (busy == Busy::Layout) continue;
        if (probed_ != 0 && now - probed_ >= order_.patience.script_ms * kMicrosecondsPerMillisecond) {
            return too_slow("A script of the page ran for more than " + seconds(order_.patience.script_ms) + ".");
        }
        if (navigated_) probe();
    }
}

Result<json::object> Visit::ask(std::string_view method, json::object params, int patience_ms, Busy busy) {
    auto answer = std::make_shared<std::optional<Result<json::object>>>();  // shared with a reply that may come too late
    devtools_.send(page_.session, method, std::move(params), [answer](Result<json::object> result) { *answer = std::move(result); });
    TRY(wait_until([&] { return answer->has_value(); }, patience_ms, busy));
    return **answer;
}

Result<json::object> Visit::evaluate(std::string_view script, const json::value& argument, int patience_ms, Busy busy) {
    if (world_ == 0) {
        json::object world =
            TRY(ask("Page.createIsolatedWorld", {{"frameId", page_.target}, {"worldName", "docwright"}}, patience_ms, busy));
        world_ = static_cast<std::int64_t>(number_of(world, "executionContextId"));
    }
    const std::string expression = std::string(script) + "(" + json::serialize(argument) + ")";
    json::object params{{"expression", expression}, {"contextId", world_}, {"returnByValue", true}, {"awaitPromise", true}};
    json::object answer = TRY(ask("Runtime.evaluate", std::move(params), patience_ms, busy));
    if (answer.contains("exceptionDetails")) {
        return Error{Fault::Internal, "The page could not be looked at.", json::serialize(answer.at("exceptionDetails"))};
    }
    json::value* result = answer.if_contains("result");
    json::value* value = result && result->is_object() ? result->get_object().if_contains("value") : nullptr;
    return value && value->is_object() ? std::move(value->get_object()) : json::object();
}

// ---- loading -------------------------------------------------------------------------------------------------------

Error Visit::no_page(std::string message, std::string browser_says) const {
    return {Fault::InvalidInput, std::move(message), std::move(browser_says), "FETCH_FAILED", requests_.document_status().value_or(0)};
}

Status Visit::load() {
    const PageSource& source = order_.source;
    if (page_.view_changed) TRY(set_view(kViewWidth, kViewHeight));
    page_.view_changed = false;
    const std::string address = source.address.empty() ? "https://" + host_ + encoded_path(source.page) : source.address;
    std::optional<std::string> refused;  // the browser's words
    auto reply = std::make_shared<std::optional<Result<json::object>>>();
    devtools_.send(page_.session, "Page.navigate", {{"url", address}},
                   [reply](Result<json::object> result) { *reply = std::move(result); });
    auto navigation_failed = [&] { return reply->has_value() && (!(*reply)->ok() || (*reply)->value().contains("errorText")); };
    Status waited = wait_until([&] { return loaded_ || navigation_failed(); }, order_.patience.load_ms, Busy::Scripts);
    if (!waited.ok()) {
        const bool slow = waited.error().reason == "TIMEOUT" && !probed_;
        return slow ? too_slow("The page did not load within " + seconds(order_.patience.load_ms) + ".") : waited;
    }
    if (requests_.document_failure()) {
        Error failure = *requests_.document_failure();
        // A server that is not there now is no trouble of this engine; whether to come again is for the caller.
        if (failure.fault == Fault::Unavailable) failure.fault = Fault::InvalidInput;
        return failure;
    }
    const std::string status = std::to_string(requests_.document_status().value_or(0));
    if (requests_.document_status().value_or(0) >= 400) return no_page("The address answered with HTTP status " + status + ".", "");
    if (!navigation_failed()) return success();
    return no_page(requests_.document_status() ? "The address answered with HTTP status " + status + " and no page."
                                               : std::string("The address does not answer with a page."),
                   (*reply)->ok() ? text_of((*reply)->value(), "errorText") : (*reply)->error().detail);
}

Status Visit::wait_for_load() {
    return wait_until([&] { return loaded_; }, order_.patience.load_ms, Busy::Scripts);
}

// ---- until it is finished ------------------------------------------------------------------------------------------

// One file that asked for no other, without scripts.
bool Visit::cannot_change() const {
    const PageSource& source = order_.source;
    const bool own = source.address.empty() && requests_.made() == 1 && order_.settings.wait_for.empty() && order_.settings.wait_ms == 0;
    const auto file = source.files.find(source.page);
    return own && file != source.files.end() && stays_as_loaded(file->second.bytes);
}

Result<Visit::Settled> Visit::measure() {
    const json::object answer = TRY(ask("Page.getLayoutMetrics", {}, order_.patience.print_ms, Busy::Layout));
    const json::value* size = answer.if_contains("cssContentSize");
    return Settled{.content = size && size->is_object() ? number_of(size->get_object(), "width") : 0};
}

Result<bool> Visit::settle_once(Microseconds until, Settled& settled) {
    const Patience& patience = order_.patience;
    const auto left = static_cast<int>(std::max<Microseconds>((until - steady_time()) / kMicrosecondsPerMillisecond, 0));
    json::object argument{{"cap", left},
                          {"quiet", patience.quiet_ms},
                          {"selector", order_.settings.wait_for},
                          {"selectorCap", patience.script_ms},
                          {"wait", order_.settings.wait_ms}};
    const int longest = left + order_.settings.wait_ms + 2 * patience.script_ms;
    json::object answer = TRY(evaluate(kSettleScript, std::move(argument), longest, Busy::Scripts));
    if (!flag_of(answer, "found")) {
        return too_slow("Nothing in the page matched waitFor within " + seconds(patience.script_ms) + ".");
    }
    settled = {flag_of(answer, "settled"), number_of(answer, "content")};
    if (!settled.settled || !flag_of(answer, "scripted")) return true;
    // What a script has asked for may change the page when it comes.
    const Microseconds quiet = patience.quiet_ms * kMicrosecondsPerMillisecond;
    auto calm = [&] { return requests_.open() == 0 && steady_time() - requests_.last_end() >= quiet; };
    if (calm()) return true;
    const Microseconds moment = requests_.open() == 0 ? requests_.last_end() + quiet : until;
    TRY(devtools_.run_until([&] { return crashed_ || calm(); }, std::min(moment, until)));
    if (steady_time() < until) return false;
    settled.settled = requests_.open() == 0;
    return true;
}

Result<Visit::Settled> Visit::settle() {
    Settled settled;
    Microseconds until = steady_time() + (order_.patience.settle_ms + order_.settings.wait_ms) * kMicrosecondsPerMillisecond;
    for (int navigations = 0;;) {
        Result<bool> done = settle_once(until, settled);
        if (done.ok() && done.value()) return settled;
        if (done.ok()) continue;
        // The document we were asking went away: the page has gone on to another one.
        if (done.error().fault != Fault::Unavailable || ++navigations > kNavigations) return done.error();
        world_ = 0;
        TRY(wait_for_load());
        until = steady_time() + order_.patience.settle_ms * kMicrosecondsPerMillisecond;
    }
}

// ---- the result ----------------------------------------------------------------------------------------------------

Status Visit::copy(const std::string& stream, int descriptor) {
    std::uint64_t total = 0;
    for (bool end = false; !end;) {
        json::object piece = TRY(ask("IO.read", {{"handle", stream}, {"size", kPieceBytes}}, order_.patience.print_ms, Busy::Layout));
        const std::string bytes = TRY(bytes_of_base64(text_of(piece, "data")));
        total += bytes.size();
        if (total > limits::kEngineOutputBytes) return Error{Fault::LimitExceeded, "The PDF of the page is larger than results may be."};
        TRY(write_bytes(descriptor, bytes));
        end = flag_of(piece, "eof");
    }
    devtools_.send(page_.session, "IO.close", {{"handle", stream}});
    return success();
}

}  // namespace docwright::web
