// A process that does store work is killed at random moments; what it had been promised is there, state and log agree, and
// nothing is left over.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <set>

#include "core/events/verify.h"
#include "core/testing.h"

namespace docwright {
namespace {

constexpr int kRounds = 40;
constexpr int kIdLength = 24;

struct OpenedFolder {
    SystemClock clock;
    SystemRandom random;
    std::unique_ptr<Core> core;

    explicit OpenedFolder(const std::filesystem::path& path) {
        core = std::make_unique<Core>(open_sqlite_store({.path = (path / kSqliteFileName).string()}).take(),
                                      open_directory_blobs({.folder = path}, random).take(), clock, random,
                                      CoreOptions{.credential_key = "key of the tests"});
    }
};

// Works until it is killed; writes each id that it was promised, `d` for a document and `t` for a task, into the pipe.
[[noreturn]] void work_until_killed(const std::filesystem::path& path, const Caller& caller, int promises) {
    OpenedFolder opened(path);
    Core& core = *opened.core;
    const auto promise = [&](char kind, const std::string& id) {
        const std::string line = kind + id;
        if (write(promises, line.data(), line.size()) < 0) _exit(1);
    };
    TaskRunner runner(core.parts(), core.work,
                      {.operations = kTestOperations, .run = [](EngineTask& order, const ReportProgress&, const std::stop_token&) {
                           return write_answer(order, "result of " + order.id);
                       }});
    if (!core.begin({}).ok() || !runner.rescue_all().ok()) _exit(2);
    for (int turn = 0;; ++turn) {
        Upload upload = core.documents.begin_upload(caller).take();
        if (!upload.add("%PDF " + std::to_string(turn % 7)).ok()) _exit(3);
        const std::string document = core.documents.finish_upload(std::move(upload), "a.pdf").take();
        promise('d', document);
        NewTask order{.operation = &kTestOperation};
        order.request.inputs.push_back({document, ""});
        promise('t', core.tasks.submit(caller, order).take());
        if (!runner.run_one().ok()) _exit(4);
        if (turn % 5 == 0 && !core.sweep().ok()) _exit(5);
    }
}

struct Promises {
    std::set<std::string> documents;
    std::set<std::string> tasks;

    void read_from(int pipe) {
        char line[1 + kIdLength];
        for (ssize_t count = 0; (count = read(pipe, line, sizeof line)) == static_cast<ssize_t>(sizeof line);) {
            (line[0] == 'd' ? documents : tasks).insert(std::string(line + 1, kIdLength));
        }
    }
};

void one_round(const std::filesystem::path& path, const Caller& caller, int milliseconds, Promises& promises) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        work_until_killed(path, caller, ends[1]);
    }
    close(ends[1]);
    usleep(static_cast<useconds_t>(milliseconds) * 1'000);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the worker ended by itself with " << WEXITSTATUS(status);
    promises.read_from(ends[0]);
    close(ends[0]);
}

TEST(Kills, lose_nothing_that_was_promised_and_leave_nothing_behind) {
    TemporaryFolder folder;
    Caller caller;
    {
        OpenedFolder opened(folder.path);
        ASSERT_TRUE(opened.core->begin({}).ok());
        caller = {.account = opened.core->accounts.create("Test", {.kind = "cli", .id = "tester"}).take(), .client_id = "tester"};
    }
    std::mt19937_64 dice(7);
    Promises promises;
    for (int round = 0; round < kRounds; ++round) one_round(folder.path, caller, static_cast<int>(5 + dice() % 120), promises);

    OpenedFolder opened(folder.path);
    Core& core = *opened.core;
    ASSERT_TRUE(core.begin({}).ok());
    TaskRunner runner(core.parts(), core.work,
                      {.operations = kTestOperations, .run = [](EngineTask& order, const ReportProgress&, const std::stop_token&) {
                           return write_answer(order, "result of " + order.id);
                       }});
    ASSERT_TRUE(runner.rescue_all().ok());
    while (runner.run_one().value()) {
    }
    EXPECT_GT(promises.tasks.size(), 20U);
    for (const std::string& document : promises.documents) EXPECT_TRUE(core.documents.open(caller, document, false).ok()) << document;
    for (const std::string& task : promises.tasks) {
        const TaskView view = core.tasks.get(caller, task).take();
        ASSERT_EQ(view.status, "COMPLETED");
        EXPECT_EQ(read_all(core.documents.open(caller, view.result_document, false).value().file), "result of " + task);
    }
    const Verification found = verify_log(core.parts().store, core.parts().blobs, [](const StreamHead&) {}).take();
    EXPECT_TRUE(found.findings.empty()) << found.findings.front().position << " " << found.findings.front().what;
    EXPECT_TRUE(std::filesystem::is_empty(folder.path / "scratch"));
    EXPECT_TRUE(std::filesystem::is_empty(folder.path / "blobs" / ".drafts"));
}

}  // namespace
}  // namespace docwright
