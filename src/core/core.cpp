#include "core/core.h"

#include "base/hashing.h"
#include "core/events/log.h"
#include "core/events/seal.h"

namespace docwright {

Core::Core(std::unique_ptr<Store> store, std::unique_ptr<Blobs> blobs, Clock& clock, Random& random, CoreOptions options)
    : store_(std::move(store)),
      blobs_(std::move(blobs)),
      options_(std::move(options)),
      parts_{*store_, *blobs_, clock, random, options_},
      accounts(parts_),
      credentials(parts_),
      documents(parts_),
      tasks(parts_, work),
      credits(parts_),
      generations(parts_) {}

Status Core::open_log() {
    return store_->write([&](Transaction& transaction) -> Status {
        if (!TRY(transaction.events.last_event_id()).empty()) return success();
        return append(transaction, parts_, {log_opened(parts_, kSystemAccount, server_actor(parts_))});
    });
}

Status Core::begin(const json::object& configuration) {
    TRY(open_log());
    TRY(documents.remove_orphans());
    TRY(store_->write([&](Transaction& transaction) {
        const std::string settings = hex(sha256(sorted_json(configuration)));
        return append(transaction, parts_,
                      {server_event(parts_, EventType::ServerStarted, {{"version", DOCWRIGHT_VERSION}}),
                       server_event(parts_, EventType::ServerConfigured, {{"configurationSha256", settings}})});
    }));
    TRY(seal_log(parts_));
    return success();
}

Status Core::end(std::string_view reason) {
    TRY(store_->write([&](Transaction& transaction) {
        return append(transaction, parts_, {server_event(parts_, EventType::ServerStopped, {{"reason", reason}})});
    }));
    TRY(seal_log(parts_));
    return success();
}

Status Core::sweep() {
    TRY(documents.expire());
    TRY(documents.remove_idle_blobs());
    TRY(credentials.expire());
    TRY(credentials.flush_refusals());
    TRY(seal_log(parts_));
    return forget_old();
}

// Kept answers and share links whose time is long over; nobody waits for it, so once in a while is enough.
Status Core::forget_old() {
    constexpr Microseconds kEvery = 60 * kMicrosecondsPerSecond;
    const Microseconds now = parts_.clock.now();
    if (now - forgot_at_.load() < kEvery) return success();
    forgot_at_ = now;
    TRY(documents.forget_shares());
    return store_->write([&](Transaction& transaction) { return transaction.ledger.forget_answers(now); });
}

Status Core::probe() {
    TRY(blobs_->probe());
    return store_->put_setting("probed_at", std::to_string(parts_.clock.now()));
}

}  // namespace docwright
