#include "api/http/signal.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace docwright::http {
namespace {

namespace asio = boost::asio;

// `raised_` and the timer belong to the executor's thread; raise() only posts there.
class TimerSignal final : public Signal, public std::enable_shared_from_this<TimerSignal> {
public:
    explicit TimerSignal(asio::any_io_executor executor) : timer_(std::move(executor)) {}

    void raise() override {
        asio::post(timer_.get_executor(), [self = shared_from_this()] {
            self->raised_ = true;
            self->timer_.cancel();
        });
    }

    Task<bool> wait(std::chrono::milliseconds most) override {
        if (!raised_) {
            boost::system::error_code ignored;  // the flag says why the wait ended
            timer_.expires_after(most);
            co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        }
        const bool was_raised = raised_;
        raised_ = false;
        co_return was_raised;
    }

private:
    asio::steady_timer timer_;
    bool raised_ = false;
};

}  // namespace

Task<std::shared_ptr<Signal>> new_signal() {
    auto executor = co_await asio::this_coro::executor;
    co_return std::make_shared<TimerSignal>(executor);
}

}  // namespace docwright::http
