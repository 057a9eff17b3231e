#include "core/events/append.h"

#include <algorithm>
#include <array>

#include "base/hashing.h"
#include "base/ids.h"
#include "base/time_text.h"

namespace docwright {
namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view kPrefix = "evt_";

// The next number in base 32. Overflows only after 2^80 records of one millisecond.
std::string increased(std::string id) {
    for (std::size_t place = id.size(); place > kPrefix.size(); --place) {
        std::size_t digit = kCrockford.find(id[place - 1]);
        if (digit + 1 < kCrockford.size()) {
            id[place - 1] = kCrockford[digit + 1];
            return id;
        }
        id[place - 1] = kCrockford[0];
    }
    return id;
}

void put(json::object& record, std::string_view key, std::string_view text) {
    if (!text.empty()) record[key] = text;
}

json::object record_of_actor(const Actor& actor) {
    json::object record;
    put(record, "kind", actor.kind);
    put(record, "id", actor.id);
    put(record, "via", actor.via);
    put(record, "for", actor.first);
    put(record, "auth", actor.auth);
    return record;
}

json::object without_empty_texts(const json::object& part) {
    json::object kept;
    for (const auto& [key, value] : part) {
        if (!value.is_string() || !value.get_string().empty()) kept[key] = value;
    }
    return kept;
}

json::object record_of(const Event& event, std::string_view id, Microseconds now) {
    json::object record{{"v", 1}, {"id", id}, {"time", utc_text(now)}, {"account", event.account}, {"stream", event.stream}};
    record["type"] = word(event.type);
    record["actor"] = record_of_actor(event.actor);
    put(record, "document", event.document);
    put(record, "sha256", event.sha256);
    put(record, "stage", event.stage);
    put(record, "trace", event.trace);
    put(record, "cause", event.cause);
    std::vector<std::string> about = event.about;
    std::ranges::sort(about);
    about.erase(std::unique(about.begin(), about.end()), about.end());
    if (!about.empty()) record["about"] = json::value_from(about);
    if (!event.data.empty()) record["data"] = event.data;
    return record;
}

Status append_one(Transaction& transaction, const Parts& parts, const Event& event, const std::string& id) {
    json::object record = record_of(event, id, parts.clock.now());
    const json::object personal = without_empty_texts(event.personal);
    if (!personal.empty()) {
        std::array<std::uint8_t, kSaltBytes> salt;
        parts.random.fill(salt);
        PersonalRecord part{.event = id, .salt = std::string(salt.begin(), salt.end()), .part = TRY(canonical_json(personal))};
        record["personal"] = personal_commitment(part.salt, part.part);
        TRY(transaction.events.add_personal(part));
    }
    EventRecord row{.account = event.account, .stream = event.stream, .body = TRY(canonical_json(record))};
    if (row.body.size() > kRecordBytes) return Error{Fault::Internal, "A record of the event log is too long.", event.stream};
    return transaction.events.add(row);
}

}  // namespace

std::string personal_commitment(std::string_view salt, std::string_view part) { return hex(sha256(std::string(salt) + std::string(part))); }

std::string next_event_id(std::string_view last, Microseconds now, Random& random) {
    std::string fresh = new_ulid(kPrefix, now, random);
    return fresh > last ? fresh : increased(std::string(last));
}

Status append(Transaction& transaction, const Parts& parts, const std::vector<Event>& events) {
    std::string id = TRY(transaction.events.last_event_id());
    for (const Event& event : events) {
        id = next_event_id(id, parts.clock.now(), parts.random);
        TRY(append_one(transaction, parts, event, id));
    }
    return success();
}

}  // namespace docwright
