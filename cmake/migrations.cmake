# The numbered SQL files of a store become one array of texts, in their order: kSqliteMigrations[0] makes version 1.
file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/store/migrations/sqlite/*.sql)
list(SORT migrations)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${migrations})
set(MIGRATION_TEXTS "")
foreach(migration ${migrations})
  file(READ ${migration} text)
  string(APPEND MIGRATION_TEXTS "    R\"sql(${text})sql\",\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/migrations_sqlite.h @ONLY CONTENT [[
#pragma once
namespace docwright {
inline constexpr const char* kSqliteMigrations[] = {
@MIGRATION_TEXTS@};
}
]])
