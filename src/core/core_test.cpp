// The main path through core with real parts: SQLite and a directory in a fresh folder; only the engine is played.
#include "core/core.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/testing.h"

namespace docwright {
namespace {

TEST(Core, takes_a_document_through_upload_task_and_download) {
    TestCore test;
    const Caller caller = test.caller();
    const std::string document = test.upload(caller, "letter.pdf", "%PDF-1.7 hello");
    const std::string task = test.submit(caller, document).take();
    EXPECT_EQ(test.core->tasks.get(caller, task).value().status, "PENDING");

    ASSERT_TRUE(test.runner([](EngineTask& order) { return write_answer(order, "RESULT of " + read_input(order)); }).run_one().value());

    const TaskView view = test.core->tasks.get(caller, task).take();
    EXPECT_EQ(view.status, "COMPLETED");
    EXPECT_EQ(view.progress, 100);
    OpenDocument result = test.core->documents.open(caller, view.result_document).take();
    EXPECT_EQ(result.file_name, "letter.zip");
    EXPECT_EQ(result.media_type, "application/zip");
    EXPECT_EQ(read_all(result.file), "RESULT of %PDF-1.7 hello");
}

TEST(Core, runs_nothing_when_nothing_waits) {
    TestCore test;
    EXPECT_FALSE(test.runner([](EngineTask& order) { return write_answer(order, "x"); }).run_one().value());
}

}  // namespace
}  // namespace docwright
