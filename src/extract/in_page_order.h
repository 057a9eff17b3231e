// Pages through several threads and out again in their order: each is begun by the caller's thread, goes on in a worker, and is
// ended by the caller's thread. As many are under way as keep the workers busy, which bounds the memory.
// A page that is suspected (an earlier attempt may have been lost in it) is under way alone.
// Errors: the first one that begin or end gives; then nothing more is begun, and what is under way is waited for.
#pragma once

#include <deque>
#include <future>
#include <span>

#include "base/result.h"
#include "base/worker_threads.h"

namespace docwright::extract {

// One page more than the threads work on lies ready, so that none waits for the reader at a hard page.
constexpr int kPagesAhead = 2;

template <class Value>
struct PageUnderWay {
    PageUnderWay(int index, bool is_alone, std::future<Value> future) : page(index), alone(is_alone), value(std::move(future)) {}
    PageUnderWay(PageUnderWay&&) = default;
    ~PageUnderWay() {
        if (value.valid()) value.wait();  // its job looks at what the caller owns
    }
    int page;
    bool alone;
    std::future<Value> value;
};

// A page that needs no worker.
template <class Value>
std::future<Value> finished(Value value) {
    std::promise<Value> promise;
    promise.set_value(std::move(value));
    return promise.get_future();
}

// suspected(page) → bool; begin(page) → Result<std::future<Value>>; end(page, Value) → Status.
template <class Value, class Suspected, class Begin, class End>
Status in_page_order(WorkerThreads& workers, std::span<const int> pages, Suspected suspected, Begin begin, End end) {
    const std::size_t most = workers.count() == 0 ? 1 : static_cast<std::size_t>(workers.count() + kPagesAhead);
    std::deque<PageUnderWay<Value>> under_way;
    for (std::size_t next = 0; next < pages.size() || !under_way.empty();) {
        if (next < pages.size() && under_way.size() < most) {
            const bool alone = suspected(pages[next]);
            if (under_way.empty() || (!alone && !under_way.back().alone)) {
                under_way.emplace_back(pages[next], alone, TRY(begin(pages[next])));
                ++next;
                continue;
            }
        }
        Value value = workers.take(under_way.front().value);
        const int page = under_way.front().page;
        under_way.pop_front();
        TRY(end(page, std::move(value)));
    }
    return success();
}

}  // namespace docwright::extract
