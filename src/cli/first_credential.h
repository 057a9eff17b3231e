// The first start: one account with one credential pair, shown once and left in credentials.env for its owner.
#pragma once

#include <optional>
#include <string>

#include "cli/data_folder.h"
#include "core/core.h"

namespace docwright {

struct FirstCredential {
    std::string client_id;
    std::string client_secret;
};

// The pair that was made now; nothing when the installation has credentials already. The file is written before the store
// knows the pair: a start that is killed in between goes on with the same pair.
Result<std::optional<FirstCredential>> make_first_credential(Core& core, const DataFolder& folder, Random& random, const std::string& host);

// credentials.env names the address of this start, as long as the file is there.
Status note_host(const DataFolder& folder, const std::string& host);

}  // namespace docwright
