// The event log as rows (contract/events.md). Insert-only: nothing here changes or removes a record.
// core/events/append.h is the only caller of add().
#pragma once

#include <optional>

#include "base/result.h"
#include "store/records.h"

namespace docwright {

class EventStore {
public:
    virtual ~EventStore() = default;

    virtual Status add(const EventRecord& event) = 0;
    virtual Status add_personal(const PersonalRecord& personal) = 0;
    // "id" of the newest record, empty in an empty log. A single writer lets ids rise, so that a swapped pair shows.
    virtual Result<std::string> last_event_id() const = 0;

    virtual Result<std::vector<EventRecord>> after(std::int64_t position, int limit) const = 0;  // in log order
    // In the order of (stream, position), after the given pair: the walk along the chains.
    virtual Result<std::vector<EventRecord>> in_stream_order(std::string_view stream, std::int64_t position, int limit) const = 0;
    virtual Result<std::optional<PersonalRecord>> personal(std::string_view event) const = 0;
    virtual Result<std::int64_t> last_position() const = 0;  // ever handed out, also if its record is gone

    virtual Status add_seal(const SealRecord& seal) = 0;
    virtual Result<std::optional<SealRecord>> last_seal(std::string_view account) const = 0;
    virtual Result<std::int64_t> sealed_position() const = 0;                                         // everything up to here is sealed
    virtual Result<std::vector<SealRecord>> seals_after(std::int64_t position, int limit) const = 0;  // by position

    // For the check that state and log agree.
    virtual Result<std::vector<std::string>> streams_without_record(int limit) const = 0;  // of rows that should have one
    virtual Result<std::vector<DocumentRecord>> documents_of_lineage(std::string_view lineage) const = 0;
    virtual Result<std::vector<TaskRecord>> tasks_of_lineage(std::string_view lineage) const = 0;
};

}  // namespace docwright
