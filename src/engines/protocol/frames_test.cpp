#include "engines/protocol/frames.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <thread>

#include "engines/protocol/channel.h"

namespace docwright {
namespace {

Result<std::optional<Message>> taken(std::vector<std::string> packets, FrameReader reader = FrameReader()) {
    for (std::size_t i = 0; i + 1 < packets.size(); ++i) {
        auto none = reader.take(packets[i]);
        if (!none.ok() || none.value()) return none;
    }
    return reader.take(packets.back());
}

TEST(Frames, a_short_message_is_one_packet_and_comes_back) {
    std::vector<std::string> packets = packets_of(FrameKind::Progress, R"({"done":1,"total":2})");
    ASSERT_EQ(packets.size(), 1u);
    EXPECT_EQ(packets[0], "DW\x01\x33{\"done\":1,\"total\":2}");
    auto message = taken(packets);
    ASSERT_TRUE(message.ok() && message.value());
    EXPECT_EQ(message.value()->kind, FrameKind::Progress);
    EXPECT_EQ(message.value()->text, R"({"done":1,"total":2})");
}

TEST(Frames, a_long_message_goes_over_several_packets_of_limited_size) {
    std::string text(3 * limits::kFrameBytes, 'x');
    std::vector<std::string> packets = packets_of(FrameKind::Done, text);
    EXPECT_EQ(packets.size(), 4u);
    for (const std::string& packet : packets) EXPECT_LE(packet.size(), limits::kFrameBytes);
    auto message = taken(packets);
    ASSERT_TRUE(message.ok() && message.value());
    EXPECT_EQ(message.value()->text, text);
}

TEST(Frames, one_reader_reads_message_after_message) {
    FrameReader reader;
    for (int i = 0; i < 3; ++i) {
        auto message = reader.take(packets_of(FrameKind::Started, "{}").at(0));
        ASSERT_TRUE(message.ok() && message.value());
        EXPECT_EQ(message.value()->text, "{}");
    }
}

TEST(Frames, what_is_no_frame_is_refused) {
    for (std::string packet : {"", "D", "DW\x01", "XX\x01\x33{}", "DW\x02\x33{}", "DW\x01\x63{}"})
        EXPECT_FALSE(taken({packet}).ok()) << packet;
    EXPECT_FALSE(taken({"DW\x01\x33" + std::string(limits::kFrameBytes, 'x')}).ok());
}

TEST(Frames, a_message_without_end_is_refused_at_its_limit) {
    FrameReader reader;
    std::string more = "DW\x01\x01" + std::string(limits::kFrameBytes - kFrameHeadBytes, 'x');
    std::size_t taken_bytes = 0;
    while (reader.take(more).ok()) taken_bytes += more.size() - kFrameHeadBytes;
    EXPECT_LE(taken_bytes, limits::kEngineMessageBytes);
    EXPECT_GT(taken_bytes, limits::kEngineMessageBytes - limits::kFrameBytes);
}

TEST(Frames, more_frames_than_allowed_are_refused_with_a_reason) {
    FrameReader reader(2);
    EXPECT_TRUE(reader.take("DW\x01\x32{}").ok());
    EXPECT_TRUE(reader.take("DW\x01\x32{}").ok());
    auto third = reader.take("DW\x01\x32{}");
    ASSERT_FALSE(third.ok());
    EXPECT_EQ(third.error().reason, FrameReader::kTooManyFrames);
}

TEST(Channel, carries_descriptors_with_the_last_packet_of_a_message) {
    auto ends = socket_pair().take();
    FileDescriptor file(::dup(0));
    int number = file.get();
    std::thread sender([&] {
        EXPECT_EQ(send_message(ends[0].get(), FrameKind::Job, std::string(limits::kFrameBytes, 'x'), {&number, 1}).value(), Sent::Yes);
    });
    Packet first = receive_packet(ends[1].get(), 4, true).take();
    Packet last = receive_packet(ends[1].get(), 4, true).take();
    sender.join();
    EXPECT_TRUE(first.descriptors.empty());
    EXPECT_EQ(last.descriptors.size(), 1u);
}

TEST(Channel, refuses_descriptors_where_none_are_expected) {
    auto ends = socket_pair().take();
    int number = 0;
    ASSERT_TRUE(send_message(ends[0].get(), FrameKind::Progress, "{}", {&number, 1}).ok());
    Packet packet = receive_packet(ends[1].get(), 0, true).take();
    EXPECT_TRUE(packet.descriptors.empty());
    EXPECT_EQ(packet.bytes, "DW\x01\x33{}");
}

TEST(Channel, tells_nothing_there_from_closed) {
    auto ends = socket_pair().take();
    EXPECT_TRUE(receive_packet(ends[1].get(), 0, false).value().none);
    ends[0].reset();
    EXPECT_TRUE(receive_packet(ends[1].get(), 0, false).value().closed);
    EXPECT_EQ(send_message(ends[1].get(), FrameKind::Progress, "{}").value(), Sent::OtherEndClosed);
}

TEST(Channel, refuses_a_packet_beyond_the_limit) {
    auto ends = socket_pair().take();
    std::string packet(limits::kFrameBytes + 1, 'x');
    ASSERT_EQ(::send(ends[0].get(), packet.data(), packet.size(), 0), static_cast<ssize_t>(packet.size()));
    EXPECT_FALSE(receive_packet(ends[1].get(), 0, true).ok());
}

}  // namespace
}  // namespace docwright
