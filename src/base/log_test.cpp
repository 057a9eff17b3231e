#include "base/log.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/file_descriptor.h"

namespace docwright {
namespace {

TEST(Log, writes_one_json_line_and_leaves_out_empty_texts_and_low_levels) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    FileDescriptor reader(ends[0]), writer(ends[1]);
    ManualClock clock(1'500'000);
    Log log(writer.get(), LogLevel::Info, clock);
    log.debug("unseen");
    log.warning("seen", {{"text", "a\"\n"}, {"none", ""}, {"count", 3}, {"ms", 1.5}, {"yes", true}});
    char buffer[500];
    ssize_t count = read(reader.get(), buffer, sizeof buffer);
    ASSERT_GT(count, 0);
    EXPECT_EQ(
        std::string_view(buffer, static_cast<std::size_t>(count)),
        "{\"time\":\"1970-01-01T00:00:01.500000Z\",\"level\":\"warning\",\"event\":\"seen\",\"text\":\"a\\\"\\n\",\"count\":3,\"ms\":1."
        "500,\"yes\":true}\n");
}

}  // namespace
}  // namespace docwright
