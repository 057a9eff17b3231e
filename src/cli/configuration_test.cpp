#include "cli/configuration.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace docwright {
namespace {

struct FileOf {
    explicit FileOf(std::string_view text)
        : path(std::filesystem::temp_directory_path() / ("docwright_configuration_" + std::to_string(getpid()))) {
        std::ofstream(path) << text;
    }
    ~FileOf() { std::filesystem::remove(path); }
    std::filesystem::path path;
};

const SettingRow& row(const LoadedConfiguration& loaded, std::string_view name) {
    for (const SettingRow& each : loaded.rows) {
        if (each.name == name) return each;
    }
    ADD_FAILURE() << name;
    return loaded.rows.front();
}

TEST(Configuration, takes_flags_over_variables_over_file_over_defaults_and_says_so) {
    FileOf file("listen = \"127.0.0.1:1\"\ndata = \"/from/file\"\ndocument_hours = 48\ncors_origins = [\"https://a\", \"https://b\"]\n");
    auto loaded = load_configuration({.file = file.path,
                                      .environment = {{"DOCWRIGHT_LISTEN", "127.0.0.1:2"}, {"DOCWRIGHT_DATA", "/from/variable"}},
                                      .flags = {{"listen", "127.0.0.1:3"}}});
    ASSERT_TRUE(loaded.ok()) << loaded.error().message;
    EXPECT_EQ(loaded.value().values.listen, "127.0.0.1:3");
    EXPECT_EQ(loaded.value().values.data, "/from/variable");
    EXPECT_EQ(loaded.value().values.document_hours, 48);
    EXPECT_EQ(loaded.value().values.cors_origins, "https://a,https://b");
    EXPECT_EQ(row(loaded.value(), "listen").source, "flag");
    EXPECT_EQ(row(loaded.value(), "data").source, "DOCWRIGHT_DATA");
    EXPECT_EQ(row(loaded.value(), "document_hours").source, "file " + file.path.string());
    EXPECT_EQ(row(loaded.value(), "log_level").source, "default");
}

TEST(Configuration, names_a_setting_it_does_not_know) {
    auto loaded = load_configuration({.flags = {{"lissten", "x"}}});
    ASSERT_FALSE(loaded.ok());
    EXPECT_TRUE(loaded.error().message.contains("\"lissten\""));
}

TEST(Configuration, says_what_is_allowed) {
    EXPECT_TRUE(load_configuration({.flags = {{"log_level", "loud"}}}).error().message.contains("one of debug, info, warning, error"));
    EXPECT_TRUE(load_configuration({.flags = {{"document_hours", "0"}}}).error().message.contains("from 1 to"));
    EXPECT_TRUE(load_configuration({.flags = {{"document_info", "yes"}}}).error().message.contains("true or false"));
    EXPECT_TRUE(load_configuration({.flags = {{"listen", "8080"}}}).error().message.contains("ADDRESS:PORT"));
}

TEST(Configuration, gives_the_place_of_a_mistake_in_the_file) {
    FileOf file("listen = \"a:1\"\nbroken =\n");
    auto loaded = load_configuration({.file = file.path});
    ASSERT_FALSE(loaded.ok());
    EXPECT_TRUE(loaded.error().message.contains("line 2")) << loaded.error().message;
}

TEST(Configuration, reads_its_own_text_back) {
    auto loaded = load_configuration({.flags = {{"public_url", "https://a \"b\""}}});
    FileOf file(configuration_text(loaded.value()));
    auto again = load_configuration({.file = file.path});
    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_EQ(again.value().values.public_url, "https://a \"b\"");
}

TEST(ParseListen, takes_IPv4_IPv6_and_a_port_alone) {
    EXPECT_EQ(parse_listen("1.2.3.4:5").value().address, "1.2.3.4");
    EXPECT_EQ(parse_listen("[::1]:5").value().address, "::1");
    EXPECT_EQ(parse_listen(":5").value().address, "0.0.0.0");
    EXPECT_EQ(parse_listen("a:65535").value().port, 65535);
    EXPECT_FALSE(parse_listen("a:65536").ok());
    EXPECT_FALSE(parse_listen("a:").ok());
}

TEST(CommaList, trims_and_leaves_out_empty_parts) { EXPECT_EQ(comma_list(" a, b c ,,"), (std::vector<std::string>{"a", "b c"})); }

}  // namespace
}  // namespace docwright
