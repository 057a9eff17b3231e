#include "api/pdf_services/documents.h"

#include <fmt/format.h>

#include <charconv>

#include "api/http/answers.h"
#include "api/http/ranges.h"
#include "api/platform/callers.h"
#include "base/time_text.h"

namespace docwright::pdf_services {
namespace {

using http::Entry;
using http::Exchange;
using http::Request;
using http::Response;

constexpr int kShareMinutes = 30;  // contract, 2.4

Response document_answer(const Request& request, OpenDocument document, std::string_view kind) {
    const std::string* wanted = request.query("filename");
    std::string name = wanted && !wanted->empty() ? clean_file_name(*wanted) : document.file_name;
    Response response =
        http::file_answer(request, std::move(document.file), document.bytes, "\"" + document.sha256 + "\"", document.media_type);
    if (response.status == 200 || response.status == 206) {
        response.set("Content-Disposition", http::content_disposition(kind, name));
        // Bytes from outside must not run as a page of this origin.
        response.set("Content-Security-Policy", "sandbox");
        response.set("Cache-Control", "private, no-cache");
    }
    response.notes.document = document.id;
    return response;
}

// "https://host" as the caller sees this server.
std::string public_base(const Service& service, const Request& request) {
    if (!service.settings.public_url.empty()) return service.settings.public_url;
    const std::string* host = request.header("host");
    return fmt::format("{}://{}", request.secure ? "https" : "http", host && !host->empty() ? *host : "localhost");
}

struct ShareOrder {
    int minutes = kShareMinutes;
    std::string file_name;
};

Result<int> minutes_from(const json::value& value) {
    Error refused{Fault::InvalidInput, "expirationMinutes must be a whole number from 10 to 1440."};
    if (value.is_int64() && value.get_int64() >= 0 && value.get_int64() <= INT32_MAX) return static_cast<int>(value.get_int64());
    if (const json::string* text = value.if_string()) {
        int number = 0;
        auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
        if (error == std::errc{} && end == text->data() + text->size()) return number;
    }
    return refused;
}

// The body may be empty; null and "" count as absent (contract, 0.2).
Result<ShareOrder> share_order(std::string_view body) {
    ShareOrder order;
    if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return order;
    json::value parsed = TRY(parse_json(body));
    if (parsed.is_null()) return order;
    const json::object* object = parsed.if_object();
    if (!object) return Error{Fault::InvalidInput, "The body must be a JSON object."};
    if (const json::value* minutes = object->if_contains("expirationMinutes"); minutes && !minutes->is_null()) {
        order.minutes = TRY(minutes_from(*minutes));
    }
    if (const json::value* name = object->if_contains("filename"); name && !name->is_null()) {
        if (!name->is_string()) return Error{Fault::InvalidInput, "filename must be a string."};
        order.file_name = std::string(name->get_string());
    }
    return order;
}

Response open_shared(Service& service, const Request& request) {
    Result<OpenDocument> document = service.core.documents.open_share(request.segments.front(), {.address = request.remote, .trace = {}});
    if (!document.ok()) return http::refuse(document.error(), request.id);
    const std::string* view = request.query("view");
    const bool in_place = view && *view == "1" && document.value().media_type == "application/pdf";
    return document_answer(request, std::move(document).take(), in_place ? "inline" : "attachment");
}

http::Task<Response> answer_shared(Exchange& exchange, Service& service) {
    Request& request = exchange.request();
    auto job = [&service, &request] { return open_shared(service, request); };
    Result<Response> response = co_await http::on_pool(service.pool, Entry::Refusable, job);
    if (!response.ok()) co_return http::refuse(response.error(), request.id);
    co_return std::move(response).take();
}

}  // namespace

Response download(const Call& call) {
    Result<OpenDocument> document =
        call.service.core.documents.open(call.caller, call.request.segments.front(), call.request.method != "HEAD");
    if (!document.ok()) return http::refuse(document.error(), call.request.id);
    return document_answer(call.request, std::move(document).take(), "attachment");
}

Response remove_document(const Call& call) {
    const std::string& id = call.request.segments.front();
    Status removed = call.service.core.documents.remove(call.caller, id);
    if (!removed.ok()) return http::refuse(removed.error(), call.request.id);
    Response response = http::json_answer(200, {{"documentId", id}, {"deleted", true}});
    response.notes.document = id;
    return response;
}

Response describe_document(const Call& call) {
    const std::string& id = call.request.segments.front();
    Result<OpenDocument> document = call.service.core.documents.open(call.caller, id, false);
    if (!document.ok()) return http::refuse(document.error(), call.request.id);
    const OpenDocument& facts = document.value();
    return http::json_answer(200, {{"documentId", id},
                                   {"fileName", facts.file_name},
                                   {"mediaType", facts.media_type},
                                   {"bytes", facts.bytes},
                                   {"sha256", facts.sha256}});
}

Response share(const Call& call) {
    const std::string& id = call.request.segments.front();
    Result<ShareOrder> order = share_order(call.body);
    if (!order.ok()) return http::refuse(order.error(), call.request.id);
    Result<std::string> key = platform::idempotency_key(call.request);
    if (!key.ok()) return http::refuse(key.error(), call.request.id);
    Result<ShareLink> link =
        call.service.core.documents.share(call.caller, id, order.value().minutes, order.value().file_name, key.value());
    if (!link.ok()) return http::refuse(link.error(), call.request.id);
    std::string url = fmt::format("{}{}/share/{}", public_base(call.service, call.request), kBase, link.value().token);
    Response response = http::json_answer(
        200, {{"shareUrl", url}, {"token", link.value().token}, {"expiresAt", utc_text_seconds(link.value().expires_at)}});
    response.notes.document = id;
    return response;
}

http::Handler shared_download(Service& service) {
    return [&service](Exchange& exchange) { return answer_shared(exchange, service); };
}

}  // namespace docwright::pdf_services
