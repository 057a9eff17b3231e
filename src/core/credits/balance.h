// Credits: reserved when a task is accepted, taken when it completes, given back otherwise (contract/platform.md, 4).
// Accounts without a plan, or with a plan without credits, have no balance and no limit.
#pragma once

#include "core/parts.h"

namespace docwright {

// True if the credits are now held in the balance. The log says once a period that little is left.
// Error: Forbidden with reason INSUFFICIENT_CREDITS.
Result<bool> reserve_credits(Transaction& transaction, const Parts& parts, const AccountRecord& account, int credits);
Status settle_credits(Transaction& transaction, const TaskRecord& task, bool taken);

// For work that is over before its caller has an answer: looks whether the credits are there, without holding them; then takes them.
// Two that find the last ones take them once: the other is refused at its end.
// Error: Forbidden with reason INSUFFICIENT_CREDITS.
Status credits_are_there(const View& view, const Parts& parts, const AccountRecord& account, int credits);
Status take_credits(Transaction& transaction, const Parts& parts, const AccountRecord& account, int credits);

// After a refusal, in a transaction of its own: the log says once a period that the credits are used up.
Status note_exhausted(const Parts& parts, std::string_view account);

// With another plan, what the log said about the credits of the one before says nothing any more.
Status forget_alerts(Transaction& transaction, std::string_view account);

}  // namespace docwright
