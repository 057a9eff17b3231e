#include "core/events/seal.h"

#include <algorithm>
#include <map>

namespace docwright {
namespace {

constexpr int kPerTransaction = 1'000;  // contract/events.md, 2

struct Growing {
    MerkleTree tree;
    std::int64_t position = 0;
};

Result<MerkleTree> tree_so_far(const EventStore& events, const std::string& account) {
    const std::optional<SealRecord> seal = TRY(events.last_seal(account));
    return seal ? tree_of(*seal) : MerkleTree();
}

Status write_seals(EventStore& events, const std::map<std::string, Growing>& grown) {
    for (const auto& [account, growing] : grown) {
        SealRecord seal{.account = account, .size = growing.tree.size(), .position = growing.position};
        seal.root = raw_bytes(growing.tree.root());
        for (const Sha256& hash : growing.tree.frontier()) seal.frontier += raw_bytes(hash);
        TRY(events.add_seal(seal));
    }
    return success();
}

}  // namespace

std::string raw_bytes(const Sha256& hash) { return {hash.begin(), hash.end()}; }

MerkleTree tree_of(const SealRecord& seal) {
    std::vector<Sha256> frontier(seal.frontier.size() / sizeof(Sha256));
    for (std::size_t index = 0; index < frontier.size(); ++index) {
        std::ranges::copy(seal.frontier.substr(index * sizeof(Sha256), sizeof(Sha256)), frontier[index].begin());
    }
    return MerkleTree::continued(seal.size, std::move(frontier));
}

Result<int> seal_log(const Parts& parts) {
    int sealed = 0;
    for (;;) {
        const bool nothing_new = TRY(read_result(parts.store, [](const View& view) -> Result<bool> {
            return TRY(view.events.last_position()) == TRY(view.events.sealed_position());
        }));
        if (nothing_new) return sealed;
        const int count = TRY(write_result(parts.store, [](Transaction& transaction) -> Result<int> {
            std::map<std::string, Growing> grown;
            const auto records = TRY(transaction.events.after(TRY(transaction.events.sealed_position()), kPerTransaction));
            for (const EventRecord& event : records) {
                auto entry = grown.find(event.account);
                if (entry == grown.end()) {
                    entry = grown.emplace(event.account, Growing{.tree = TRY(tree_so_far(transaction.events, event.account))}).first;
                }
                entry->second.tree.add(leaf_hash(event.body));
                entry->second.position = event.position;
            }
            TRY(write_seals(transaction.events, grown));
            return static_cast<int>(records.size());
        }));
        if (count == 0) return sealed;  // the newest records are missing: for the verifier to say
        sealed += count;
    }
}

}  // namespace docwright
