#include "store/sqlite/rows.h"
#include "store/sqlite/tables.h"

namespace docwright {
namespace {

ShareRecord read_share(const Query& row) { return {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.number(5)}; }

BlobRecord read_blob(const Query& row) { return {row.text(0), row.text(1), static_cast<std::uint64_t>(row.number(2))}; }

}  // namespace

DocumentRecord read_document(const Query& row) {
    DocumentRecord document;
    document.id = row.text(0);
    document.account = row.text(1);
    document.lineage = row.text(2);
    document.state = document_state(row.text(3));
    document.origin = row.text(4);
    document.file_name = row.text(5);
    document.media_type = row.text(6);
    document.bytes = static_cast<std::uint64_t>(row.number(7));
    document.sha256 = row.text(8);
    document.created_at = row.number(9);
    document.expires_at = row.number(10);
    return document;
}

Result<std::optional<DocumentRecord>> SqliteDocuments::document(std::string_view account, std::string_view id) const {
    Query query(db_, "select " DOCWRIGHT_DOCUMENT_COLUMNS " from documents where id = ?1 and account = ?2", id, account);
    return first_row(query, read_document);
}

Result<std::vector<DocumentRecord>> SqliteDocuments::expired(Microseconds now, int limit) const {
    Query query(db_,
                "select " DOCWRIGHT_DOCUMENT_COLUMNS
                " from documents where state = 'STORED' and expires_at <= ?1 order by expires_at, id limit ?2",
                now, limit);
    return all_rows(query, read_document);
}

Status SqliteDocuments::add(const DocumentRecord& document) {
    TRY(hold_blob({document.account, document.sha256, document.bytes}));
    return Query(db_, "insert into documents (" DOCWRIGHT_DOCUMENT_COLUMNS ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                 document.id, document.account, document.lineage, word(document.state), document.origin, document.file_name,
                 document.media_type, document.bytes, document.sha256, document.created_at, document.expires_at)
        .run();
}

Status SqliteDocuments::end(const DocumentRecord& document, DocumentState state) {
    TRY(Query(db_, "update documents set state = ?2 where id = ?1 and state = 'STORED'", document.id, word(state)).run());
    if (db_.changes() != 1) return Error{Fault::Conflict, "The document is gone already."};
    TRY(Query(db_, "delete from shares where document = ?1", document.id).run());
    return release_blob(document.account, document.sha256);
}

Status SqliteDocuments::set_expiry(std::string_view id, Microseconds expires_at) {
    return Query(db_, "update documents set expires_at = ?2 where id = ?1", id, expires_at).run();
}

Status SqliteDocuments::add_share(const ShareRecord& share) {
    return Query(db_,
                 "insert or replace into shares (token_hash, account, document, credential, file_name, expires_at) values (?1, ?2, ?3, ?4, "
                 "?5, ?6)",
                 share.token_hash, share.account, share.document, share.credential, share.file_name, share.expires_at)
        .run();
}

Result<std::optional<ShareRecord>> SqliteDocuments::share(std::string_view token_hash) const {
    Query query(db_, "select token_hash, account, document, credential, file_name, expires_at from shares where token_hash = ?1",
                token_hash);
    return first_row(query, read_share);
}

Status SqliteDocuments::forget_shares(Microseconds expired_before) {
    return Query(db_, "delete from shares where expires_at < ?1", expired_before).run();
}

Status SqliteDocuments::hold_blob(const BlobRecord& blob) {
    return Query(db_,
                 "insert into blobs (account, sha256, bytes, refs) values (?1, ?2, ?3, 1) "
                 "on conflict (account, sha256) do update set refs = refs + 1",
                 blob.account, blob.sha256, blob.bytes)
        .run();
}

Status SqliteDocuments::release_blob(std::string_view account, std::string_view sha256) {
    return Query(db_, "update blobs set refs = refs - 1 where account = ?1 and sha256 = ?2 and refs > 0", account, sha256).run();
}

Result<std::vector<BlobRecord>> SqliteDocuments::idle_blobs(int limit) const {
    Query query(db_, "select account, sha256, bytes from blobs where refs = 0 order by account, sha256 limit ?1", limit);
    return all_rows(query, read_blob);
}

Result<std::int64_t> SqliteDocuments::blob_bytes() const {
    Query query(db_, "select coalesce(sum(bytes), 0) from blobs");
    TRY(query.next());
    return query.number(0);
}

Result<bool> SqliteDocuments::blob_known(std::string_view account, std::string_view sha256) const {
    return Query(db_, "select 1 from blobs where account = ?1 and sha256 = ?2", account, sha256).next();
}

Result<bool> SqliteDocuments::forget_blob(std::string_view account, std::string_view sha256) {
    TRY(Query(db_, "delete from blobs where account = ?1 and sha256 = ?2 and refs = 0", account, sha256).run());
    return db_.changes() == 1;
}

}  // namespace docwright
