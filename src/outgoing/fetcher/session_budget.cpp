#include "outgoing/fetcher/session_budget.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "outgoing/failure.h"

namespace docwright {
namespace {

// What a page needs to get the right answer. The rest tells of the reader (cookies, credentials, client hints) or is the client's
// own to say.
constexpr std::array kSentFields = {std::string_view("accept"), std::string_view("accept-language"), std::string_view("content-type"),
                                    std::string_view("origin"), std::string_view("range"),           std::string_view("referer")};

Error exhausted(const std::string& limit) {
    return fetch_failed(Fault::LimitExceeded, "The document loads more than is allowed: " + limit + ".");
}

std::string megabytes(std::uint64_t bytes) { return std::to_string(bytes / (1024 * 1024)) + " MB in all"; }

HeaderFields sent_fields(const HeaderFields& asked) {
    HeaderFields sent;
    for (const auto& [name, value] : asked) {
        if (std::ranges::find(kSentFields, ascii_lowered(name)) != kSentFields.end()) sent.emplace_back(name, value);
    }
    return sent;
}

}  // namespace

Result<FetchRequest> SessionBudget::admit(const RequestMessage& message, Time now) {
    if (++asked_ > caps_.requests) return exhausted(std::to_string(caps_.requests) + " requests");
    if (redirects_ > caps_.redirects) return exhausted(std::to_string(caps_.redirects) + " redirects");
    if (bytes_ >= caps_.bytes) return exhausted(megabytes(caps_.bytes));
    if (now >= ends_) return exhausted(std::to_string(caps_.seconds) + " seconds");
    TRY(judge_message(message));
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(ends_ - now).count();
    return FetchRequest{.url = message.url,
                        .method = message.method,
                        .headers = sent_fields(message.headers),
                        .body = message.body,
                        .follow_redirects = false,
                        .body_bytes = std::min(caps_.body_bytes, caps_.bytes - bytes_),
                        .total_ms = static_cast<int>(std::min<std::int64_t>(left, std::int64_t{caps_.fetch_seconds} * 1000))};
}

Status SessionBudget::count(std::uint64_t body_bytes, int status) {
    bytes_ += body_bytes;
    if (status >= 300 && status < 400) ++redirects_;
    // Several at once may each stay within what was left when they began, and together go beyond it.
    if (bytes_ > caps_.bytes) return exhausted(megabytes(caps_.bytes));
    if (redirects_ > caps_.redirects) return exhausted(std::to_string(caps_.redirects) + " redirects");
    return success();
}

}  // namespace docwright
