// What the store keeps, as plain values. Times are microseconds since 1970 (UTC), 0 means "none"; an empty text means "none".
// Hashes are lower-case hex. States are stored as their words, so that a row can be read without this file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace docwright {

enum class AccountState { Active, Closed };
enum class CredentialState { Active, Revoked, Expired };
enum class DocumentState { Stored, Deleted, Expired };
enum class TaskState { Pending, InProgress, Waiting, Completed, Failed, Dead, Cancelled };

std::string_view word(AccountState state);
std::string_view word(CredentialState state);
std::string_view word(DocumentState state);
std::string_view word(TaskState state);
AccountState account_state(std::string_view word);  // asserts: only the store's own words come here
CredentialState credential_state(std::string_view word);
DocumentState document_state(std::string_view word);
TaskState task_state(std::string_view word);
bool is_final(TaskState state);  // nothing but a replay by hand moves it again

struct AccountRecord {
    std::string id;
    std::string name;
    std::string plan;  // empty: no credits, no limits
    AccountState state = AccountState::Active;
    Microseconds created_at = 0;
};

struct ApplicationRecord {
    std::string id;
    std::string account;
    std::string name;
    std::string note;
    Microseconds created_at = 0;
};

struct CredentialRecord {
    std::string client_id;
    std::string account;
    std::string application;
    std::string kind = "api";  // later also short-lived ones of a signed-in browser
    std::string scopes;        // words with one space between: "pdf docgen esign embed"
    std::string note;
    CredentialState state = CredentialState::Active;
    Microseconds created_at = 0;
    Microseconds last_used_at = 0;
    Microseconds expires_at = 0;
};

struct SecretRecord {
    std::string client_id;
    std::string hash;              // HMAC-SHA-256, hex
    Microseconds valid_until = 0;  // 0: until revoked
};

struct PlanRecord {
    std::string name;
    std::int64_t credits_per_period = -1;  // -1 in all of these: no limit
    std::int64_t period_days = 365;
    std::int64_t requests_per_minute = -1;
    std::int64_t concurrent_tasks = -1;
    std::int64_t upload_bytes = -1;
    std::int64_t retention_hours = -1;  // -1: the server's setting
};

struct BalanceRecord {
    std::string account;
    Microseconds period_start = 0;
    std::int64_t used = 0;
    std::int64_t reserved = 0;
    bool exhausted = false;  // the log already says so for this period
    bool low = false;        // likewise, that little is left
};

struct DocumentRecord {
    std::string id;
    std::string account;
    std::string lineage;  // id of the document it descends from, its own for an upload
    DocumentState state = DocumentState::Stored;
    std::string origin;  // upload, result, generated, imported
    std::string file_name;
    std::string media_type;
    std::uint64_t bytes = 0;
    std::string sha256;
    Microseconds created_at = 0;
    Microseconds expires_at = 0;  // every document and every link has one
};

struct ShareRecord {
    std::string token_hash;
    std::string account;
    std::string document;
    std::string credential;  // that made the link
    std::string file_name;   // empty: the document's
    Microseconds expires_at = 0;
};

struct BlobRecord {
    std::string account;
    std::string sha256;
    std::uint64_t bytes = 0;
};

struct TaskInputRecord {
    std::string document;
    std::string sha256;
    std::uint64_t bytes = 0;
    std::string file_name;
    Microseconds stored_at = 0;
};

struct TaskRecord {
    std::string id;
    std::string account;
    std::string credential;
    std::string lineage;
    TaskState state = TaskState::Pending;
    std::string operation;
    int version = 1;
    std::string lane;                     // which workers may take it: the engine's name, "-long" added for long work
    std::string values;                   // sorted JSON without anything secret
    std::string secrets;                  // JSON with passwords, wiped in the final state; never in an event, log or answer
    bool secrets_wiped = false;           // it had some: what is in them is needed to run it again
    std::string fingerprint;              // of operation, version, values and input hashes
    std::vector<TaskInputRecord> inputs;  // filled where the work needs them: lease_next, lapsed, find_with_inputs
    std::string result_document;          // chosen at submit, a document only once COMPLETED
    std::string result_data;              // JSON object
    std::string error_code;
    std::string error_message;
    std::string error_details;  // JSON object
    int progress = 0;
    int credits = 0;
    bool reserved = false;  // `credits` are held in the account's balance
    int attempts = 0;
    int losses = 0;   // attempts that ended with a lost engine
    int rescues = 0;  // attempts that ended with a lapsed lease
    std::int64_t lease_number = 0;
    std::string lease_owner;
    Microseconds lease_until = 0;
    Microseconds created_at = 0;
    Microseconds updated_at = 0;
    Microseconds started_at = 0;
    Microseconds due_at = 0;  // PENDING: not before
    std::string run;          // later: pipelines
    std::string stage;
    std::string item;
};

struct AnswerRecord {  // an answer kept for the repetition of its request
    std::string account;
    std::string key;
    std::string fingerprint;
    std::string answer;
    Microseconds expires_at = 0;
};

struct UsageRecord {
    std::string account;
    std::int64_t day = 0;  // since 1970-01-01
    std::string operation;
    std::string credential;
    std::string code;         // "COMPLETED" or the error code
    int duration_bucket = 0;  // floor(log2(milliseconds + 1)): a histogram by rows
    std::int64_t calls = 0;
    std::int64_t credits = 0;
    std::int64_t milliseconds = 0;
    std::int64_t bytes_in = 0;
    std::int64_t bytes_out = 0;
};

struct EventRecord {
    std::int64_t position = 0;  // order of the log; rises without a gap where there is one writer
    std::string account;
    std::string stream;
    std::string body;  // the exact bytes that are hashed
};

struct SealRecord {  // the Merkle tree of an account's log up to one of its records
    std::string account;
    std::int64_t size = 0;      // records of the account so far
    std::int64_t position = 0;  // of the last of them
    std::string root;           // 32 raw bytes
    std::string frontier;       // of the full subtrees, the largest first, 32 raw bytes each
};

struct PersonalRecord {
    std::string event;  // "id" of the record
    std::string salt;   // 16 raw bytes
    std::string part;   // canonical JSON
};

}  // namespace docwright
