#include "base/json.h"
#include "store/sqlite/rows.h"
#include "store/sqlite/tables.h"

namespace docwright {
namespace {

EventRecord read_event(const Query& row) { return {row.number(0), row.text(1), row.text(2), row.text(3)}; }
PersonalRecord read_personal(const Query& row) { return {row.text(0), row.text(1), row.text(2)}; }
SealRecord read_seal(const Query& row) { return {row.text(0), row.number(1), row.number(2), row.text(3), row.text(4)}; }
std::string read_text(const Query& row) { return row.text(0); }

}  // namespace

Status SqliteEvents::add(const EventRecord& event) {
    return Query(db_, "insert into events (account, stream, body) values (?1, ?2, ?3)", event.account, event.stream, event.body).run();
}

Status SqliteEvents::add_personal(const PersonalRecord& personal) {
    return Query(db_, "insert into event_personal (event, salt, part) values (?1, ?2, ?3)", personal.event, Query::Bytes{personal.salt},
                 personal.part)
        .run();
}

Result<std::string> SqliteEvents::last_event_id() const {
    Query query(db_, "select body from events order by id desc limit 1");
    if (!TRY(query.next())) return std::string();
    json::value record = TRY(parse_json(query.text(0)));
    const json::value* id = record.is_object() ? record.get_object().if_contains("id") : nullptr;
    if (!id || !id->is_string()) return Error{Fault::Internal, "The newest record of the event log cannot be read."};
    return std::string(id->get_string());
}

Result<std::vector<EventRecord>> SqliteEvents::after(std::int64_t position, int limit) const {
    Query query(db_, "select id, account, stream, body from events where id > ?1 order by id limit ?2", position, limit);
    return all_rows(query, read_event);
}

Result<std::vector<EventRecord>> SqliteEvents::in_stream_order(std::string_view stream, std::int64_t position, int limit) const {
    Query query(db_, "select id, account, stream, body from events where (stream, id) > (?1, ?2) order by stream, id limit ?3", stream,
                position, limit);
    return all_rows(query, read_event);
}

Result<std::optional<PersonalRecord>> SqliteEvents::personal(std::string_view event) const {
    Query query(db_, "select event, salt, part from event_personal where event = ?1", event);
    return first_row(query, read_personal);
}

Result<std::int64_t> SqliteEvents::last_position() const {
    Query query(db_, "select seq from sqlite_sequence where name = 'events'");
    return TRY(query.next()) ? query.number(0) : 0;
}

Status SqliteEvents::add_seal(const SealRecord& seal) {
    return Query(db_, "insert into event_seals (account, size, last_id, root, frontier) values (?1, ?2, ?3, ?4, ?5)", seal.account,
                 seal.size, seal.position, Query::Bytes{seal.root}, Query::Bytes{seal.frontier})
        .run();
}

Result<std::optional<SealRecord>> SqliteEvents::last_seal(std::string_view account) const {
    Query query(db_, "select account, size, last_id, root, frontier from event_seals where account = ?1 order by size desc limit 1",
                account);
    return first_row(query, read_seal);
}

Result<std::int64_t> SqliteEvents::sealed_position() const {
    Query query(db_, "select coalesce(max(last_id), 0) from event_seals");
    TRY(query.next());
    return query.number(0);
}

Result<std::vector<SealRecord>> SqliteEvents::seals_after(std::int64_t position, int limit) const {
    Query query(db_, "select account, size, last_id, root, frontier from event_seals where last_id > ?1 order by last_id limit ?2",
                position, limit);
    return all_rows(query, read_seal);
}

Result<std::vector<std::string>> SqliteEvents::streams_without_record(int limit) const {
    Query query(db_,
                "select 'document/' || lineage from documents d where not exists "
                "(select 1 from events e where e.stream = 'document/' || d.lineage) "
                "union select 'document/' || lineage from tasks t where not exists "
                "(select 1 from events e where e.stream = 'document/' || t.lineage) "
                "union select 'credential/' || client_id from credentials c where not exists "
                "(select 1 from events e where e.stream = 'credential/' || c.client_id) "
                "union select 'account/' || id from accounts a where not exists "
                "(select 1 from events e where e.stream = 'account/' || a.id) limit ?1",
                limit);
    return all_rows(query, read_text);
}

Result<std::vector<DocumentRecord>> SqliteEvents::documents_of_lineage(std::string_view lineage) const {
    Query query(db_, "select " DOCWRIGHT_DOCUMENT_COLUMNS " from documents where lineage = ?1 order by id", lineage);
    return all_rows(query, read_document);
}

Result<std::vector<TaskRecord>> SqliteEvents::tasks_of_lineage(std::string_view lineage) const {
    Query query(db_, "select " DOCWRIGHT_TASK_COLUMNS " from tasks where lineage = ?1 order by number", lineage);
    return all_rows(query, read_task);
}

}  // namespace docwright
