#include "api/http/exchange.h"

#include <fmt/format.h>

namespace docwright::http {
namespace {

Error body_too_long(std::size_t limit) {
    return {Fault::LimitExceeded, fmt::format("The body is longer than the {} bytes allowed here.", limit), {}, "MAX_UPLOAD_SIZE_EXCEEDED"};
}

}  // namespace

Task<Result<std::string>> whole_body(Exchange& exchange, std::size_t limit) {
    if (exchange.request().content_length.value_or(0) > limit) co_return body_too_long(limit);
    std::string body;
    while (true) {
        Result<std::string_view> piece = co_await exchange.piece();
        if (!piece.ok()) co_return piece.error();
        if (piece.value().empty()) co_return body;
        if (body.size() + piece.value().size() > limit) co_return body_too_long(limit);
        body += piece.value();
    }
}

}  // namespace docwright::http
