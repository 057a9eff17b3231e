#include "api/platform/metrics.h"

#include <gtest/gtest.h>

namespace docwright::platform {
namespace {

TEST(Metrics, counts_requests_by_route_and_status) {
    Metrics metrics;
    metrics.count_request("/tasks/{id}", 200, 2'000);
    metrics.count_request("/tasks/{id}", 200, 500'000'000);
    metrics.count_request("/tasks/{id}", 404, 1);
    std::string text = metrics.text({});
    EXPECT_TRUE(text.contains("requests_total{path=\"/tasks/{id}\",code=\"200\"} 2\n"));
    EXPECT_TRUE(text.contains("request_seconds_bucket{path=\"/tasks/{id}\",le=\"0.0025\"} 2\n"));
    EXPECT_TRUE(text.contains("request_seconds_bucket{path=\"/tasks/{id}\",le=\"300\"} 2\n"));
    EXPECT_TRUE(text.contains("request_seconds_bucket{path=\"/tasks/{id}\",le=\"+Inf\"} 3\n"));
}

TEST(Metrics, writes_one_head_for_readings_of_one_name) {
    Metrics metrics;
    std::string text = metrics.text({{"credits_remaining", "Left.", "account=\"a\"", 1},
                                     {"credits_remaining", "Left.", "account=\"b\"", 2},
                                     {"storage_bytes", "Kept.", "", 1e9}});
    EXPECT_EQ(text.find("# TYPE credits_remaining"), text.rfind("# TYPE credits_remaining"));
    EXPECT_TRUE(text.contains("credits_remaining{account=\"b\"} 2\n"));
    EXPECT_TRUE(text.contains("storage_bytes 1000000000\n"));
    EXPECT_TRUE(text.contains("# TYPE storage_bytes gauge\n"));
}

TEST(Metrics, tells_readings_that_never_fall_as_counters) {
    const std::string text = Metrics().text({{"engine_losses_total", "Lost.", "", 3, "counter"}});
    EXPECT_TRUE(text.contains("# TYPE engine_losses_total counter\nengine_losses_total 3\n"));
}

TEST(LabelValue, escapes_quotes_backslashes_and_line_ends) { EXPECT_EQ(label_value("a\"\\\n"), "a\\\"\\\\\\n"); }

}  // namespace
}  // namespace docwright::platform
