#include "engines/web/requests.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/limits.h"
#include "engines/protocol/steady_time.h"

namespace docwright::web {
namespace {

std::string text_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

json::object header(std::string_view name, std::string_view value) { return {{"name", name}, {"value", value}}; }

// What describes the connection that the answer came by, and not the body that we hand on.
bool of_the_connection(std::string_view name) {
    constexpr std::array kNames = {"content-length", "transfer-encoding", "connection", "keep-alive", "set-cookie", "alt-svc"};
    return std::ranges::any_of(kNames, [&](const char* each) { return same_word(each, name); });
}

bool is_redirect(int status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

}  // namespace

std::string decoded_path(std::string_view path) {
    path = path.substr(0, path.find_first_of("?#"));
    std::string name;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const int high = path[i] == '%' && i + 2 < path.size() ? hex_digit(path[i + 1]) : -1;
        const int low = high >= 0 ? hex_digit(path[i + 2]) : -1;
        if (low >= 0) {
            name += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            name += path[i];
        }
    }
    return name;
}

std::string encoded_path(std::string_view name) {
    constexpr std::string_view kDigits = "0123456789ABCDEF", kPlain = "/-._~";
    std::string path;
    for (const char letter : name) {
        const bool plain = (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                           kPlain.find(letter) != std::string_view::npos;
        const auto byte = static_cast<unsigned char>(letter);
        path += plain ? std::string(1, letter) : std::string{'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
    return path;
}

Requests::Requests(DevTools& devtools, const PageSource& source, std::string host, std::string main_frame, Network* network)
    : devtools_(devtools), source_(source), host_(std::move(host)), main_frame_(std::move(main_frame)), network_(network) {}

bool Requests::is_document(const json::object& params) const {
    return text_of(params, "resourceType") == "Document" && text_of(params, "frameId") == main_frame_;
}

bool Requests::too_many_redirects(const json::object& params, const std::string& request) {
    const std::string before = text_of(params, "redirectedRequestId");
    if (before.empty()) return false;
    const int count = redirects_[before] + 1;
    redirects_.erase(before);
    redirects_[request] = count;
    return count > limits::kFetchRedirects;
}

void Requests::paused(const Event& event) {
    const json::value* request = event.params.if_contains("request");
    const Asked asked{event.session, text_of(event.params, "requestId"), is_document(event.params)};
    if (!request || !request->is_object()) return fail(asked, "Failed");
    made_ += 1;
    const std::string url = text_of(request->get_object(), "url");
    const std::string own = "https://" + host_ + "/";
    if (url.starts_with(own)) return answer_own(asked, std::string_view(url).substr(own.size() - 1));
    const bool web = url.starts_with("http://") || url.starts_with("https://");
    const char* refusal = too_many_redirects(event.params, asked.request) ? "The page redirects too often."
                          : !web                                          ? "Only http and https are fetched."
                          : !network_ || network_->descriptor() < 0       ? "This engine has no way to the network."
                          : made_ > limits::kPageRequests                 ? "The page makes too many requests."
                                                                          : nullptr;
    if (refusal) {
        if (asked.document) document_failure_ = Error{Fault::InvalidInput, refusal, "", "FETCH_FAILED"};
        return fail(asked, "AccessDenied");
    }
    ask_network(asked, request->get_object());
}

void Requests::answer_own(const Asked& asked, std::string_view path) {
    const auto file = source_.files.find(decoded_path(path));
    if (file == source_.files.end()) {
        unanswered_ += 1;
        return fulfil(asked, 404, {header("Content-Type", "text/plain")}, "");
    }
    // Fonts and modules are loaded only with leave, also from an own origin when the asking frame has none (sandboxed).
    json::array headers = {header("Access-Control-Allow-Origin", "*")};
    if (!file->second.content_type.empty()) headers.push_back(header("Content-Type", file->second.content_type));
    if (asked.document) document_status_ = 200;
    fulfil(asked, 200, std::move(headers), file->second.bytes);
}

void Requests::ask_network(const Asked& asked, const json::object& request) {
    NetworkRequest wanted{.url = text_of(request, "url"), .method = text_of(request, "method"), .body = text_of(request, "postData")};
    wanted.url = wanted.url.substr(0, wanted.url.find('#'));
    if (const json::value* headers = request.if_contains("headers"); headers && headers->is_object()) {
        for (const auto& [name, value] : headers->get_object()) {
            const bool ours = value.is_string() && std::string_view(value.get_string()).find(host_) != std::string_view::npos;
            if (value.is_string() && !(ours && same_word(name, "referer"))) {
                wanted.headers.emplace_back(std::string(name), std::string(value.get_string()));
            }
        }
    }
    open_[network_->begin(wanted)] = asked;
    network_ready();  // what cannot be sent at all has failed at once
}

void Requests::network_ready() {
    for (NetworkArrival& arrival : network_->take()) {
        const auto waiting = open_.find(arrival.id);
        if (waiting == open_.end()) continue;
        const Asked asked = waiting->second;
        open_.erase(waiting);
        last_end_ = steady_time();
        if (!arrival.answer.ok()) {
            if (asked.document) document_failure_ = arrival.answer.error();
            fail(asked, "Failed");
            continue;
        }
        const NetworkAnswer& answer = arrival.answer.value();
        json::array headers;
        for (const auto& [name, value] : answer.headers) {
            if (!of_the_connection(name)) headers.push_back(header(name, value));
        }
        if (asked.document && !is_redirect(answer.status)) document_status_ = answer.status;
        if (answer.status >= 400) unanswered_ += 1;
        fulfil(asked, answer.status, std::move(headers), answer.body);
    }
}

void Requests::fulfil(const Asked& asked, int status, json::array headers, std::string_view body) {
    json::object params{{"requestId", asked.request}, {"responseCode", status}, {"responseHeaders", std::move(headers)}};
    if (body.size() > limits::kWebFileBytes) return fail(asked, "Failed");
    if (!body.empty()) params["body"] = base64_of(body);
    devtools_.send(asked.session, "Fetch.fulfillRequest", std::move(params));
}

void Requests::fail(const Asked& asked, const char* reason) {
    unanswered_ += 1;
    devtools_.send(asked.session, "Fetch.failRequest", {{"requestId", asked.request}, {"errorReason", reason}});
}

}  // namespace docwright::web
