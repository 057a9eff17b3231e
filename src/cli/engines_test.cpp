#include "cli/engines.h"

#include <gtest/gtest.h>

namespace docwright {
namespace {

Configuration failing() {
    Configuration chosen;
    chosen.engine_path = DOCWRIGHT_BINARY_FOLDER "/docwright-engine-failing";
    return chosen;
}

TEST(Engines, are_named_with_commas_between) {
    EXPECT_EQ(engines_named("web, pdf").value(), (std::vector<Engine>{Engine::Web, Engine::Pdf}));
    EXPECT_TRUE(engines_named("").value().empty());
    EXPECT_EQ(engines_named("pdf,words").error().fault, Fault::InvalidInput);
}

// The failing engine knows neither office nor web.
TEST(Engines, go_without_a_kind_that_is_not_installed) {
    auto engines = start_engines(failing());
    ASSERT_TRUE(engines.ok()) << engines.error().message;
    EXPECT_NE(engines.value().of(Engine::Pdf), nullptr);
    EXPECT_EQ(engines.value().of(Engine::Office), nullptr);
    EXPECT_EQ(engines.value().missing.size(), 2u);
}

TEST(Engines, do_not_start_without_a_kind_that_was_asked_for) {
    Configuration chosen = failing();
    chosen.engines = "pdf,office";
    auto engines = start_engines(chosen);
    ASSERT_FALSE(engines.ok());
    EXPECT_NE(engines.error().message.find("office"), std::string::npos);
}

TEST(Engines, leave_out_a_kind_that_was_not_asked_for_and_say_so) {
    Configuration chosen = failing();
    chosen.engines = "pdf";
    auto engines = start_engines(chosen);
    ASSERT_TRUE(engines.ok()) << engines.error().message;
    EXPECT_EQ(engines.value().running.size(), 1u);
    EXPECT_EQ(engines.value().missing.count(Engine::Web), 1u);
}

TEST(Engines, give_each_document_a_process_where_isolation_is_strict) {
    Configuration chosen;
    chosen.office_jobs = 50;
    EXPECT_EQ(supervisor_settings(chosen, Engine::Office).jobs_per_child, 50);
    chosen.isolation = "strict";
    EXPECT_EQ(supervisor_settings(chosen, Engine::Office).jobs_per_child, 1);
    EXPECT_EQ(supervisor_settings(chosen, Engine::Web).jobs_per_child, 1);
}

}  // namespace
}  // namespace docwright
