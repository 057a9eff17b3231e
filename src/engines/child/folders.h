// Folders of the children of a kind that works on files: below /tmp, which such an engine has for itself (confinement.h).
#pragma once

#include <string>

#include "base/result.h"
#include "engines/child/kind.h"

namespace docwright {

// The parent, before each fork. Error: Unavailable with errno.
Result<ChildFolders> make_child_folders(std::string_view kind, std::int64_t number);

// The parent, after the child has ended. Links are removed, not followed.
void remove_child_folders(const ChildFolders& folders);

// The child, around each job. Nothing happens for a kind without folders. Error: Internal with errno.
Status make_job_folder(const ChildFolders& folders);
Status remove_job_folder(const ChildFolders& folders);

}  // namespace docwright
