#include "outgoing/address_policy.h"

#include <gtest/gtest.h>

namespace docwright {
namespace {

struct PublicCase {
    const char* address;
    bool is_public;
};
// The first and last address of every refused range, and their neighbours outside.
const PublicCase kPublicCases[] = {
    {"0.0.0.0", false},
    {"0.255.255.255", false},
    {"1.0.0.0", true},
    {"9.255.255.255", true},
    {"10.0.0.0", false},
    {"10.255.255.255", false},
    {"11.0.0.0", true},
    {"100.63.255.255", true},
    {"100.64.0.0", false},
    {"100.100.100.200", false},
    {"100.127.255.255", false},
    {"100.128.0.0", true},
    {"126.255.255.255", true},
    {"127.0.0.1", false},
    {"127.255.255.255", false},
    {"128.0.0.0", true},
    {"168.63.129.15", true},
    {"168.63.129.16", false},
    {"168.63.129.17", true},
    {"169.253.255.255", true},
    {"169.254.0.0", false},
    {"169.254.169.254", false},
    {"169.254.255.255", false},
    {"169.255.0.0", true},
    {"172.15.255.255", true},
    {"172.16.0.0", false},
    {"172.31.255.255", false},
    {"172.32.0.0", true},
    {"192.0.0.0", false},
    {"192.0.0.192", false},
    {"192.0.1.0", true},
    {"192.0.2.1", false},
    {"192.88.99.1", false},
    {"192.167.255.255", true},
    {"192.168.0.0", false},
    {"192.168.255.255", false},
    {"192.169.0.0", true},
    {"198.17.255.255", true},
    {"198.18.0.0", false},
    {"198.19.255.255", false},
    {"198.20.0.0", true},
    {"198.51.100.7", false},
    {"203.0.113.7", false},
    {"223.255.255.255", true},
    {"224.0.0.1", false},
    {"239.255.255.255", false},
    {"240.0.0.1", false},
    {"255.255.255.255", false},
    {"8.8.8.8", true},
    {"::", false},
    {"::1", false},
    {"::127.0.0.1", false},
    {"::8.8.8.8", false},
    {"::ffff:127.0.0.1", false},
    {"::ffff:10.0.0.1", false},
    {"::ffff:8.8.8.8", true},
    {"64:ff9b::7f00:1", false},
    {"64:ff9b::a9fe:a9fe", false},
    {"64:ff9b::808:808", true},
    {"64:ff9b:1::808:808", false},
    {"100::1", false},
    {"2002:7f00:1::", false},
    {"2002:a00:1::1", false},
    {"2002:c0a8:101::", false},
    {"2002:808:808::1", true},
    {"2001:0:7f00:1::", false},
    {"2001:0:808:808:0:0:f5ff:fffe", false},
    {"2001:0:808:808:0:0:f7f7:f7f7", true},
    {"2001:2::1", false},
    {"2001:10::1", false},
    {"2001:20::1", false},
    {"2001:1ff:ffff::", false},
    {"2001:200::1", true},
    {"2001:db8::1", false},
    {"3fff::1", false},
    {"3fff:1000::1", true},
    {"2606:4700::1111", true},
    {"2606:4700::5efe:10.0.0.1", false},
    {"2606:4700::200:5efe:192.168.0.1", false},
    {"2606:4700::5efe:8.8.8.8", true},
    {"4000::1", false},
    {"5f00::1", false},
    {"fc00::1", false},
    {"fd00:ec2::254", false},
    {"fdff:ffff::1", false},
    {"fe80::1", false},
    {"febf::1", false},
    {"fec0::1", false},
    {"ff02::1", false},
    {"ffff::1", false},
};

TEST(AddressPolicy, only_addresses_of_the_open_internet_are_public) {
    for (const PublicCase& test : kPublicCases) {
        const auto address = parse_address(test.address);
        ASSERT_TRUE(address) << test.address;
        EXPECT_EQ(is_public(*address), test.is_public) << test.address;
    }
}

AddressPolicy policy_of(std::vector<std::string> entries) {
    Result<AddressPolicy> policy = parse_address_policy(entries);
    EXPECT_TRUE(policy.ok()) << policy.error().message;
    return std::move(policy).take();
}

struct JudgeCase {
    const char* says;
    std::vector<std::string> allow_list;
    const char* url;
    const char* resolves_to;
    bool allowed;
};
const JudgeCase kJudgeCases[] = {
    {"a_public_name_is_open", {}, "http://example.com/", "8.8.8.8", true},
    {"a_name_of_a_private_address_is_refused", {}, "http://example.com/", "10.0.0.1", false},
    {"another_port_is_refused", {}, "http://example.com:8080/", "8.8.8.8", false},
    {"https_at_port_80_is_as_good", {}, "https://example.com:80/", "8.8.8.8", true},
    {"a_listed_name_is_open_wherever_it_is", {"inner.example"}, "http://inner.example/", "10.0.0.1", true},
    {"a_listed_name_is_read_as_browsers_do", {"Inner.Example."}, "http://INNER.example./", "10.0.0.1", true},
    {"a_listed_name_opens_no_other_port", {"inner.example"}, "http://inner.example:8080/", "10.0.0.1", false},
    {"a_listed_name_opens_no_other_name", {"inner.example"}, "http://not-inner.example/", "10.0.0.1", false},
    {"a_listed_name_opens_no_name_below", {"inner.example"}, "http://a.inner.example/", "10.0.0.1", false},
    {"a_name_with_a_port_opens_it", {"inner.example:8080"}, "http://inner.example:8080/", "10.0.0.1", true},
    {"a_name_with_a_port_opens_no_other", {"inner.example:8080"}, "http://inner.example/", "10.0.0.1", false},
    {"a_range_opens_the_addresses_of_names", {"10.1.0.0/16"}, "http://inner.example/", "10.1.255.1", true},
    {"a_range_opens_nothing_beside_it", {"10.1.0.0/16"}, "http://inner.example/", "10.2.0.1", false},
    {"a_range_opens_a_written_address", {"127.0.0.0/8"}, "http://127.1/", "127.0.0.1", true},
    {"a_range_opens_the_mapped_form", {"127.0.0.1"}, "http://[::ffff:127.0.0.1]/", "127.0.0.1", true},
    {"a_range_with_a_port_opens_it", {"10.1.0.0/16:8080"}, "http://inner.example:8080/", "10.1.0.1", true},
    {"a_range_with_a_port_opens_no_other", {"10.1.0.0/16:8080"}, "http://inner.example/", "10.1.0.1", false},
    {"an_address_with_a_port_opens_it", {"127.0.0.1:9000"}, "http://127.0.0.1:9000/", "127.0.0.1", true},
    {"a_v6_address_is_listed_with_or_without_brackets", {"::1", "[fd00::1]:8443"}, "https://[fd00::1]:8443/", "fd00::1", true},
    {"a_v6_range_opens_it", {"fd00::/8"}, "http://inner.example/", "fd12::1", true},
    {"a_v4_range_does_not_open_what_carries_it", {"10.0.0.0/8"}, "http://inner.example/", "64:ff9b::a00:1", false},
    {"everything_may_be_opened", {"0.0.0.0/0", "::/0"}, "http://inner.example/", "127.0.0.1", true},
    {"a_port_of_a_public_address_may_be_opened", {"0.0.0.0/0:8080"}, "http://example.com:8080/", "8.8.8.8", true},
};

TEST(AddressPolicy, opens_what_is_public_or_listed) {
    for (const JudgeCase& test : kJudgeCases) {
        const AddressPolicy policy = policy_of(test.allow_list);
        const Result<Target> target = parse_target(test.url);
        ASSERT_TRUE(target.ok()) << test.says;
        const Status judged = judge_address(target.value(), *parse_address(test.resolves_to), policy);
        EXPECT_EQ(judged.ok(), test.allowed) << test.says;
        EXPECT_EQ(judged.ok() ? "" : judged.error().reason, test.allowed ? "" : "FETCH_FAILED") << test.says;
        EXPECT_TRUE(!test.allowed || judge_target(target.value(), policy).ok()) << test.says;
    }
}

TEST(AddressPolicy, refuses_at_once_what_needs_no_look_up) {
    const AddressPolicy nothing_listed;
    for (const char* url : {"http://127.0.0.1/", "http://localhost/", "http://LOCALHOST./", "http://a.localhost/", "http://[::1]/",
                            "http://example.com:22/", "http://2130706433/", "http://169.254.169.254/latest/meta-data"}) {
        const Result<Target> target = parse_target(url);
        ASSERT_TRUE(target.ok()) << url;
        EXPECT_FALSE(judge_target(target.value(), nothing_listed).ok()) << url;
    }
    EXPECT_TRUE(judge_target(parse_target("https://example.com/").value(), nothing_listed).ok());
    EXPECT_TRUE(judge_target(parse_target("http://localhost:8080/").value(), policy_of({"localhost:8080"})).ok());
}

TEST(AddressPolicy, does_not_tell_the_caller_what_a_name_resolved_to) {
    const Status judged = judge_address(parse_target("http://inner.example/").value(), *parse_address("10.9.8.7"), {});
    ASSERT_FALSE(judged.ok());
    EXPECT_EQ(judged.error().message.find("10.9.8.7"), std::string::npos);
}

TEST(AddressPolicy, names_the_entry_that_it_cannot_read) {
    for (const char* entry :
         {"", ":80", "name:", "name:0", "name:65536", "name:http", "10.0.0.0/33", "10.0.0.0/-1", "fd00::/129", "10.0.0/8", "127.1",
          "0x7f000001", "http://name", "name/path", "user@name", "[::1", "::ffff:10.0.0.0/104", "a..b", "*"}) {
        const std::string entries[] = {entry};
        const Result<AddressPolicy> policy = parse_address_policy(entries);
        ASSERT_FALSE(policy.ok()) << entry;
        EXPECT_NE(policy.error().message.find("'" + std::string(entry) + "'"), std::string::npos);
    }
}

}  // namespace
}  // namespace docwright
