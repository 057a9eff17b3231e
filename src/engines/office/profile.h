// The settings of one LibreOffice process: no macro, no link, no lock file, no history. Written into a new folder per process:
// an old profile saves no time at the start, and a new one cannot carry anything over.
#pragma once

#include <string>

#include "base/result.h"

namespace docwright::office {

// Makes `folder`/user and its settings file. Error: Internal: the folder cannot be written.
Status write_profile(const std::string& folder);

}  // namespace docwright::office
