#include "core/events/verify_streams.h"

#include <fmt/format.h>

#include "base/hash_file.h"
#include "core/events/types.h"
#include "core/events/verify_records.h"

namespace docwright {
namespace {

constexpr int kPage = 1'000;

std::string_view kind_of(std::string_view stream) { return stream.substr(0, stream.find('/')); }
std::string_view id_of(std::string_view stream) { return stream.substr(std::min(stream.find('/') + 1, stream.size())); }

// The task that a record is about; it names exactly one.
std::string task_of(const json::object& record) {
    const json::value* about = record.if_contains("about");
    if (!about || !about->is_array()) return {};
    for (const json::value& each : about->get_array()) {
        if (each.is_string() && each.get_string().starts_with("task/")) return std::string(id_of(each.get_string()));
    }
    return {};
}

std::string_view name_of(Subject subject) {
    switch (subject) {
        case Subject::Task: return "task";
        case Subject::Lease: return "lease";
        case Subject::Document: return "document";
        case Subject::Credential: return "credential";
        case Subject::Account: return "account";
        case Subject::Log: return "log";
    }
    return "";
}

}  // namespace

Status StreamWalk::walk() {
    std::string stream;
    std::int64_t position = 0;
    for (;;) {
        const std::vector<EventRecord> page = TRY(view_.events.in_stream_order(stream, position, kPage));
        for (const EventRecord& event : page) {
            if (event.stream != head_.stream) {
                TRY(end_stream());
                begin_stream(event);
            }
            take(event);
        }
        if (page.empty()) break;
        stream = page.back().stream;
        position = page.back().position;
    }
    TRY(end_stream());
    constexpr int kNamed = 20;
    for (const std::string& missing : TRY(view_.events.streams_without_record(kNamed))) {
        add_finding(verification_, 0, fmt::format("{} exists, but the log has no record of it", missing));
    }
    return success();
}

void StreamWalk::begin_stream(const EventRecord& event) {
    head_ = {.account = event.account, .stream = event.stream};
    chain_ = {};
    things_.clear();
    with_row_.clear();
    ++verification_.streams;
}

void StreamWalk::take(const EventRecord& event) {
    chain_ = chain_hash(chain_, event.body);
    ++head_.records;
    if (event.account != head_.account && kind_of(event.stream) != "credential") {
        add_finding(verification_, event.position,
                    fmt::format("of account {} stands in a stream of account {}", event.account, head_.account));
    }
    Result<json::value> parsed = parse_json(event.body);
    if (!parsed.ok() || !parsed.value().is_object()) return;  // the first walk has said so
    const json::object& record = parsed.value().get_object();
    const std::optional<EventType> type = event_type(text_at(record, "type"));
    if (!type) return;
    const std::string_view area = std::string_view(word(*type)).substr(0, word(*type).find('.'));
    const std::string_view kind = kind_of(event.stream);
    if (kind == "document" && area == "document") return move({Subject::Document, text_at(record, "document")}, *type, event, record);
    if (kind == "document" && area == "task") {
        const std::string task = task_of(record);
        move({Subject::Task, task}, *type, event, record);
        // The lease begins with the task's start and ends with whatever follows; the same table knows its moves.
        if (*type == EventType::TaskAccepted || *type == EventType::TaskReplayed)
            things_[{Subject::Lease, task}].state = "FREE";
        else if (*type != EventType::TaskCancelled || things_[{Subject::Lease, task}].state == "HELD")
            move({Subject::Lease, task}, *type, event, record);
        return;
    }
    if (kind == "credential") return move({Subject::Credential, std::string(id_of(event.stream))}, *type, event, record);
    if (kind == "account") return move({Subject::Account, std::string(id_of(event.stream))}, *type, event, record);
    if (kind == "log") return move({Subject::Log, std::string(id_of(event.stream))}, *type, event, record);
    add_finding(verification_, event.position, fmt::format("of type {} cannot stand in stream {}", word(*type), event.stream));
}

void StreamWalk::move(const Key& key, EventType type, const EventRecord& event, const json::object& record) {
    Thing& thing = things_[key];
    const std::optional<std::string_view> next = state_after(key.first, thing.state, type);
    if (!next) {
        add_finding(verification_, event.position,
                    fmt::format("says {} of {} {}, which cannot follow its state {}", word(type), name_of(key.first), key.second,
                                thing.state.empty() ? "(none)" : thing.state));
        return;
    }
    thing.state = *next;
    thing.position = event.position;
    if (key.first == Subject::Document) {
        const std::string sha256 = text_at(record, "sha256");
        if (!thing.sha256.empty() && sha256 != thing.sha256) {
            add_finding(verification_, event.position, fmt::format("gives document {} other bytes than it was created with", key.second));
        }
        thing.sha256 = sha256;
    }
    if (type == EventType::TaskStarted && key.first == Subject::Task) {
        const json::value* lease =
            record.contains("data") && record.at("data").is_object() ? record.at("data").get_object().if_contains("lease") : nullptr;
        const std::int64_t number = lease && lease->is_int64() ? lease->get_int64() : 0;
        if (number <= thing.lease) {
            add_finding(verification_, event.position,
                        fmt::format("starts task {} under lease {}, not above {}", key.second, number, thing.lease));
        }
        thing.lease = number;
    }
}

Status StreamWalk::end_stream() {
    if (head_.records == 0) return success();
    head_.hash = hex(chain_);
    on_head_(head_);
    const std::string id(id_of(head_.stream));
    const std::string_view kind = kind_of(head_.stream);
    if (kind == "document") {
        TRY(compare_documents(id));
        TRY(compare_tasks(id));
    } else if (kind == "credential") {
        TRY(compare_credential(id));
    } else if (kind == "account") {
        TRY(compare_account(id));
    }
    report_missing_rows();
    return success();
}

void StreamWalk::compare(const Key& key, std::string_view name, std::string_view row_state, std::string_view row_sha256) {
    with_row_.insert(key);
    auto thing = things_.find(key);
    if (thing == things_.end()) {
        return add_finding(verification_, 0,
                           fmt::format("{} {} exists, but its stream {} has no record of it", name, key.second, head_.stream));
    }
    if (thing->second.state != row_state) {
        add_finding(verification_, thing->second.position,
                    fmt::format("leaves {} {} in state {}, but it stands in state {}: a record is missing or the row was changed", name,
                                key.second, thing->second.state, row_state));
    }
    if (!row_sha256.empty() && thing->second.sha256 != row_sha256) {
        add_finding(verification_, thing->second.position,
                    fmt::format("names bytes {} of {} {}, its row says {}", thing->second.sha256, name, key.second, row_sha256));
    }
}

Status StreamWalk::compare_documents(const std::string& lineage) {
    for (const DocumentRecord& document : TRY(view_.events.documents_of_lineage(lineage))) {
        const Key key(Subject::Document, document.id);
        compare(key, "document", word(document.state), document.sha256);
        if (document.state != DocumentState::Stored) {
            ++verification_.ended_documents;
            continue;
        }
        TRY(compare_bytes(document, things_.contains(key) ? things_.at(key).position : 0));
    }
    return success();
}

Status StreamWalk::compare_tasks(const std::string& lineage) {
    for (const TaskRecord& task : TRY(view_.events.tasks_of_lineage(lineage))) {
        compare({Subject::Task, task.id}, "task", word(task.state));
        const Key lease(Subject::Lease, task.id);
        if (things_.contains(lease)) compare(lease, "lease of task", task.state == TaskState::InProgress ? "HELD" : "FREE");
    }
    return success();
}

Status StreamWalk::compare_credential(const std::string& client_id) {
    const std::optional<CredentialRecord> credential = TRY(view_.accounts.credential(client_id));
    if (credential) compare({Subject::Credential, client_id}, "credential", word(credential->state));
    return success();
}

Status StreamWalk::compare_account(const std::string& id) {
    const std::optional<AccountRecord> account = TRY(view_.accounts.account(id));
    if (account) compare({Subject::Account, id}, "account", word(account->state));
    return success();
}

void StreamWalk::report_missing_rows() {
    for (const auto& [key, thing] : things_) {
        if (key.first == Subject::Log || with_row_.contains(key)) continue;
        add_finding(verification_, thing.position, fmt::format("speaks of {} {}, which does not exist", name_of(key.first), key.second));
    }
}

Status StreamWalk::compare_bytes(const DocumentRecord& document, std::int64_t position) {
    Result<FileDescriptor> file = blobs_.open(document.account, document.sha256);
    if (!file.ok()) {
        // A server may work on: what has ended since the view was taken is no loss.
        const auto now = TRY(read_result(store_, [&](const View& view) { return view.documents.document(document.account, document.id); }));
        if (now && now->state == DocumentState::Stored) {
            add_finding(verification_, position, fmt::format("says that document {} is stored, but its bytes are gone", document.id));
        }
        return success();
    }
    Sha256Stream hash;
    const std::uint64_t bytes = hash_file(hash, file.value().get()).count;
    ++verification_.documents;
    verification_.bytes += static_cast<std::int64_t>(bytes);
    const std::string found = hex(hash.finish());
    if (found != document.sha256) {
        add_finding(verification_, position,
                    fmt::format("says that document {} has bytes {}, but the stored ones have {}", document.id, document.sha256, found));
    }
    return success();
}

}  // namespace docwright
