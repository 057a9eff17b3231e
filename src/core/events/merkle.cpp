#include "core/events/merkle.h"

#include <string>
#include <utility>

namespace docwright {
namespace {

void append_bytes(std::string& text, const Sha256& hash) { text.append(hash.begin(), hash.end()); }

}  // namespace

Sha256 leaf_hash(std::string_view record) {
    Sha256Stream stream;
    stream.add(std::string_view("\0", 1));
    stream.add(record);
    return stream.finish();
}

Sha256 node_hash(const Sha256& left, const Sha256& right) {
    std::string bytes(1, '\x01');
    append_bytes(bytes, left);
    append_bytes(bytes, right);
    return sha256(bytes);
}

Sha256 chain_hash(const Sha256& previous, std::string_view record) {
    std::string bytes;
    bytes.reserve(previous.size() + record.size());
    append_bytes(bytes, previous);
    bytes += record;
    return sha256(bytes);
}

void MerkleTree::add(const Sha256& leaf) {
    frontier_.push_back(leaf);
    // Two neighbours of one size become one: as often as size_ ends in 1 bits.
    for (std::int64_t ones = size_; (ones & 1) != 0; ones >>= 1) {
        const Sha256 right = frontier_.back();
        frontier_.pop_back();
        frontier_.back() = node_hash(frontier_.back(), right);
    }
    ++size_;
}

MerkleTree MerkleTree::continued(std::int64_t size, std::vector<Sha256> frontier) {
    MerkleTree tree;
    tree.size_ = size;
    tree.frontier_ = std::move(frontier);
    return tree;
}

Sha256 MerkleTree::root() const {
    if (frontier_.empty()) return sha256("");
    Sha256 root = frontier_.back();
    for (std::size_t place = frontier_.size() - 1; place > 0; --place) root = node_hash(frontier_[place - 1], root);
    return root;
}

}  // namespace docwright
