// What an account has used and been promised: kept answers of repeatable requests, balances, usage.
// const functions read, the others write.
#pragma once

#include <optional>

#include "base/result.h"
#include "store/records.h"

namespace docwright {

class LedgerStore {
public:
    virtual ~LedgerStore() = default;

    virtual Result<std::optional<AnswerRecord>> answer(std::string_view account, std::string_view key, Microseconds now) const = 0;
    virtual Status keep_answer(const AnswerRecord& answer) = 0;
    virtual Status forget_answers(Microseconds expired_before) = 0;

    virtual Result<std::optional<BalanceRecord>> balance(std::string_view account) const = 0;
    virtual Status put_balance(const BalanceRecord& balance) = 0;

    virtual Status count_usage(const UsageRecord& usage) = 0;  // adds to the row of the same account, day, operation …
    virtual Result<std::vector<UsageRecord>> usage(std::string_view account, std::int64_t first_day, std::int64_t last_day) const = 0;
};

}  // namespace docwright
