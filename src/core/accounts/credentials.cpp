#include "core/accounts/credentials.h"

#include <algorithm>
#include <sstream>

#include "base/hashing.h"
#include "core/accounts/keyed_hash.h"
#include "core/events/append.h"
#include "core/events/log.h"
#include "core/events/moves.h"

namespace docwright {
namespace {

constexpr Microseconds kMinute = 60 * kMicrosecondsPerSecond;
// Where refusals are counted together: a flood of made-up ids must not fill memory or log.
constexpr std::string_view kManyAddresses = "(many)";
constexpr int kExpiredPerScan = 100;  // each in a transaction of its own: a scan stays short, the next one goes on

struct Found {
    CredentialRecord credential;
    bool good = false;  // secret right, credential active, nothing expired
};

bool is_alive(const SecretRecord& secret, Microseconds now) { return secret.valid_until == 0 || secret.valid_until > now; }

bool is_alive(const CredentialRecord& credential, Microseconds now) {
    return credential.state == CredentialState::Active && (credential.expires_at == 0 || credential.expires_at > now);
}

// Compares with every secret of the credential, and with something where there is none, so that time tells nothing.
bool matches(const std::vector<SecretRecord>& secrets, std::string_view hash, Microseconds now) {
    bool found = equal_in_constant_time(hash, std::string(hash.size(), '0'));
    for (const SecretRecord& secret : secrets) found |= equal_in_constant_time(secret.hash, hash) && is_alive(secret, now);
    return found;
}

Result<std::optional<Found>> find_by_pair(const View& view, std::string_view client_id, std::string_view hash, Microseconds now) {
    std::optional<CredentialRecord> credential = TRY(view.accounts.credential(client_id));
    const bool right = matches(TRY(view.accounts.secrets(client_id)), hash, now);
    if (!credential) return std::optional<Found>();
    const bool good = right && is_alive(*credential, now);
    return std::optional(Found{std::move(*credential), good});
}

// The secret alone names its credential if exactly one active one has it.
Result<std::optional<Found>> find_by_secret(const View& view, std::string_view hash, Microseconds now) {
    std::optional<Found> found;
    for (const SecretRecord& secret : TRY(view.accounts.secrets_with_hash(hash))) {
        std::optional<CredentialRecord> credential = TRY(view.accounts.credential(secret.client_id));
        if (!credential || !is_alive(secret, now) || !is_alive(*credential, now)) continue;
        if (found) return std::optional<Found>();
        found = Found{std::move(*credential), true};
    }
    return found;
}

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

}  // namespace

Result<Caller> Credentials::check(const GivenCredential& given, const RequestOrigin& origin) {
    const bool pair = !given.client_id.empty() && !given.client_secret.empty();
    if (!pair && (given.api_key.empty() || !given.client_id.empty() || !given.client_secret.empty())) {
        return Error{Fault::Unauthorized, "Send the headers client_id and client_secret with every request."};
    }
    const Microseconds now = parts_.clock.now();
    const std::string hash = keyed_hash(parts_, pair ? given.client_secret : given.api_key);
    std::optional<Found> found = TRY(read_result(parts_.store, [&](const View& view) -> Result<std::optional<Found>> {
        std::optional<Found> match = TRY(pair ? find_by_pair(view, given.client_id, hash, now) : find_by_secret(view, hash, now));
        if (!match || !match->good) return match;
        std::optional<AccountRecord> account = TRY(view.accounts.account(match->credential.account));
        if (!account || account->state != AccountState::Active) match->good = false;
        return match;
    }));
    if (!found) return refuse(kSystemAccount, {}, origin);
    if (!found->good) return refuse(found->credential.account, found->credential.client_id, origin);
    note_use(found->credential, now);
    return Caller{.account = found->credential.account,
                  .client_id = found->credential.client_id,
                  .scopes = words_of(found->credential.scopes),
                  .origin = origin};
}

// The first refusal of a minute is written at once, the others of that minute with one record after it.
Error Credentials::refuse(std::string_view account, std::string_view client_id, const RequestOrigin& origin) {
    const Error refused{Fault::Unauthorized, "The credentials are not valid. Check client_id and client_secret."};
    RefusalKey key{std::string(account), std::string(client_id), origin.address};
    {
        std::lock_guard lock(mutex_);
        if (refusals_.size() >= limits::kTrackedRefusals && !refusals_.contains(key))
            key = {std::string(kSystemAccount), {}, std::string(kManyAddresses)};
        auto [entry, fresh] = refusals_.try_emplace(key);
        if (!fresh) {
            ++entry->second.held_back;
            return refused;
        }
        entry->second.written_at = parts_.clock.now();
    }
    // A log that cannot be written changes nothing for somebody who is refused anyway.
    (void)write_refusal(key, 1);
    return refused;
}

Status Credentials::write_refusal(const RefusalKey& key, std::int64_t count) {
    return parts_.store.write([&](Transaction& transaction) -> Status {
        Event event{.type = EventType::CredentialRefused, .account = key.account, .actor = server_actor(parts_)};
        event.stream = key.client_id.empty() ? "log/" + std::string(kSystemAccount) : "credential/" + key.client_id;
        event.data = {{"count", count}};
        event.personal = {{"address", key.address}};
        return append(transaction, parts_, {event});
    });
}

Status Credentials::flush_refusals() {
    std::vector<std::pair<RefusalKey, std::int64_t>> due;
    {
        std::lock_guard lock(mutex_);
        const Microseconds minute_ago = parts_.clock.now() - kMinute;
        for (auto entry = refusals_.begin(); entry != refusals_.end();) {
            if (entry->second.written_at > minute_ago) {
                ++entry;
            } else if (entry->second.held_back > 0) {
                due.emplace_back(entry->first, std::exchange(entry->second.held_back, 0));
                entry->second.written_at = parts_.clock.now();
                ++entry;
            } else {
                entry = refusals_.erase(entry);
            }
        }
    }
    for (const auto& [key, count] : due) TRY(write_refusal(key, count));
    return success();
}

void Credentials::note_use(const CredentialRecord& credential, Microseconds now) {
    {
        std::lock_guard lock(mutex_);
        Microseconds& written_at = used_[credential.client_id];
        written_at = std::max(written_at, credential.last_used_at);
        if (now - written_at < kMinute) return;
        written_at = now;
    }
    // Only for people to look at: a request does not fail because this could not be written.
    (void)parts_.store.write([&](Transaction& transaction) { return transaction.accounts.note_use(credential.client_id, now); });
}

Result<int> Credentials::expire() {
    const Microseconds now = parts_.clock.now();
    const auto due =
        TRY(read_result(parts_.store, [&](const View& view) { return view.accounts.expired_credentials(now, kExpiredPerScan); }));
    int expired = 0;
    for (const CredentialRecord& credential : due) {
        TRY(parts_.store.write([&](Transaction& transaction) -> Status {
            std::optional<CredentialRecord> current = TRY(transaction.accounts.credential(credential.client_id));
            if (!current || current->state != CredentialState::Active) return success();
            EventType type = TRY(check_move(Subject::Credential, word(current->state), "expire"));
            TRY(transaction.accounts.set_credential_state(credential.client_id, CredentialState::Expired));
            return append(transaction, parts_,
                          {{.type = type,
                            .account = credential.account,
                            .stream = "credential/" + credential.client_id,
                            .actor = server_actor(parts_)}});
        }));
        ++expired;
    }
    return expired;
}

}  // namespace docwright
