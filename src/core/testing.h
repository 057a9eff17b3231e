// A core in a fresh folder, for tests: real store, real blobs, a clock that stands still and seeded randomness.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/random.h"
#include "base/temporary_folder.h"
#include "blobs/directory.h"
#include "core/core.h"
#include "store/sqlite/sqlite_store.h"

namespace docwright {

inline const Operation kTestOperation = {.name = "test-convert",
                                         .route = "POST /documents/test",
                                         .inputs = {{.field = "documentId", .formats = {Format::Any}}},
                                         .example = "{}"};
inline const Operation* const kTestOperations[] = {&kTestOperation};

using PlayedEngine = std::function<Result<EngineAnswer>(EngineTask&)>;

struct TestCore {
    TemporaryFolder folder;
    ManualClock clock{1'795'499'426'000'000};  // 2026-11-24T05:50:26Z
    SeededRandom random{1};
    std::unique_ptr<Core> core;
    Actor actor{.kind = "cli", .id = "tester@here"};

    TestCore() { open(); }

    void open(CoreOptions options = {}) {
        core.reset();
        options.credential_key = "key of the tests";
        core =
            std::make_unique<Core>(open_sqlite_store({.path = (folder.path / kSqliteFileName).string(), .durable = false}).take(),
                                   open_directory_blobs({.folder = folder.path, .durable = false}, random).take(), clock, random, options);
        [[maybe_unused]] const bool begun = core->begin({{"listen", "127.0.0.1"}}).ok();
        assert(begun);
    }

    IssuedCredential credential() {
        const std::string account = core->accounts.create("Test", actor).take();
        return core->accounts.create_credential({.account = account}, actor).take();
    }
    Caller caller() {
        const IssuedCredential issued = credential();
        return core->credentials.check({.client_id = issued.client_id, .client_secret = issued.client_secret}, {.address = "192.0.2.7"})
            .take();
    }
    std::string upload(const Caller& caller, std::string_view name, std::string_view bytes, std::string_view key = {}) {
        Upload upload = core->documents.begin_upload(caller).take();
        [[maybe_unused]] const bool added = upload.add(bytes).ok();
        assert(added);
        return core->documents.finish_upload(std::move(upload), name, key).take();
    }
    Result<std::string> submit(const Caller& caller, const std::string& document, std::string key = {}, std::string password = {}) {
        NewTask order{.operation = &kTestOperation, .idempotency_key = std::move(key)};
        order.request.inputs.push_back({document, std::move(password)});
        return core->tasks.submit(caller, order);
    }
    TaskRunner runner(PlayedEngine engine) {
        return TaskRunner(core->parts(), core->work,
                          {.operations = kTestOperations,
                           .run = [engine](EngineTask& order, const ReportProgress&, const std::stop_token&) { return engine(order); }});
    }
};

inline std::string read_all(const FileDescriptor& file) {
    std::string text;
    char buffer[4096];
    for (off_t at = 0;; at += static_cast<off_t>(sizeof buffer)) {
        const ssize_t count = ::pread(file.get(), buffer, sizeof buffer, at);
        if (count <= 0) return text;
        text.append(buffer, static_cast<std::size_t>(count));
    }
}

inline std::string read_input(const EngineTask& order) { return read_all(order.inputs.front().file); }

inline Result<EngineAnswer> write_answer(EngineTask& order, std::string_view bytes) {
    if (::pwrite(order.output, bytes.data(), bytes.size(), 0) < 0) return Error{Fault::Internal, "not written"};
    return EngineAnswer{.result = {.format = Format::Zip}};
}

}  // namespace docwright
