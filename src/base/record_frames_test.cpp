#include "base/record_frames.h"

#include <gtest/gtest.h>

namespace docwright {
namespace {

TEST(RecordFrames, are_read_one_after_the_other) {
    FrameFile file("{\"record\":1,\"bytes\":4}\na\n{}{\"record\":2,\"error\":\"why\"}\n{\"record\":3,\"bytes\":0}\n");
    const RecordFrame first = *file.next().value();
    EXPECT_EQ(first.record, 1);
    EXPECT_EQ(first.bytes, "a\n{}");
    const RecordFrame second = *file.next().value();
    EXPECT_EQ(second.head.at("error").as_string(), "why");
    EXPECT_EQ(second.bytes, "");
    EXPECT_EQ(file.next().value()->record, 3);
    EXPECT_FALSE(file.next().value());
}

TEST(RecordFrames, that_are_cut_off_or_none_are_refused) {
    for (const char* text : {"x", "{}", "[]\n", "{\"bytes\":2}\na", "no json\n"}) EXPECT_FALSE(FrameFile(text).next().ok()) << text;
    EXPECT_TRUE(FrameFile("{\"bytes\":-5}\n").next().value()->bytes.empty());
}

}  // namespace
}  // namespace docwright
