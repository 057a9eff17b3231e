#include "core/events/append.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "base/hashing.h"
#include "core/events/merkle.h"
#include "core/events/moves.h"

namespace docwright {
namespace {

// contract/events.md, section 8.
constexpr std::string_view kFirst =
    R"({"account":"acc_1","actor":{"id":"cred_1","kind":"credential"},"data":{"origin":"upload"},"document":"doc_1","id":"evt_1",)"
    R"("personal":"7adfe73311e15443b9a7e5bec68292737ed4f9d8215430f80aae2d4293898fb8",)"
    R"("sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","stream":"document/doc_1",)"
    R"("time":"2026-11-24T05:50:26.123456Z","type":"document.created","v":1})";
constexpr std::string_view kSecond =
    R"({"account":"acc_1","actor":{"id":"cred_1","kind":"credential"},"id":"evt_2","stream":"document/doc_1",)"
    R"("time":"2026-11-24T05:50:27.000000Z","type":"document.downloaded","v":1})";

TEST(EventVector, records_are_their_own_canonical_form) {
    EXPECT_EQ(kFirst.size(), 371U);
    EXPECT_EQ(kSecond.size(), 174U);
    for (std::string_view record : {kFirst, kSecond}) EXPECT_EQ(canonical_json(parse_json(record).take()).value(), record);
}

TEST(EventVector, personal_part_is_committed_to_with_its_salt) {
    std::string salt;
    for (char byte = 0; byte < 16; ++byte) salt += byte;
    EXPECT_EQ(personal_commitment(salt, R"({"fileName":"cv.pdf","ip":"192.0.2.7"})"),
              "7adfe73311e15443b9a7e5bec68292737ed4f9d8215430f80aae2d4293898fb8");
}

TEST(EventVector, leaves_chain_and_root_are_those_of_the_contract) {
    EXPECT_EQ(hex(leaf_hash(kFirst)), "813f6427a02723e413763770083c38d28aad4f9bad064f6fdf9d10fe195f0aa3");
    EXPECT_EQ(hex(leaf_hash(kSecond)), "0a75ca489e62b0e58394e0088cce17b42526f5e714661bccc6568b31bececd30");
    const Sha256 first = chain_hash(Sha256{}, kFirst);
    EXPECT_EQ(hex(first), "0ee86802aff7de0986994e422c8dc88b8dc50ba83493881952ab3357c8b7247b");
    EXPECT_EQ(hex(chain_hash(first, kSecond)), "68fe4f45aa47c1ace724ebfe92b1402908a99cff1e2f0de9774a044ac1b05331");
    MerkleTree tree;
    tree.add(leaf_hash(kFirst));
    tree.add(leaf_hash(kSecond));
    EXPECT_EQ(hex(tree.root()), "6354e07e9b294dc4b63fb21e9d4df9b2f86f4db78da570b2d64d1a769e25e2df");
}

// RFC 9162, 2.1.1: the left part is the largest power of two below the size.
Sha256 root_by_definition(const std::vector<Sha256>& leaves) {
    if (leaves.size() == 1) return leaves.front();
    std::size_t left = 1;
    while (left * 2 < leaves.size()) left *= 2;
    return node_hash(root_by_definition({leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(left)}),
                     root_by_definition({leaves.begin() + static_cast<std::ptrdiff_t>(left), leaves.end()}));
}

TEST(MerkleTree, grows_to_the_root_that_the_definition_gives) {
    MerkleTree tree;
    std::vector<Sha256> leaves;
    for (int size = 1; size <= 70; ++size) {
        leaves.push_back(leaf_hash(std::to_string(size)));
        tree.add(leaves.back());
        ASSERT_EQ(tree.root(), root_by_definition(leaves)) << size;
    }
}

TEST(EventId, rises_within_a_millisecond_and_when_the_clock_is_set_back) {
    SeededRandom random(7);
    std::string last;
    for (int turn = 0; turn < 1'000; ++turn) {
        const std::string next = next_event_id(last, 1'000'000 - turn * 500, random);
        ASSERT_GT(next, last);
        ASSERT_EQ(next.size(), 30U);
        last = next;
    }
}

TEST(Moves, every_state_and_move_not_in_the_table_is_refused) {
    const std::string_view states[] = {"",        "PENDING", "IN_PROGRESS", "WAITING", "COMPLETED", "FAILED", "DEAD", "CANCELLED", "STORED",
                                       "DELETED", "EXPIRED", "ACTIVE",      "REVOKED", "CLOSED",    "FREE",   "HELD", "OPEN"};
    const Subject subjects[] = {Subject::Task, Subject::Lease, Subject::Document, Subject::Credential, Subject::Account, Subject::Log};
    std::vector<std::string_view> moves;
    for (const MoveRow& row : move_table()) moves.push_back(row.move);
    std::size_t allowed = 0;
    for (Subject subject : subjects) {
        for (std::string_view state : states) {
            for (std::string_view move : std::set(moves.begin(), moves.end())) {
                const auto row = std::ranges::find_if(
                    move_table(), [&](const MoveRow& each) { return each.subject == subject && each.from == state && each.move == move; });
                const Result<EventType> checked = check_move(subject, state, move);
                ASSERT_EQ(checked.ok(), row != move_table().end());
                if (!checked.ok()) continue;
                ++allowed;
                EXPECT_EQ(checked.value(), row->event);
                EXPECT_EQ(state_after(subject, state, row->event), row->to);
            }
        }
    }
    EXPECT_EQ(allowed, move_table().size()) << "a row of the table is double or names a state that does not exist";
}

TEST(Moves, of_tasks_are_drawn_in_the_documentation_as_they_are) {
    std::string drawn;
    std::ifstream page(DOCWRIGHT_SOURCE_FOLDER "/docs/architecture.md");
    for (std::string line; std::getline(page, line);) {
        if (line.contains(" --> ")) drawn += line + "\n";
    }
    std::string table;
    for (const MoveRow& row : move_table()) {
        if (row.subject != Subject::Task) continue;
        table += fmt::format("    {} --> {} : {}\n", row.from.empty() ? "[*]" : row.from, row.to, row.move);
    }
    EXPECT_EQ(drawn, table);
}

TEST(Moves, nothing_leaves_a_final_state_but_a_replay) {
    for (const MoveRow& row : move_table()) {
        if (row.subject != Subject::Task || row.from.empty()) continue;
        if (row.from == "COMPLETED" || row.from == "CANCELLED") ADD_FAILURE() << row.from << " " << row.move;
        if (row.from == "FAILED" || row.from == "DEAD") {
            EXPECT_EQ(row.move, "replay");
        }
    }
}

}  // namespace
}  // namespace docwright
