// From a configuration to core on its data folder: for the server and for the commands that work on its state.
#pragma once

#include <memory>

#include "cli/configuration.h"
#include "cli/data_folder.h"
#include "core/core.h"

namespace docwright {

struct OpenedCore {
    DataFolder folder;
    std::unique_ptr<Core> core;
};

// `clock` and `random` outlive it.
Result<OpenedCore> open_core(const Configuration& configuration, Sharing sharing, Clock& clock, Random& random);

}  // namespace docwright
