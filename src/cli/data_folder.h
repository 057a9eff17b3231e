// The folder that holds everything an installation keeps:
//   docwright.db          state (store/sqlite)          blobs/, scratch/   bytes (blobs/directory)
//   credential.key        key of the hash of secrets    credentials.env    the first credential, for its owner to take away
//   server.lock           held by the one server that serves the folder
// Keys and credentials have mode 600, the folder 700.
#pragma once

#include <filesystem>
#include <string>

#include "base/file_descriptor.h"
#include "base/random.h"
#include "base/result.h"
#include "store/sqlite/sqlite_store.h"

namespace docwright {

struct DataFolder {
    std::filesystem::path path;
    std::string credential_key;
    FileDescriptor lock;  // not open: the folder is shared with a server that may be running

    std::filesystem::path database() const { return path / kSqliteFileName; }
    std::filesystem::path credentials() const { return path / "credentials.env"; }
};

enum class Sharing { Alone, WithServer };

// Makes folder and key where they are missing. Error: Internal with STORAGE_ERROR; Conflict when another server holds it.
Result<DataFolder> open_data_folder(const std::string& path, Sharing sharing, Random& random);

// Writes a private file whole or not at all.
Status write_private_file(const std::filesystem::path& path, std::string_view text);
Result<std::string> read_small_file(const std::filesystem::path& path);  // NotFound when it is not there

}  // namespace docwright
