#include "engines/supervisor/forbidden.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

#include "engines/protocol/probe_document.h"

namespace docwright {
namespace {

ForbiddenAttempt attempt(Supervisor& supervisor, const ForbiddenThing& thing) {
    EngineJob job{.operation = std::string(kForbiddenThingOperation),
                  .values = {{"thing", thing.name}, {"process", ::getpid()}},
                  .output = FileDescriptor(::memfd_create("forbidden", MFD_CLOEXEC))};
    JobObserver nobody;
    Result<EngineOutcome> outcome = supervisor.run(job, nobody);
    if (!outcome.ok()) {
        bool ended = outcome.error().detail.starts_with("forbidden system call");
        return {thing, ended, ended ? "the process was ended" : outcome.error().message + " " + outcome.error().detail};
    }
    Result<json::value> answer = parse_json(outcome.value().data);
    const json::object* members = answer.ok() ? answer.value().if_object() : nullptr;
    const json::value* number = members ? members->if_contains("error_number") : nullptr;
    if (!number || !number->is_int64()) return {thing, false, "no answer"};
    if (number->get_int64() == 0) return {thing, false, "IT HAPPENED"};
    return {thing, true, std::strerror(static_cast<int>(number->get_int64()))};
}

}  // namespace

std::vector<ForbiddenAttempt> try_forbidden_things(Supervisor& supervisor) {
    std::vector<ForbiddenAttempt> attempts;
    for (const ForbiddenThing& thing : kForbiddenThings) {
        if (thing.everywhere || supervisor.kind() == "pdf") attempts.push_back(attempt(supervisor, thing));
    }
    return attempts;
}

}  // namespace docwright
