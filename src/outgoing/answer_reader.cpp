#include "outgoing/answer_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cctype>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "base/write_bytes.h"
#include "outgoing/failure.h"

namespace docwright {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;

constexpr int kLeastStatus = 100;  // RFC 9110, 15
constexpr int kSwitchingProtocols = 101;
constexpr int kRedirectStatuses[] = {301, 302, 303, 307, 308};
constexpr int kInterimAnswers = 8;  // 100 and 103 come once or twice; more is a server that plays for time

// What concerns the connection alone, and what would be kept as a cookie.
constexpr std::string_view kDroppedFields[] = {"alt-svc",          "connection",        "keep-alive",  "proxy-authenticate",
                                               "proxy-connection", "set-cookie",        "set-cookie2", "strict-transport-security",
                                               "trailer",          "transfer-encoding", "upgrade"};

// One message of the server, an interim one perhaps.
class MessageParser final : public http::basic_parser<false> {
public:
    MessageParser(const FetchRequest& request, Answer& answer) : request_(request), answer_(answer) {
        header_limit(static_cast<std::uint32_t>(limits::kFetchHeaderBytes));
        body_limit(request.body_bytes);
        eager(true);
        skip(request.method == "HEAD");
    }

    std::optional<Error> failure;  // ours, where the parser stopped because of it
    bool head_is_enough = false;   // likewise

private:
    // The base class uses a string_view of its own.
    using string_view = boost::beast::string_view;

    void on_request_impl(http::verb, string_view, string_view, int, error_code&) override {}
    void on_response_impl(int code, string_view, int, error_code& ec) override {
        if (code < kLeastStatus) ec = http::error::bad_status;
        answer_.status = code;
        answer_.headers.clear();
    }
    void on_field_impl(http::field, string_view name, string_view value, error_code& ec) override {
        // The parser bounds what it has not read yet, not the sum.
        head_bytes_ += name.size() + value.size();
        if (head_bytes_ > limits::kFetchHeaderBytes) ec = http::error::header_limit;
        if (is_header_done()) return;  // a trailer: nobody waits for it
        std::string lower = ascii_lowered({name.data(), name.size()});
        if (std::ranges::find(kDroppedFields, lower) != std::end(kDroppedFields)) return;
        answer_.headers.emplace_back(std::move(lower), std::string(value.data(), value.size()));
    }
    void on_header_impl(error_code& ec) override {
        if (follows(request_, answer_)) {
            head_is_enough = true;
            ec = http::error::end_of_stream;
            return;
        }
        const std::string encoding = ascii_lowered(answer_.header("content-encoding"));
        if (!encoding.empty() && encoding != "identity" && request_.method != "HEAD")
            stop(fetch_failed(Fault::InvalidInput, "The server answered in the encoding '" + encoding + "', which was not asked for."), ec);
    }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(string_view bytes, error_code& ec) override { return keep({bytes.data(), bytes.size()}, ec); }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& ec) override {
        return keep({bytes.data(), bytes.size()}, ec);
    }
    void on_finish_impl(error_code&) override {}

    std::size_t keep(std::string_view bytes, error_code& ec) {
        if (bytes.size() > request_.body_bytes - answer_.body_bytes) {
            ec = http::error::body_limit;
            return 0;
        }
        if (request_.body_descriptor < 0) {
            answer_.body += bytes;
        } else if (const Status written = write_bytes(request_.body_descriptor, bytes); !written.ok()) {
            stop(written.error(), ec);
            return 0;
        }
        answer_.body_bytes += bytes.size();
        return bytes.size();
    }

    void stop(Error error, error_code& ec) {
        failure = std::move(error);
        ec = http::error::end_of_stream;  // any error ends the parser; `failure` says which
    }

    const FetchRequest& request_;
    Answer& answer_;
    std::size_t head_bytes_ = 0;
};

}  // namespace

bool follows(const FetchRequest& request, const Answer& answer) {
    return request.follow_redirects && (request.method == "GET" || request.method == "HEAD") && !answer.header("location").empty() &&
           std::ranges::find(kRedirectStatuses, answer.status) != std::end(kRedirectStatuses);
}

struct AnswerReader::State {
    const FetchRequest& request;
    Answer& answer;
    std::optional<MessageParser> parser = {};
    std::string waiting = {};  // bytes that do not make a whole line yet
    int interim = 0;
    bool done = false;

    Status error_of(const error_code& ec) const;
    Status next_message();
};

AnswerReader::AnswerReader(const FetchRequest& request, Answer& answer) : state_(new State{.request = request, .answer = answer}) {
    state_->parser.emplace(request, answer);
}
AnswerReader::AnswerReader(AnswerReader&&) noexcept = default;
AnswerReader::~AnswerReader() = default;

Status AnswerReader::State::error_of(const error_code& ec) const {
    if (parser->failure) return *parser->failure;
    if (ec == http::error::body_limit)
        return fetch_failed(Fault::LimitExceeded, "The server's answer is longer than " + std::to_string(request.body_bytes) + " bytes.");
    if (ec == http::error::header_limit)
        return fetch_failed(Fault::LimitExceeded,
                            "The head of the server's answer is longer than " + std::to_string(limits::kFetchHeaderBytes) + " bytes.");
    return fetch_failed(Fault::InvalidInput, "The server's answer is not HTTP.", ec.message());
}

// The message is whole: the answer, or an interim one that another follows.
Status AnswerReader::State::next_message() {
    done = answer.status >= 200;
    if (done) return success();
    if (answer.status == kSwitchingProtocols || ++interim > kInterimAnswers)
        return fetch_failed(Fault::InvalidInput, "The server's answer is not HTTP.", "interim answer " + std::to_string(answer.status));
    parser.emplace(request, answer);
    return success();
}

Status AnswerReader::take(std::string_view bytes) {
    State& state = *state_;
    state.waiting += bytes;
    while (!state.done && !state.waiting.empty()) {
        error_code ec;
        const std::size_t used = state.parser->put(boost::asio::const_buffer(state.waiting.data(), state.waiting.size()), ec);
        state.waiting.erase(0, used);
        state.done = state.parser->head_is_enough;
        if (state.done) return success();
        if (ec && ec != http::error::need_more) return state.error_of(ec);
        if (state.parser->is_done()) {
            TRY(state.next_message());
        } else if (ec || used == 0) {
            // A line that never ends, of a chunk say, which the parser itself does not bound.
            return state.waiting.size() > limits::kFetchHeaderBytes ? state.error_of(http::error::header_limit) : success();
        }
    }
    return success();
}

Status AnswerReader::take_end() {
    State& state = *state_;
    if (state.done) return success();
    error_code ec = http::error::partial_message;
    if (state.parser->got_some() && state.parser->is_header_done()) state.parser->put_eof(ec);
    if (ec == http::error::partial_message)
        return fetch_failed(Fault::Unavailable, "The server ended the connection before its answer was whole.");
    if (ec) return state.error_of(ec);
    return state.next_message();
}

bool AnswerReader::done() const { return state_->done; }

}  // namespace docwright
