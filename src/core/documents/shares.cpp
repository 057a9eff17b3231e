// Links that open one document without a credential until their time is over (contract/pdf-services.md, 2.4).
#include <algorithm>

#include "base/hashing.h"
#include "base/ids.h"
#include "base/time_text.h"
#include "core/accounts/answers.h"
#include "core/accounts/keyed_hash.h"
#include "core/documents/access.h"
#include "core/documents/document_events.h"
#include "core/documents/documents.h"
#include "core/events/moves.h"

namespace docwright {
namespace {

constexpr std::size_t kTokenCharacters = 32;  // 192 bits; the contract wants at least 128
constexpr Microseconds kMinute = 60 * kMicrosecondsPerSecond;
constexpr Microseconds kExpiredShareKept = 24 * 60 * kMinute;  // so long it answers "expired", after that "unknown"

// A repeated request must give the same token although only its hash is kept: then it is made from the key of the request
// and the installation's key instead of drawn.
std::string token_for(const Parts& parts, const Caller& caller, const Repeatable& request) {
    if (request.key.empty()) return new_secret(parts.random, kTokenCharacters);
    return keyed_hash(parts, "share\n" + caller.account + "\n" + request.key + "\n" + request.fingerprint).substr(0, 2 * kTokenCharacters);
}

}  // namespace

Result<ShareLink> Documents::share(const Caller& caller, std::string_view id, int minutes, std::string_view file_name,
                                   std::string_view idempotency_key) {
    if (minutes < limits::kShareMinutesLeast || minutes > limits::kShareMinutesMost) {
        return Error{Fault::InvalidInput, "expirationMinutes must be a whole number from " + std::to_string(limits::kShareMinutesLeast) +
                                              " to " + std::to_string(limits::kShareMinutesMost) + "."};
    }
    const std::string name = file_name.empty() ? std::string() : clean_file_name(file_name);
    const Repeatable request =
        repeatable(parts_, idempotency_key, "share\n" + std::string(id) + "\n" + std::to_string(minutes) + "\n" + name);
    return write_result(parts_.store, [&](Transaction& transaction) -> Result<ShareLink> {
        ShareLink link{.token = token_for(parts_, caller, request), .expires_at = parts_.clock.now() + minutes * kMinute};
        if (auto kept = TRY(kept_answer(transaction, parts_, caller, request))) {
            link.expires_at = std::stoll(*kept);
            return link;
        }
        DocumentRecord document = TRY(stored_document(transaction.documents, parts_, caller.account, id));
        EventType type = TRY(check_move(Subject::Document, word(document.state), "link"));
        TRY(transaction.documents.add_share({.token_hash = keyed_hash(parts_, link.token),
                                             .account = document.account,
                                             .document = document.id,
                                             .credential = caller.client_id,
                                             .file_name = name,
                                             .expires_at = link.expires_at}));
        TRY(note_document_use(transaction, parts_, document));
        TRY(keep_answer(transaction, parts_, caller, request, std::to_string(link.expires_at)));
        Event linked = document_event(type, document, actor_of(caller), caller.origin);
        linked.data = {{"until", utc_text(link.expires_at)}};
        TRY(append(transaction, parts_, {linked}));
        return link;
    });
}

Result<OpenDocument> Documents::open_share(std::string_view token, const RequestOrigin& origin) {
    const std::string hash = keyed_hash(parts_, token);
    ShareRecord share;
    const DocumentRecord document = TRY(read_result(parts_.store, [&](const View& view) -> Result<DocumentRecord> {
        std::optional<ShareRecord> found = TRY(view.documents.share(hash));
        if (!found) return Error{Fault::NotFound, "There is no such share link."};
        share = std::move(*found);
        if (share.expires_at <= parts_.clock.now()) return Error{Fault::NotFound, "This share link has expired.", {}, "SHARE_EXPIRED"};
        return stored_document(view.documents, parts_, share.account, share.document);
    }));
    OpenDocument opened = TRY(open_record(document, share.file_name));
    // Who follows the link is nobody we know: it acts for whoever made it, under a name that does not open it.
    TRY(note_download(document, {.kind = "credential", .id = share.credential, .via = "share/" + hash.substr(0, 16)}, origin));
    return opened;
}

Status Documents::forget_shares() {
    return parts_.store.write(
        [&](Transaction& transaction) { return transaction.documents.forget_shares(parts_.clock.now() - kExpiredShareKept); });
}

}  // namespace docwright
