// Hashes over the log (contract/events.md, section 2; RFC 9162, 2.1).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/hashing.h"

namespace docwright {

Sha256 leaf_hash(std::string_view record);                           // SHA-256(00 ‖ record)
Sha256 node_hash(const Sha256& left, const Sha256& right);           // SHA-256(01 ‖ left ‖ right)
Sha256 chain_hash(const Sha256& previous, std::string_view record);  // SHA-256(previous ‖ record); the first: 32 zero bytes

// The tree over one account's records in log order; holds one hash per level.
class MerkleTree {
public:
    void add(const Sha256& leaf);
    Sha256 root() const;  // of an empty tree: SHA-256 of nothing
    std::int64_t size() const { return size_; }
    const std::vector<Sha256>& frontier() const { return frontier_; }
    // Going on from what was kept. `frontier` has one hash for each 1 bit of `size`.
    static MerkleTree continued(std::int64_t size, std::vector<Sha256> frontier);

private:
    std::int64_t size_ = 0;
    std::vector<Sha256> frontier_;  // full subtrees, the largest first: one for each 1 bit of size_
};

}  // namespace docwright
