#include "api/platform/metrics.h"

#include <fmt/format.h>

#include <array>

namespace docwright::platform {
namespace {

// From a cached download to the longest task, three steps a decade.
constexpr std::array<double, 15> kBounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30, 120, 300};

double seconds(Microseconds time) { return static_cast<double>(time) / static_cast<double>(kMicrosecondsPerSecond); }

void head(std::string& out, std::string_view name, std::string_view kind, std::string_view help) {
    out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, kind);
}

}  // namespace

std::string label_value(std::string_view text) {
    std::string out;
    for (char letter : text) {
        if (letter == '"' || letter == '\\') out += '\\';
        if (letter == '\n') {
            out += "\\n";
        } else {
            out += letter;
        }
    }
    return out;
}

void Metrics::Histogram::add(Microseconds took) {
    if (buckets.empty()) buckets.resize(kBounds.size());
    count += 1;
    sum += took;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
        if (seconds(took) <= kBounds[i]) {
            buckets[i] += 1;
            return;
        }
    }
}

void Metrics::count_request(std::string_view route, int status, Microseconds took) {
    std::scoped_lock lock(mutex_);
    requests_[{std::string(route), std::to_string(status)}] += 1;
    request_seconds_[std::string(route)].add(took);
}

void Metrics::count_task(std::string_view operation, std::string_view code, Microseconds took) {
    std::scoped_lock lock(mutex_);
    tasks_[{std::string(operation), std::string(code)}] += 1;
    task_seconds_[std::string(operation)].add(took);
}

void Metrics::write(std::string& out, std::string_view name, std::string_view label, const std::map<std::string, Histogram>& histograms) {
    for (const auto& [key, histogram] : histograms) {
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < kBounds.size(); ++i) {
            below += histogram.buckets[i];
            out += fmt::format("{}_bucket{{{}=\"{}\",le=\"{}\"}} {}\n", name, label, label_value(key), kBounds[i], below);
        }
        out += fmt::format("{}_bucket{{{}=\"{}\",le=\"+Inf\"}} {}\n", name, label, label_value(key), histogram.count);
        out += fmt::format("{}_sum{{{}=\"{}\"}} {}\n", name, label, label_value(key), seconds(histogram.sum));
        out += fmt::format("{}_count{{{}=\"{}\"}} {}\n", name, label, label_value(key), histogram.count);
    }
}

std::string Metrics::text(const std::vector<Reading>& readings) const {
    std::scoped_lock lock(mutex_);
    std::string out;
    head(out, "requests_total", "counter", "Answered requests by route and status.");
    for (const auto& [labels, count] : requests_) {
        out += fmt::format("requests_total{{path=\"{}\",code=\"{}\"}} {}\n", label_value(labels.first), labels.second, count);
    }
    head(out, "request_seconds", "histogram", "Time from the head of a request to its answer.");
    write(out, "request_seconds", "path", request_seconds_);
    head(out, "tasks_total", "counter", "Runs of tasks by operation and outcome.");
    for (const auto& [labels, count] : tasks_) {
        out +=
            fmt::format("tasks_total{{operation=\"{}\",code=\"{}\"}} {}\n", label_value(labels.first), label_value(labels.second), count);
    }
    head(out, "task_seconds", "histogram", "Time of one run in an engine.");
    write(out, "task_seconds", "operation", task_seconds_);
    std::string_view last;
    for (const Reading& each : readings) {
        if (each.name != last) head(out, each.name, each.kind, each.help);
        last = each.name;
        out += each.labels.empty() ? fmt::format("{} {}\n", each.name, each.value)
                                   : fmt::format("{}{{{}}} {}\n", each.name, each.labels, each.value);
    }
    return out;
}

}  // namespace docwright::platform
