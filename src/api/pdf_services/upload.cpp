#include "api/pdf_services/upload.h"

#include <fmt/format.h>

#include <optional>

#include "api/http/answers.h"
#include "api/http/multipart.h"
#include "api/pdf_services/call.h"
#include "api/platform/callers.h"

namespace docwright::pdf_services {
namespace {

using http::Entry;
using http::Exchange;
using http::Request;
using http::Response;

// One upload on its way. Everything here blocks and runs on the pool, one step at a time.
class Receiver final : public http::PartEvents {
public:
    Receiver(Service& service, const Request& request) : service_(service), request_(request) {}

    // Who sends, and may they? Called once, before the first piece.
    Status begin() {
        caller_ = TRY(authenticate(service_, request_));
        key_ = TRY(platform::idempotency_key(request_));
        const std::string* type = request_.header("content-type");
        std::string boundary = TRY(http::multipart_boundary(type ? std::string_view(*type) : std::string_view()));
        if (request_.content_length.value_or(0) > limits::kUploadBytes + limits::kMultipartExtraBytes) return too_large();
        parser_.emplace(boundary);
        return success();
    }

    Status take(std::string_view piece) {
        received_ += piece.size();
        if (received_ > limits::kUploadBytes + limits::kMultipartExtraBytes) return too_large();
        return parser_->feed(piece, *this);
    }

    // The document id.
    Result<std::string> finish() {
        TRY(parser_->finish());
        if (!upload_) return Error{Fault::InvalidInput, "The upload has no part named \"file\"."};
        return service_.core.documents.finish_upload(std::move(*upload_), file_name_, key_);
    }

    bool begun() const { return parser_.has_value(); }
    Service& service() const { return service_; }
    const Request& request() const { return request_; }
    const Caller& caller() const { return *caller_; }

    Status part_begins(const http::PartHead& head) override {
        taking_ = head.name == "file" && !upload_;
        if (!taking_) return success();
        file_name_ = head.file_name;
        upload_.emplace(TRY(service_.core.documents.begin_upload(*caller_)));
        return success();
    }
    Status part_data(std::string_view bytes) override { return taking_ ? upload_->add(bytes) : success(); }
    Status part_ends() override {
        taking_ = false;
        return success();
    }

private:
    static Error too_large() {
        return {
            Fault::LimitExceeded, fmt::format("An upload may be at most {} bytes.", limits::kUploadBytes), {}, "MAX_UPLOAD_SIZE_EXCEEDED"};
    }

    Service& service_;
    const Request& request_;
    std::optional<Caller> caller_;
    std::string key_;
    std::optional<http::MultipartParser> parser_;
    std::optional<Upload> upload_;
    std::string file_name_;
    std::uint64_t received_ = 0;
    bool taking_ = false;  // the part going by is the file
};

Response refused(const Receiver& receiver, const Error& error) { return http::refuse(error, receiver.request().id); }

Response finished(Receiver& receiver) {
    Result<std::string> document = receiver.finish();
    if (!document.ok()) return refused(receiver, document.error());
    Response response = http::json_answer(200, {{"documentId", document.value()}});
    response.notes.account = receiver.caller().account;
    response.notes.document = document.value();
    return response;
}

// One visit to the pool: the check before the first piece, the piece, and the end after the last. An answer ends the upload.
std::optional<Response> step(Receiver& receiver, std::string_view piece, bool last) {
    if (!receiver.begun()) {
        Status status = receiver.begin();
        if (!status.ok()) return refused(receiver, status.error());
        const platform::Rate rate = platform::count_against_plan(receiver.service().core, receiver.caller());
        if (rate.refusal) {
            Response refusal = refused(receiver, *rate.refusal);
            platform::show_rate(rate, refusal);
            return refusal;
        }
    }
    if (!piece.empty()) {
        Status status = receiver.take(piece);
        if (!status.ok()) return refused(receiver, status.error());
    }
    if (last) return finished(receiver);
    return std::nullopt;
}

http::Task<Response> receive(Exchange& exchange, Service& service) {
    Receiver receiver(service, exchange.request());
    std::string_view piece;
    // A small body comes first and everything happens in one visit; a large one is not invited before its sender is known.
    bool first_visit_without_piece =
        exchange.continue_expected() || exchange.request().content_length.value_or(UINT64_MAX) > limits::kBodyBufferBytes;
    while (true) {
        if (!first_visit_without_piece) {
            Result<std::string_view> next = co_await exchange.piece();
            if (!next.ok()) co_return refused(receiver, next.error());
            piece = next.value();
        }
        const bool last = !first_visit_without_piece && exchange.at_end();
        auto job = [&receiver, piece, last] { return step(receiver, piece, last); };
        const Entry entry = receiver.begun() ? Entry::Promised : Entry::Refusable;
        Result<std::optional<Response>> outcome = co_await http::on_pool(service.pool, entry, job);
        if (!outcome.ok()) co_return refused(receiver, outcome.error());
        if (outcome.value()) {
            std::optional<Response> response = std::move(outcome).take();
            co_return std::move(*response);
        }
        first_visit_without_piece = false;
    }
}

}  // namespace

http::Handler upload(Service& service) {
    return [&service](Exchange& exchange) { return receive(exchange, service); };
}

}  // namespace docwright::pdf_services
