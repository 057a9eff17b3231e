// Counts for Prometheus, in its text format 0.0.4. Names as in contract/platform.md, 5, with our prefix-free spelling.
// Thread-safe. Labels come from fixed tables (route patterns, operation names), never from request text.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace docwright::platform {

struct Reading {  // of a number that somebody else keeps
    std::string name;
    std::string help;
    std::string labels;  // `account="…"`, or empty
    double value = 0;
    std::string_view kind = "gauge";  // or "counter", whose name ends in _total and whose value never falls
};

class Metrics {
public:
    void count_request(std::string_view route, int status, Microseconds took);
    void count_task(std::string_view operation, std::string_view code, Microseconds took);
    // Everything counted, then the readings, which the caller takes at this moment; those of one name in a row.
    std::string text(const std::vector<Reading>& readings) const;

private:
    struct Histogram {
        std::vector<std::uint64_t> buckets;  // cumulative counts come from these when written
        std::uint64_t count = 0;
        Microseconds sum = 0;
        void add(Microseconds took);
    };
    using Labels = std::pair<std::string, std::string>;
    static void write(std::string& out, std::string_view name, std::string_view label, const std::map<std::string, Histogram>& histograms);

    mutable std::mutex mutex_;
    std::map<Labels, std::uint64_t> requests_;  // route, status
    std::map<std::string, Histogram> request_seconds_;
    std::map<Labels, std::uint64_t> tasks_;  // operation, code
    std::map<std::string, Histogram> task_seconds_;
};

// A label value with its quotes, backslashes and line ends escaped.
std::string label_value(std::string_view text);

}  // namespace docwright::platform
