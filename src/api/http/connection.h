// One connection: requests one after the other until either side ends it. A template over the stream, instantiated once for
// plain TCP (connection_plain.cpp) and once for TLS (connection_tls.cpp); Beast's parser is used here and nowhere else.
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <chrono>
#include <memory>
#include <optional>

#include "api/http/answers.h"
#include "api/http/patience.h"
#include "api/http/request_id.h"
#include "api/http/server_state.h"
#include "base/ascii.h"

namespace docwright::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using ErrorCode = boost::system::error_code;

template <class Stream>
class Connection final : public Exchange, public OpenConnection {
public:
    Connection(Stream stream, Server::State& state, std::string remote, bool secure)
        : stream_(std::move(stream)), state_(state), remote_(std::move(remote)), secure_(secure), buffer_(kBufferBytes) {
        state_.connections.insert(this);
        state_.open = state_.connections.size();
    }
    ~Connection() override {
        state_.connections.erase(this);
        state_.open = state_.connections.size();
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Stream& stream() { return stream_; }

    // Requests until the connection is to be closed.
    Task<void> run() {
        bool open = true;
        while (open && !state_.stopping) open = co_await one_request();
    }

    Request& request() override { return request_; }

    Task<Result<std::string_view>> piece() override {
        if (parser_->is_done()) co_return std::string_view();
        if (continue_expected_) {
            const bool told = co_await write_text("HTTP/1.1 100 Continue\r\n\r\n");
            if (!told) co_return ended_early();
            continue_expected_ = false;
        }
        if (!piece_) {
            piece_ = std::make_unique<char[]>(limits::kBodyBufferBytes);
            buffer_.reserve(
                std::min(limits::kBodyBufferBytes, static_cast<std::size_t>(request_.content_length.value_or(limits::kBodyBufferBytes))));
        }
        auto& body = parser_->get().body();
        body.data = piece_.get();
        body.size = limits::kBodyBufferBytes;
        ErrorCode error;
        Patience patience(beast::get_lowest_layer(stream_), state_.settings.body_stall_seconds);
        co_await beast::http::async_read(stream_, buffer_, *parser_, asio::redirect_error(asio::use_awaitable, error));
        if (error && patience.over()) {
            late_ = true;
            co_return too_slow("body");
        }
        if (error && error != beast::http::error::need_buffer) {
            broken_ = true;
            co_return ended_early();
        }
        co_return std::string_view(piece_.get(), limits::kBodyBufferBytes - body.size);
    }

    bool at_end() const override { return parser_->is_done(); }
    bool continue_expected() const override { return continue_expected_; }

    void end_if_idle() override {
        if (idle_) end_now();
    }
    void end_now() override { beast::get_lowest_layer(stream_).close(); }

private:
    static constexpr std::size_t kBufferBytes = limits::kHeaderBytes + limits::kBodyBufferBytes;
    static constexpr std::size_t kFirstReadBytes = 4096;  // most heads and small bodies come in one read

    static Error ended_early() { return {Fault::InvalidInput, "The body ended early or is malformed."}; }
    static Error too_slow(std::string_view what) {
        return {Fault::InvalidInput, fmt::format("The {} of the request came too slowly.", what), {}, "REQUEST_TIMEOUT"};
    }

    void deadline(int seconds) { beast::get_lowest_layer(stream_).expires_after(std::chrono::seconds(seconds)); }

    // False: the connection is over.
    Task<bool> one_request() {
        start_request();
        const bool begun = buffer_.size() > 0 || co_await first_bytes();
        if (!begun) co_return false;
        ErrorCode error = co_await read_head();
        if (error) {
            co_await refuse_head(error);
            co_return false;
        }
        Status head = take_head();
        if (!head.ok()) {
            Response refusal = refuse(head.error(), request_.id);
            log_refusal(refusal);
            co_return co_await answer(refusal);
        }
        Response response = co_await state_.parts.handler(*this);
        if (broken_) co_return false;
        co_return co_await answer(response);
    }

    Task<ErrorCode> read_head() {
        ErrorCode error;
        Patience patience(beast::get_lowest_layer(stream_), state_.settings.header_seconds);
        co_await beast::http::async_read_header(stream_, buffer_, *parser_, asio::redirect_error(asio::use_awaitable, error));
        late_ = error && patience.over();
        co_return error;
    }

    void start_request() {
        parser_.emplace();
        parser_->header_limit(limits::kHeaderBytes);
        parser_->body_limit(boost::none);  // the handlers count: their limits differ
        piece_.reset();
        if (buffer_.size() == 0 && buffer_.capacity() != kFirstReadBytes) {
            buffer_.shrink_to_fit();  // a thousand idle connections hold nothing
            buffer_.reserve(kFirstReadBytes);
        }
        request_ = Request();
        request_.id = new_request_id(state_.parts.random);
        continue_expected_ = false;
    }

    // Waits for the next request between requests; the head's own deadline starts with its first byte.
    Task<bool> first_bytes() {
        idle_ = true;
        ErrorCode error;
        deadline(state_.settings.idle_seconds);
        auto space = buffer_.prepare(kFirstReadBytes);
        std::size_t count = co_await stream_.async_read_some(space, asio::redirect_error(asio::use_awaitable, error));
        idle_ = false;
        buffer_.commit(count);
        co_return !error && count > 0;
    }

    Task<void> refuse_head(ErrorCode error) {
        Error problem{Fault::InvalidInput, "The request cannot be read as HTTP.", error.message()};
        if (late_) {
            problem = too_slow("head");
        } else if (error == beast::http::error::header_limit || error == beast::http::error::buffer_overflow) {
            problem = {Fault::LimitExceeded,
                       fmt::format("The request head is longer than {} bytes.", limits::kHeaderBytes),
                       {},
                       "HEADERS_TOO_LARGE"};
        } else if (error.category() != beast::http::make_error_code(beast::http::error::bad_method).category() ||
                   error == beast::http::error::end_of_stream || error == beast::http::error::partial_message) {
            co_return;  // the other side is gone
        }
        Response refusal = refuse(problem, request_.id);
        refusal.close = true;
        log_refusal(refusal);
        co_await answer(refusal);
    }

    void log_refusal(const Response& refusal) {
        state_.parts.log.info("request_refused",
                              {{"request_id", request_.id}, {"remote", remote_}, {"status", refusal.status}, {"why", refusal.notes.why}});
    }

    Status take_head() {
        const auto& head = parser_->get();
        request_.method = std::string(head.method_string());
        request_.remote = remote_;
        request_.secure = secure_;
        for (const auto& field : head) request_.headers.push_back({std::string(field.name_string()), std::string(field.value())});
        request_.chunked = parser_->chunked();
        if (auto length = parser_->content_length()) request_.content_length = *length;
        if (const std::string* expected = request_.header("expect")) continue_expected_ = same_word(*expected, "100-continue");
        if (const std::string* id = request_.header("x-request-id"); id && good_request_id(*id)) request_.id = *id;
        request_.target = TRY(parse_target(std::string_view(head.target().data(), head.target().size())));
        return success();
    }

    // Writes the answer and settles the rest of the body. False: the connection is over.
    Task<bool> answer(Response& response) {
        bool keep = !response.close && !late_ && parser_->is_header_done() && parser_->get().keep_alive() && !state_.stopping;
        if (!parser_->is_done()) {
            keep = keep && co_await skip_short_rest();
        }
        response.set("X-Request-Id", request_.id);
        const bool written = co_await write(response, keep);
        if (!written) co_return false;
        if (!keep && !parser_->is_done()) co_await drain();
        co_return keep;
    }

    // A body that nobody asked for and that fits one buffer is read over, so that the connection can go on.
    Task<bool> skip_short_rest() {
        if (continue_expected_ || request_.content_length.value_or(limits::kBodyBufferBytes + 1) > limits::kBodyBufferBytes)
            co_return false;
        while (!parser_->is_done()) {
            Result<std::string_view> rest = co_await piece();
            if (!rest.ok()) co_return false;
        }
        co_return true;
    }

    Task<bool> write(const Response& response, bool keep) {
        std::string text = response_head(response, keep, http_date(state_.parts.clock.now() / kMicrosecondsPerSecond));
        const bool bodiless = request_.method == "HEAD" || response.status == 204 || response.status == 304;
        if (!bodiless && response.file) co_return co_await write_file(std::move(text), *response.file);
        if (!bodiless) text += response.body;
        co_return co_await write_text(text);
    }

    Task<bool> write_text(std::string_view text) {
        ErrorCode error;
        while (!text.empty() && !error) {
            deadline(state_.settings.body_stall_seconds);
            std::string_view next = text.substr(0, limits::kBodyBufferBytes);
            co_await asio::async_write(stream_, asio::buffer(next), asio::redirect_error(asio::use_awaitable, error));
            text.remove_prefix(next.size());
        }
        co_return !error;
    }

    // The head and the file behind it, one buffer at a time. A file of one buffer is read here; a longer one on the pool, where
    // a slow disk holds nobody else up.
    Task<bool> write_file(std::string text, const FileBody& body) {
        std::uint64_t done = 0;
        do {
            std::size_t head = text.size();
            std::size_t want = static_cast<std::size_t>(std::min<std::uint64_t>(limits::kBodyBufferBytes, body.length - done));
            text.resize(head + want);
            auto read = [&text, &body, head, want, done] {
                return pread(body.file.get(), text.data() + head, want, static_cast<off_t>(body.offset + done));
            };
            ssize_t count = 0;
            if (body.length <= limits::kBodyBufferBytes) {
                count = read();
            } else {
                Result<ssize_t> outcome = co_await on_pool(state_.parts.pool, Entry::Promised, read);
                count = outcome.ok() ? outcome.value() : -1;
            }
            if (count != static_cast<ssize_t>(want)) {
                state_.parts.log.error("body_unreadable", {{"request_id", request_.id}, {"errno", errno}});
                co_return false;  // the promised length cannot be kept: ending the connection is the only honest way to say so
            }
            const bool written = co_await write_text(text);
            if (!written) co_return false;
            done += want;
            text.clear();
        } while (done < body.length);
        co_return true;
    }

    // Many clients read no answer before they have sent everything; closing at once would reset the connection under them.
    Task<void> drain() {
        ErrorCode error;
        beast::get_lowest_layer(stream_).socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
        auto dropped = std::make_unique<char[]>(limits::kBodyBufferBytes);
        deadline(late_ ? limits::kLateDrainSeconds : limits::kDrainSeconds);
        for (std::uint64_t total = 0; !error && total < limits::kDrainBytes && !state_.stopping;) {
            auto space = asio::buffer(dropped.get(), limits::kBodyBufferBytes);
            total += co_await beast::get_lowest_layer(stream_).async_read_some(space, asio::redirect_error(asio::use_awaitable, error));
        }
    }

    Stream stream_;
    Server::State& state_;
    std::string remote_;
    bool secure_;
    beast::flat_buffer buffer_;
    std::optional<beast::http::request_parser<beast::http::buffer_body>> parser_;
    std::unique_ptr<char[]> piece_;
    Request request_;
    bool continue_expected_ = false;
    bool idle_ = false;
    bool late_ = false;    // head or body came too slowly: an answer says so and the connection ends
    bool broken_ = false;  // the body cannot be read on: no answer can follow
};

inline std::string remote_address(const asio::ip::tcp::socket& socket) {
    ErrorCode error;
    auto endpoint = socket.remote_endpoint(error);
    return error ? std::string() : endpoint.address().to_string();
}

}  // namespace docwright::http
