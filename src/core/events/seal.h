// Seals the log: extends each account's Merkle tree over the records written since, so that any later change of a record shows.
// Without a lock on the writers' way (contract/events.md, 2): a record is sealed within about a second of its commit.
#pragma once

#include "core/events/merkle.h"
#include "core/parts.h"

namespace docwright {

// Everything written so far. Gives how many records were sealed. For the timer, and at start and stop.
Result<int> seal_log(const Parts& parts);

std::string raw_bytes(const Sha256& hash);
MerkleTree tree_of(const SealRecord& seal);

}  // namespace docwright
