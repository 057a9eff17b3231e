#include "core/events/verify_records.h"

#include <fmt/format.h>

#include "core/events/append.h"
#include "core/events/seal.h"
#include "core/events/types.h"

namespace docwright {
namespace {

constexpr int kPage = 1'000;              // records read at once
constexpr std::size_t kNamed = 20;        // findings and warnings that are kept; the first ones matter
constexpr std::size_t kUpToSeconds = 19;  // of "2026-11-24T05:50:26.123456Z"

}  // namespace

void add_finding(Verification& verification, std::int64_t position, std::string what) {
    if (verification.findings.size() < kNamed) verification.findings.push_back({position, std::move(what)});
}

void add_warning(Verification& verification, std::string what) {
    if (verification.warnings.size() < kNamed) verification.warnings.push_back(std::move(what));
}

std::string text_at(const json::object& record, std::string_view key) {
    const json::value* value = record.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

Status RecordWalk::walk() {
    for (;;) {
        const std::vector<EventRecord> page = TRY(events_.after(last_position_, kPage));
        for (const EventRecord& event : page) {
            check_place(event);
            trees_[event.account].add(leaf_hash(event.body));
            check_text(event);
            if (!record_.empty()) {
                check_order(event, record_);
                TRY(check_personal(event, record_));
            }
            TRY(check_seals(event.position));
            ++verification_.records;
        }
        if (page.empty()) break;
    }
    const std::int64_t handed_out = TRY(events_.last_position());
    if (handed_out != last_position_) {
        add_finding(verification_, last_position_ + 1,
                    fmt::format("missing: the log ends at record {}, but {} were written", last_position_, handed_out));
    }
    for (const auto& [account, tree] : trees_) verification_.logs.push_back({account, tree.size(), hex(tree.root())});
    return success();
}

// Each seal says what the tree of an account was after one record.
Status RecordWalk::check_seals(std::int64_t position) {
    while (true) {
        if (seals_.empty() && more_seals_) {
            const std::vector<SealRecord> page = TRY(events_.seals_after(last_seal_, kPage));
            seals_.assign(page.begin(), page.end());
            more_seals_ = !page.empty();
        }
        if (seals_.empty() || seals_.front().position > position) return success();
        const SealRecord seal = std::move(seals_.front());
        seals_.pop_front();
        last_seal_ = seal.position;
        verification_.sealed = seal.position;
        const MerkleTree& tree = trees_[seal.account];
        if (bad_seal_.contains(seal.account)) continue;
        if (tree.size() == seal.size && raw_bytes(tree.root()) == seal.root) {
            last_good_[seal.account] = seal.position;
            continue;
        }
        bad_seal_.insert(seal.account);  // all later ones differ as well
        // Placed at the end of the sealed range, so that whatever names a record exactly comes before it.
        const auto good = last_good_.find(seal.account);
        add_finding(verification_, seal.position,
                    fmt::format("or one of account {} before it, down to {}, was changed, dropped or added after it was sealed",
                                seal.account, good == last_good_.end() ? 1 : good->second + 1));
    }
}

void RecordWalk::check_place(const EventRecord& event) {
    if (event.position != last_position_ + 1) {
        add_finding(verification_, last_position_ + 1,
                    event.position == last_position_ + 2 ? fmt::format("missing: record {} follows {}", event.position, last_position_)
                                                         : fmt::format("missing, with all up to {}: record {} follows {}",
                                                                       event.position - 1, event.position, last_position_));
    }
    last_position_ = event.position;
}

// Canonical bytes, and the same account and stream as the row it lies in.
void RecordWalk::check_text(const EventRecord& event) {
    record_.clear();
    Result<json::value> parsed = parse_json(event.body);
    if (!parsed.ok() || !parsed.value().is_object()) return add_finding(verification_, event.position, "is no JSON object");
    Result<std::string> written = canonical_json(parsed.value());
    if (!written.ok() || written.value() != event.body || event.body.size() > kRecordBytes) {
        return add_finding(verification_, event.position, "is not in canonical form: its bytes were changed");
    }
    const json::object& record = parsed.value().get_object();
    const json::value* version = record.if_contains("v");
    if (!version || *version != 1) return add_finding(verification_, event.position, "has another format version than 1");
    if (text_at(record, "account") != event.account || text_at(record, "stream") != event.stream) {
        return add_finding(verification_, event.position,
                           fmt::format("lies in the row of {} {}, but says {} {}", event.account, event.stream, text_at(record, "account"),
                                       text_at(record, "stream")));
    }
    record_ = record;
}

// Ids rise in a log with one writer, so records that changed places show. Clocks may be set back, ids never are.
void RecordWalk::check_order(const EventRecord& event, const json::object& record) {
    const std::string id = text_at(record, "id");
    const std::string time = text_at(record, "time");
    if (id <= last_id_) {
        add_finding(verification_, event.position, fmt::format("is out of order: its id {} is not after {}", id, last_id_));
    }
    if (time.substr(0, kUpToSeconds) < last_time_.substr(0, kUpToSeconds)) {
        add_warning(verification_, fmt::format("record {}: time goes back from {} to {}", event.position, last_time_, time));
    }
    if (!event_type(text_at(record, "type"))) {
        add_warning(verification_, fmt::format("record {}: type {} is not known to this version and not checked", event.position,
                                               text_at(record, "type")));
    }
    last_id_ = id;
    last_time_ = time;
}

Status RecordWalk::check_personal(const EventRecord& event, const json::object& record) {
    const std::string commitment = text_at(record, "personal");
    if (commitment.empty()) return success();
    const std::optional<PersonalRecord> personal = TRY(events_.personal(text_at(record, "id")));
    if (!personal) {
        add_finding(verification_, event.position, "has lost its personal part, and no record says that it was erased");
    } else if (personal_commitment(personal->salt, personal->part) != commitment) {
        add_finding(verification_, event.position, "has a personal part that is not the one it was written with");
    }
    return success();
}

}  // namespace docwright
