#include "store/sqlite/rows.h"
#include "store/sqlite/tables.h"

namespace docwright {
namespace {

AnswerRecord read_answer(const Query& row) { return {row.text(0), row.text(1), row.text(2), row.text(3), row.number(4)}; }

BalanceRecord read_balance(const Query& row) {
    return {row.text(0), row.number(1), row.number(2), row.number(3), row.number(4) != 0, row.number(5) != 0};
}

UsageRecord read_usage(const Query& row) {
    return {row.text(0),   row.number(1), row.text(2),   row.text(3),   row.text(4),   static_cast<int>(row.number(5)),
            row.number(6), row.number(7), row.number(8), row.number(9), row.number(10)};
}

}  // namespace

Result<std::optional<AnswerRecord>> SqliteLedger::answer(std::string_view account, std::string_view key, Microseconds now) const {
    Query query(db_,
                "select account, key, fingerprint, answer, expires_at from answers where account = ?1 and key = ?2 and expires_at > ?3",
                account, key, now);
    return first_row(query, read_answer);
}

Status SqliteLedger::keep_answer(const AnswerRecord& answer) {
    return Query(db_, "insert or replace into answers (account, key, fingerprint, answer, expires_at) values (?1, ?2, ?3, ?4, ?5)",
                 answer.account, answer.key, answer.fingerprint, answer.answer, answer.expires_at)
        .run();
}

Status SqliteLedger::forget_answers(Microseconds expired_before) {
    return Query(db_, "delete from answers where expires_at < ?1", expired_before).run();
}

Result<std::optional<BalanceRecord>> SqliteLedger::balance(std::string_view account) const {
    Query query(db_, "select account, period_start, used, reserved, exhausted, low from balances where account = ?1", account);
    return first_row(query, read_balance);
}

Status SqliteLedger::put_balance(const BalanceRecord& balance) {
    return Query(db_,
                 "insert or replace into balances (account, period_start, used, reserved, exhausted, low) values (?1, ?2, ?3, ?4, ?5, ?6)",
                 balance.account, balance.period_start, balance.used, balance.reserved, balance.exhausted, balance.low)
        .run();
}

Status SqliteLedger::count_usage(const UsageRecord& usage) {
    return Query(db_,
                 "insert into usage (account, day, operation, credential, code, duration_bucket, calls, credits, milliseconds, bytes_in, "
                 "bytes_out) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
                 "on conflict (account, day, operation, credential, code, duration_bucket) do update set calls = calls + excluded.calls, "
                 "credits = credits + excluded.credits, milliseconds = milliseconds + excluded.milliseconds, "
                 "bytes_in = bytes_in + excluded.bytes_in, bytes_out = bytes_out + excluded.bytes_out",
                 usage.account, usage.day, usage.operation, usage.credential, usage.code, usage.duration_bucket, usage.calls, usage.credits,
                 usage.milliseconds, usage.bytes_in, usage.bytes_out)
        .run();
}

Result<std::vector<UsageRecord>> SqliteLedger::usage(std::string_view account, std::int64_t first_day, std::int64_t last_day) const {
    Query query(db_,
                "select account, day, operation, credential, code, duration_bucket, calls, credits, milliseconds, bytes_in, bytes_out "
                "from usage where ?1 in ('', account) and day between ?2 and ?3 "
                "order by account, day, operation, credential, code, duration_bucket",
                account, first_day, last_day);
    return all_rows(query, read_usage);
}

}  // namespace docwright
