// What `docwright` tells the shell. In the manual: docs/operations.md.
#pragma once

namespace docwright {

constexpr int kExitGood = 0;
constexpr int kExitFailed = 1;       // something asked for could not be done; its message is on standard error
constexpr int kExitUsage = 2;        // the command line or the configuration is wrong
constexpr int kExitNotAnchored = 3;  // audit verify: nothing wrong found, but no signed checkpoint vouches for the end of the log

}  // namespace docwright
