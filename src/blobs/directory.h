// Blobs in a directory: FOLDER/blobs/ACCOUNT/ab/abcdef… by the first two digits of the hash, drafts without a name
// (O_TMPFILE) where the file system can, else in FOLDER/blobs/.drafts, which is emptied at open. Scratch files in FOLDER/scratch.
// Nothing is left of a draft when the process is killed.
#pragma once

#include <filesystem>
#include <memory>

#include "base/random.h"
#include "blobs/blobs.h"

namespace docwright {

struct DirectoryOptions {
    std::filesystem::path folder;
    bool durable = true;   // false: no fsync; simulations only
    bool nameless = true;  // false: as if the file system had no O_TMPFILE
    bool alone = true;     // this process is the only one that serves the folder: drafts of others are left-overs
};

Result<std::unique_ptr<Blobs>> open_directory_blobs(const DirectoryOptions& options, Random& random);

}  // namespace docwright
