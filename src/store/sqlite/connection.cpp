#include "store/sqlite/connection.h"

#include <sqlite3.h>

namespace docwright {
namespace {

// The command line may write to the folder of a running server; each holds the file for milliseconds.
constexpr int kBusyMilliseconds = 10'000;

}  // namespace

void SqliteClose::operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
void SqliteClose::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, Use use, bool durable) {
    sqlite3* handle = nullptr;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (use == Use::Write ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    std::unique_ptr<Connection> connection(new Connection(handle));  // the constructor is private: make_unique cannot
    if (code != SQLITE_OK) return connection->error("The state cannot be opened.");
    sqlite3_busy_timeout(handle, kBusyMilliseconds);
    // A reader's cache is small: there are several, and pages come from the system's cache anyway.
    TRY(connection->run(use == Use::Write ? "pragma cache_size = -4096" : "pragma cache_size = -512; pragma query_only = on"));
    if (use == Use::Write) {
        // Each piece of a batch can be undone alone; what that takes is small, and a file for it would be made for every batch.
        TRY(connection->run("pragma temp_store = memory"));
        TRY(connection->run("pragma journal_mode = wal; pragma wal_autocheckpoint = 2000"));
        TRY(connection->run(durable ? "pragma synchronous = full" : "pragma synchronous = off"));
    }
    return connection;
}

Error Connection::error(std::string_view what) const {
    const char* words = handle_ ? sqlite3_errmsg(handle_.get()) : "out of memory";
    int code = handle_ ? sqlite3_extended_errcode(handle_.get()) : SQLITE_NOMEM;
    return Error{Fault::Internal, std::string(what), "sqlite " + std::to_string(code) + ": " + words, "STORAGE_ERROR"};
}

Status Connection::run(const char* sql) {
    if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error("The state cannot be read or written.");
    return success();
}

std::int64_t Connection::changes() const { return sqlite3_changes64(handle_.get()); }
bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

Result<sqlite3_stmt*> Connection::statement(const char* sql) {
    auto known = statements_.find(sql);
    if (known != statements_.end()) return known->second.get();
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr) != SQLITE_OK) {
        return error("The state cannot be read or written.");
    }
    statements_.emplace(sql, made);
    return made;
}

Query::Query(Start, Connection& connection, const char* sql) : connection_(connection) {
    Result<sqlite3_stmt*> statement = connection.statement(sql);
    if (statement.ok()) {
        statement_ = statement.value();
    } else {
        prepared_ = statement.error();
    }
}

Query::~Query() {
    if (statement_) sqlite3_reset(statement_);
}

void Query::bind(std::string_view text) {
    // An empty view may carry a null pointer, which SQLite would take for NULL.
    if (statement_) sqlite3_bind_text64(statement_, ++bound_, text.empty() ? "" : text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void Query::bind(std::int64_t number) {
    if (statement_) sqlite3_bind_int64(statement_, ++bound_, number);
}

void Query::bind(Bytes bytes) {
    if (statement_) sqlite3_bind_blob64(statement_, ++bound_, bytes.raw.data(), bytes.raw.size(), SQLITE_TRANSIENT);
}

Result<bool> Query::next() {
    if (!prepared_.ok()) return prepared_.error();
    int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return connection_.error("The state cannot be read or written.");
}

Status Query::run() {
    while (TRY(next())) {
    }
    return success();
}

std::string Query::text(int column) const {
    const void* bytes = sqlite3_column_blob(statement_, column);
    return bytes ? std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                 : std::string();
}

std::int64_t Query::number(int column) const { return sqlite3_column_int64(statement_, column); }

}  // namespace docwright
