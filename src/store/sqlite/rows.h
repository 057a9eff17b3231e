// Walking a query's rows into values.
#pragma once

#include <optional>
#include <vector>

#include "store/sqlite/connection.h"

namespace docwright {

template <class Record>
Result<std::optional<Record>> first_row(Query& query, Record (*read)(const Query&)) {
    if (!TRY(query.next())) return std::optional<Record>();
    return std::optional<Record>(read(query));
}

template <class Record>
Result<std::vector<Record>> all_rows(Query& query, Record (*read)(const Query&)) {
    std::vector<Record> records;
    while (TRY(query.next())) records.push_back(read(query));
    return records;
}

}  // namespace docwright
