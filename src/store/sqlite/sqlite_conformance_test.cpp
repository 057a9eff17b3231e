// SQLite passes the suite of store/conformance/.
#include "base/temporary_folder.h"
#include "store/conformance/store_under_test.h"
#include "store/sqlite/sqlite_store.h"

namespace docwright {
namespace {

OpenStore fresh_sqlite_place() {
    // Shared with nobody: std::function wants to be copyable.
    auto folder = std::make_shared<TemporaryFolder>();
    return [folder] { return open_sqlite_store({.path = (folder->path / kSqliteFileName).string(), .durable = false}); };
}

const StoreKind kSqlite{.name = "sqlite", .fresh_place = fresh_sqlite_place};
std::string kind_name(const testing::TestParamInfo<StoreKind>& test) { return test.param.name; }

}  // namespace

INSTANTIATE_TEST_SUITE_P(, StoreTransactions, testing::Values(kSqlite), kind_name);
INSTANTIATE_TEST_SUITE_P(, StoreAccounts, testing::Values(kSqlite), kind_name);
INSTANTIATE_TEST_SUITE_P(, StoreDocuments, testing::Values(kSqlite), kind_name);
INSTANTIATE_TEST_SUITE_P(, StoreQueue, testing::Values(kSqlite), kind_name);
INSTANTIATE_TEST_SUITE_P(, StoreLedger, testing::Values(kSqlite), kind_name);
INSTANTIATE_TEST_SUITE_P(, StoreEvents, testing::Values(kSqlite), kind_name);

}  // namespace docwright
