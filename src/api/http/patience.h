// Bounds one wait for bytes and leaves the socket open, so that an answer can still say what happened: it cancels the wait,
// where the stream's own deadline would close. One per wait, on the server's thread.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <chrono>
#include <memory>

namespace docwright::http {

class Patience {
public:
    Patience(boost::beast::tcp_stream& stream, int seconds)
        : wait_(std::make_shared<Wait>(&stream)), timer_(stream.get_executor(), std::chrono::seconds(seconds)) {
        stream.expires_never();
        timer_.async_wait([wait = wait_](boost::system::error_code cancelled) {
            if (cancelled || !wait->stream) return;
            wait->over = true;
            wait->stream->cancel();
        });
    }
    ~Patience() { wait_->stream = nullptr; }
    Patience(const Patience&) = delete;
    Patience& operator=(const Patience&) = delete;

    bool over() const { return wait_->over; }

private:
    struct Wait {
        explicit Wait(boost::beast::tcp_stream* of) : stream(of) {}
        boost::beast::tcp_stream* stream;  // null: the wait has ended
        bool over = false;
    };
    // Shared with the timer's handler, which may be on its way when the bytes come.
    std::shared_ptr<Wait> wait_;
    boost::asio::steady_timer timer_;
};

}  // namespace docwright::http
