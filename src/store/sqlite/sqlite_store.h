// The store on SQLite: one file in WAL mode, durable at every commit (synchronous=FULL).
// Writers meet in a queue: whoever comes first runs all work that waits, each piece in a savepoint of one transaction, and
// commits once; the others only wait for that commit. So N callers cost one fsync, and a caller alone hands nothing over.
// Readers have connections of their own and never wait for a writer.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "store/store.h"

namespace docwright {

constexpr std::string_view kSqliteFileName = "docwright.db";  // in a data folder; -wal and -shm lie beside it

struct SqliteOptions {
    std::string path;
    bool durable = true;    // false: no fsync at all; simulations only
    bool existing = false;  // true: only to read what is there; no file is made and no migration run
    int readers = 3;        // connections; a read takes microseconds, so few are enough
};

// Opens or creates the file and runs the migrations that it lacks.
// Error: Internal with STORAGE_ERROR; Unsupported for a file that a newer, incompatible version wrote.
Result<std::unique_ptr<Store>> open_sqlite_store(const SqliteOptions& options);

}  // namespace docwright
