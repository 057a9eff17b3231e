#include "core/documents/access.h"

namespace docwright {
namespace {

constexpr Microseconds kHour = 3600 * kMicrosecondsPerSecond;
constexpr Microseconds kWorthWriting = 5 * 60 * kMicrosecondsPerSecond;  // 0.35 % of the default life of 24 h

}  // namespace

Error document_not_found() { return {Fault::NotFound, "There is no document with this id."}; }

Result<DocumentRecord> stored_document(const DocumentStore& documents, const Parts& parts, std::string_view account, std::string_view id) {
    std::optional<DocumentRecord> document = TRY(documents.document(account, id));
    if (!document || document->state != DocumentState::Stored || document->expires_at <= parts.clock.now()) return document_not_found();
    return std::move(*document);
}

Result<Microseconds> retention(const AccountStore& accounts, const Parts& parts, std::string_view account) {
    std::optional<AccountRecord> owner = TRY(accounts.account(account));
    if (owner && !owner->plan.empty()) {
        std::optional<PlanRecord> plan = TRY(accounts.plan(owner->plan));
        if (plan && plan->retention_hours >= 0) return plan->retention_hours * kHour;
    }
    return parts.options.retention_hours * kHour;
}

Status note_document_use(Transaction& transaction, const Parts& parts, const DocumentRecord& document) {
    const Microseconds expires_at = parts.clock.now() + TRY(retention(transaction.accounts, parts, document.account));
    if (expires_at - document.expires_at < kWorthWriting) return success();
    return transaction.documents.set_expiry(document.id, expires_at);
}

}  // namespace docwright
