// One connection to SQLite and its prepared statements. The only header that knows sqlite3.
// Errors: Internal with reason STORAGE_ERROR; SQLite's own words in `detail`.
// Not thread-safe: one thread at a time.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace docwright {

struct SqliteClose {
    void operator()(sqlite3* handle) const noexcept;
    void operator()(sqlite3_stmt* statement) const noexcept;
};

class Connection {
public:
    enum class Use { Write, Read };
    static Result<std::unique_ptr<Connection>> open(const std::string& path, Use use, bool durable);

    Status run(const char* sql);  // any number of statements without parameters
    std::int64_t changes() const;
    bool in_transaction() const;  // false also after SQLite undid one by itself

private:
    friend class Query;
    explicit Connection(sqlite3* handle) : handle_(handle) {}
    Result<sqlite3_stmt*> statement(const char* sql);
    Error error(std::string_view what) const;

    std::unique_ptr<sqlite3, SqliteClose> handle_;
    // By the address of the literal: each use of a statement has its own text in the source.
    std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, SqliteClose>> statements_;
};

// One use of a statement: binds ?1, ?2 … in order, walks the rows, and is reset at its end.
// `sql` is a literal. The same literal must not be in use twice at a time.
class Query {
public:
    template <class... Values>
    Query(Connection& connection, const char* sql, const Values&... values) : Query(Start{}, connection, sql) {
        (bind(values), ...);
    }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query();

    Result<bool> next();  // is there a(nother) row?
    Status run();         // all rows, none wanted
    std::string text(int column) const;
    std::int64_t number(int column) const;

    struct Bytes {
        std::string_view raw;
    };

private:
    struct Start {};
    Query(Start, Connection& connection, const char* sql);
    void bind(std::string_view text);
    void bind(const std::string& text) { bind(std::string_view(text)); }
    void bind(const char* text) { bind(std::string_view(text)); }
    void bind(std::int64_t number);
    void bind(std::uint64_t number) { bind(static_cast<std::int64_t>(number)); }
    void bind(int number) { bind(static_cast<std::int64_t>(number)); }
    void bind(bool flag) { bind(static_cast<std::int64_t>(flag)); }
    void bind(Bytes bytes);

    Connection& connection_;
    sqlite3_stmt* statement_ = nullptr;
    int bound_ = 0;
    Status prepared_ = success();
};

// What a caller's work gives. What it throws becomes an error: the connection and those who wait for it must not be lost with it.
template <class Work, class... Arguments>
Status outcome_of(const Work& work, Arguments&... arguments) {
    try {
        return work(arguments...);
    } catch (const std::exception& thrown) {
        return Error{Fault::Internal, "The server made a mistake while it worked on its state.", thrown.what()};
    }
}

}  // namespace docwright
