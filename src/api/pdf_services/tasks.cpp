#include "api/pdf_services/tasks.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "api/http/answers.h"
#include "api/http/signal.h"
#include "base/ascii.h"
#include "base/time_text.h"

namespace docwright::pdf_services {
namespace {

using http::Entry;
using http::Exchange;
using http::Request;
using http::Response;

constexpr std::chrono::milliseconds kWaitSlice(500);  // how soon a waiting poll notices that the server stops

// A poll: who asks is checked once, the task is read as often as it changes.
struct Poll {
    Service& service;
    const Request& request;
    std::optional<Caller> caller = {};
    std::optional<TaskView> task = {};
    std::optional<Error> error = {};

    // Blocks: pool only.
    void read() {
        if (!caller) {
            Result<Caller> checked = authenticate(service, request);
            if (!checked.ok()) {
                error = checked.error();
                return;
            }
            caller = std::move(checked).take();
        }
        Result<TaskView> found = service.core.tasks.get(*caller, request.segments.front());
        if (found.ok()) {
            task = std::move(found).take();
        } else {
            error = found.error();
        }
    }
    bool done() const { return error || (task && task->final); }
};

http::Task<void> read_on_pool(Poll& poll) {
    // Promised: a client's library may give up for good on a 503 to a poll (contract, 16.8).
    auto job = [&poll] {
        poll.read();
        return true;
    };
    Result<bool> outcome = co_await http::on_pool(poll.service.pool, Entry::Promised, job);
    if (!outcome.ok()) poll.error = outcome.error();
}

http::Task<void> wait_for_end(Poll& poll, std::chrono::seconds most) {
    std::shared_ptr<http::Signal> signal = co_await http::new_signal();
    Subscription subscription = poll.service.core.tasks.subscribe(poll.request.segments.front(), [signal] { signal->raise(); });
    const auto end = std::chrono::steady_clock::now() + most;
    co_await read_on_pool(poll);  // what changed between the first reading and the subscription
    while (!poll.done() && !poll.service.stopping) {
        auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left.count() <= 0) break;
        const bool raised = co_await signal->wait(std::min(left, kWaitSlice));
        if (raised) co_await read_on_pool(poll);
    }
}

Response task_answer(const TaskView& task, const Caller& caller) {
    Response response = http::json_answer(200, task_json(task));
    response.notes.account = caller.account;
    response.notes.task = task.id;
    return response;
}

http::Task<Response> answer_poll(Exchange& exchange, Service& service) {
    Request& request = exchange.request();
    const int seconds = preferred_wait(request);
    Poll poll{.service = service, .request = request};
    co_await read_on_pool(poll);
    const bool waits = seconds > 0 && !poll.done();
    if (waits) co_await wait_for_end(poll, std::chrono::seconds(seconds));
    if (poll.error) co_return http::refuse(*poll.error, request.id);
    Response response = task_answer(*poll.task, *poll.caller);
    if (seconds > 0) response.set("Preference-Applied", "wait=" + std::to_string(seconds));
    co_return response;
}

}  // namespace

int preferred_wait(const Request& request) {
    const std::string* prefer = request.header("prefer");
    std::string_view rest = prefer ? std::string_view(*prefer) : std::string_view();
    while (!rest.empty()) {
        std::string_view preference = http::trimmed(rest.substr(0, rest.find(',')));
        rest.remove_prefix(std::min(rest.size(), std::min(rest.find(','), rest.size()) + 1));
        constexpr std::string_view kWait = "wait=";
        if (preference.size() <= kWait.size() || !same_word(preference.substr(0, kWait.size()), kWait)) continue;
        int seconds = 0;
        auto [end, error] = std::from_chars(preference.data() + kWait.size(), preference.data() + preference.size(), seconds);
        if (error == std::errc{} && end == preference.data() + preference.size() && seconds > 0)
            return std::min(seconds, limits::kWaitSeconds);
    }
    return 0;
}

json::object task_json(const TaskView& task) {
    json::object out{{"taskId", task.id}, {"status", task.status}, {"progress", task.progress}};
    if (!task.result_document.empty()) out["resultDocumentId"] = task.result_document;
    if (!task.result_data.empty()) {
        Result<json::value> data = parse_json(task.result_data);
        if (data.ok()) out["resultData"] = data.value();
    }
    if (task.error) {
        json::object error{{"code", task.error->code}, {"message", task.error->message}};
        if (!task.error->details.empty()) error["details"] = task.error->details;
        out["error"] = std::move(error);
    }
    out["createdAt"] = utc_text(task.created_at);
    out["updatedAt"] = utc_text(task.updated_at);
    return out;
}

http::Handler poll_task(Service& service) {
    return [&service](Exchange& exchange) { return answer_poll(exchange, service); };
}

Response cancel_task(const Call& call) {
    Result<TaskView> task = call.service.core.tasks.cancel(call.caller, call.request.segments.front());
    if (!task.ok()) return http::refuse(task.error(), call.request.id);
    return task_answer(task.value(), call.caller);
}

}  // namespace docwright::pdf_services
