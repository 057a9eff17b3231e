// Second walk of the verifier, stream by stream: every move allowed by the move table, every history ending where its row
// stands, every stored document's bytes as the log says.
#pragma once

#include <map>
#include <set>

#include "base/json.h"
#include "core/events/merkle.h"
#include "core/events/moves.h"
#include "core/events/verify.h"

namespace docwright {

class StreamWalk {
public:
    StreamWalk(const Store& store, const View& view, const Blobs& blobs, const OnStreamHead& on_head, Verification& verification)
        : store_(store), view_(view), blobs_(blobs), on_head_(on_head), verification_(verification) {}
    Status walk();

private:
    struct Thing {  // a document, task, credential … with its history so far
        std::string state;
        std::int64_t position = 0;  // of the record that moved it last
        std::string sha256;
        std::int64_t lease = 0;
    };
    using Key = std::pair<Subject, std::string>;

    void begin_stream(const EventRecord& event);
    void take(const EventRecord& event);
    void move(const Key& key, EventType type, const EventRecord& event, const json::object& record);
    Status end_stream();
    Status compare_documents(const std::string& lineage);
    Status compare_tasks(const std::string& lineage);
    Status compare_credential(const std::string& client_id);
    Status compare_account(const std::string& id);
    void compare(const Key& key, std::string_view name, std::string_view row_state, std::string_view row_sha256 = {});
    Status compare_bytes(const DocumentRecord& document, std::int64_t position);
    void report_missing_rows();

    const Store& store_;
    const View& view_;
    const Blobs& blobs_;
    const OnStreamHead& on_head_;
    Verification& verification_;

    StreamHead head_;  // of the stream at hand
    Sha256 chain_{};
    std::map<Key, Thing> things_;
    std::set<Key> with_row_;
};

}  // namespace docwright
