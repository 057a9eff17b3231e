#include "core/events/moves.h"

#include <fmt/format.h>

#include <algorithm>

namespace docwright {
namespace {

// WAITING has no move yet: pipelines and signatures bring theirs.
constexpr MoveRow kMoves[] = {
    // subject            from           move               to             record
    {Subject::Task, "", "accept", "PENDING", EventType::TaskAccepted},
    {Subject::Task, "PENDING", "start", "IN_PROGRESS", EventType::TaskStarted},
    {Subject::Task, "PENDING", "cancel", "CANCELLED", EventType::TaskCancelled},
    {Subject::Task, "IN_PROGRESS", "complete", "COMPLETED", EventType::TaskCompleted},
    {Subject::Task, "IN_PROGRESS", "fail_attempt", "PENDING", EventType::TaskAttemptFailed},
    {Subject::Task, "IN_PROGRESS", "rescue", "PENDING", EventType::TaskRescued},
    {Subject::Task, "IN_PROGRESS", "fail", "FAILED", EventType::TaskFailed},
    {Subject::Task, "IN_PROGRESS", "give_up", "DEAD", EventType::TaskDeadLettered},
    {Subject::Task, "IN_PROGRESS", "cancel", "CANCELLED", EventType::TaskCancelled},
    {Subject::Task, "FAILED", "replay", "PENDING", EventType::TaskReplayed},
    {Subject::Task, "DEAD", "replay", "PENDING", EventType::TaskReplayed},

    {Subject::Lease, "FREE", "take", "HELD", EventType::TaskStarted},
    {Subject::Lease, "HELD", "complete", "FREE", EventType::TaskCompleted},
    {Subject::Lease, "HELD", "fail_attempt", "FREE", EventType::TaskAttemptFailed},
    {Subject::Lease, "HELD", "rescue", "FREE", EventType::TaskRescued},
    {Subject::Lease, "HELD", "fail", "FREE", EventType::TaskFailed},
    {Subject::Lease, "HELD", "give_up", "FREE", EventType::TaskDeadLettered},
    {Subject::Lease, "HELD", "cancel", "FREE", EventType::TaskCancelled},

    {Subject::Document, "", "create", "STORED", EventType::DocumentCreated},
    {Subject::Document, "STORED", "download", "STORED", EventType::DocumentDownloaded},
    {Subject::Document, "STORED", "link", "STORED", EventType::DocumentLinked},
    {Subject::Document, "STORED", "expire", "EXPIRED", EventType::DocumentExpired},
    {Subject::Document, "STORED", "delete", "DELETED", EventType::DocumentDeleted},

    {Subject::Credential, "", "create", "ACTIVE", EventType::CredentialCreated},
    {Subject::Credential, "ACTIVE", "rotate", "ACTIVE", EventType::CredentialRotated},
    {Subject::Credential, "ACTIVE", "revoke", "REVOKED", EventType::CredentialRevoked},
    {Subject::Credential, "ACTIVE", "expire", "EXPIRED", EventType::CredentialExpired},
    {Subject::Credential, "ACTIVE", "refuse", "ACTIVE", EventType::CredentialRefused},
    {Subject::Credential, "REVOKED", "refuse", "REVOKED", EventType::CredentialRefused},
    {Subject::Credential, "EXPIRED", "revoke", "REVOKED", EventType::CredentialRevoked},
    {Subject::Credential, "EXPIRED", "refuse", "EXPIRED", EventType::CredentialRefused},

    {Subject::Account, "", "create", "ACTIVE", EventType::AccountCreated},
    {Subject::Account, "ACTIVE", "change_settings", "ACTIVE", EventType::AccountSettingsChanged},
    {Subject::Account, "ACTIVE", "run_low", "ACTIVE", EventType::CreditsLow},
    {Subject::Account, "ACTIVE", "exhaust", "ACTIVE", EventType::CreditsExhausted},
    {Subject::Account, "ACTIVE", "generate", "ACTIVE", EventType::GenerationCompleted},
    {Subject::Account, "ACTIVE", "fail_to_generate", "ACTIVE", EventType::GenerationFailed},
    {Subject::Account, "ACTIVE", "close", "CLOSED", EventType::AccountClosed},

    {Subject::Log, "", "open", "OPEN", EventType::LogOpened},
    {Subject::Log, "OPEN", "start", "OPEN", EventType::ServerStarted},
    {Subject::Log, "OPEN", "stop", "OPEN", EventType::ServerStopped},
    {Subject::Log, "OPEN", "configure", "OPEN", EventType::ServerConfigured},
    {Subject::Log, "OPEN", "refuse", "OPEN", EventType::CredentialRefused},
};

}  // namespace

std::span<const MoveRow> move_table() { return kMoves; }

const MoveRow* find_move(Subject subject, std::string_view from, std::string_view move) {
    const MoveRow* row = std::ranges::find_if(
        kMoves, [&](const MoveRow& each) { return each.subject == subject && each.from == from && each.move == move; });
    return row == std::end(kMoves) ? nullptr : row;
}

std::optional<std::string_view> state_after(Subject subject, std::string_view from, EventType event) {
    const MoveRow* row = std::ranges::find_if(
        kMoves, [&](const MoveRow& each) { return each.subject == subject && each.from == from && each.event == event; });
    if (row == std::end(kMoves)) return std::nullopt;
    return row->to;
}

Result<EventType> check_move(Subject subject, std::string_view from, std::string_view move) {
    const MoveRow* row = find_move(subject, from, move);
    if (!row) return Error{Fault::Conflict, fmt::format("Not possible: {} in state {}.", move, from.empty() ? "(none)" : from)};
    return row->event;
}

}  // namespace docwright
