// First walk of the verifier, in log order: each record by itself, its place, its personal part, and the trees.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "base/json.h"
#include "core/events/merkle.h"
#include "core/events/verify.h"

namespace docwright {

class RecordWalk {
public:
    RecordWalk(const EventStore& events, Verification& verification) : events_(events), verification_(verification) {}
    Status walk();

private:
    Status check_seals(std::int64_t position);
    void check_place(const EventRecord& event);
    void check_text(const EventRecord& event);
    void check_order(const EventRecord& event, const json::object& record);
    Status check_personal(const EventRecord& event, const json::object& record);

    const EventStore& events_;
    Verification& verification_;
    std::map<std::string, MerkleTree> trees_;
    std::int64_t last_position_ = 0;
    std::deque<SealRecord> seals_;  // the next ones by position
    std::int64_t last_seal_ = 0;
    bool more_seals_ = true;
    std::map<std::string, std::int64_t> last_good_;  // by account: position up to which its seals agree
    std::set<std::string> bad_seal_;
    std::string last_id_;
    std::string last_time_;
    json::object record_;  // of the record at hand, if its text is sound
};

void add_finding(Verification& verification, std::int64_t position, std::string what);
void add_warning(Verification& verification, std::string what);
std::string text_at(const json::object& record, std::string_view key);  // empty: missing or no text

}  // namespace docwright
