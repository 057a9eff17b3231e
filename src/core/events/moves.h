// The one table of states, moves and the record that each move writes. A state change that is not in it does not happen, and
// `docwright audit verify` walks every stream with the same table.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "core/events/types.h"

namespace docwright {

enum class Subject { Task, Lease, Document, Credential, Account, Log };

struct MoveRow {
    Subject subject;
    std::string_view from;  // a state's word as stored; empty: does not exist yet
    std::string_view move;
    std::string_view to;  // equal to `from`: something happened to it, the state stays
    EventType event;
};

std::span<const MoveRow> move_table();

// nullptr: not allowed.
const MoveRow* find_move(Subject subject, std::string_view from, std::string_view move);
// The state after a record; nullopt: that record cannot stand here.
std::optional<std::string_view> state_after(Subject subject, std::string_view from, EventType event);

// The record type of a move. Error: Conflict, for a move that the state does not allow.
Result<EventType> check_move(Subject subject, std::string_view from, std::string_view move);

}  // namespace docwright
