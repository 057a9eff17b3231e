#include "engines/child/parent.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <string_view>

#include "engines/protocol/channel.h"

namespace docwright {
namespace {

constexpr const char* kUsage =
    "docwright-engine is started by docwright and does nothing by itself.\n"
    "Try: docwright extract FILE.pdf -o out.zip\n";

bool read_number(std::string_view text, int& number) {
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

bool read_arguments(std::span<char*> arguments, ParentSettings& settings) {
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        std::string_view name = arguments[i];
        std::string_view value = i + 1 < arguments.size() ? arguments[i + 1] : "";
        if (name == "--allow-weak-sandbox") {
            settings.allow_weak_sandbox = true;
        } else if (name == "--keep-messages") {
            settings.keep_messages = true;
        } else if (name == "--checksums") {
            settings.checksums = true;
        } else if (name == "--by-tenant") {
            settings.by_tenant = true;
        } else if (name == "--kind") {
            settings.kind = value, ++i;
        } else if (name == "--user") {
            settings.user = value, ++i;
        } else if (name == "--spares" && read_number(value, settings.spares)) {
            ++i;
        } else if (name == "--supervisor" && read_number(value, settings.supervisor)) {
            ++i;
        } else {
            return false;
        }
    }
    return settings.spares > 0 && settings.supervisor > 0 && ::fcntl(kParentChannel, F_GETFD) >= 0;
}

// Nothing of the server's leaks in, and we do not outlive the server.
void settle(const ParentSettings& settings) {
    ::close_range(kParentChannel + 1, ~0U, 0);
    ::fcntl(kParentChannel, F_SETFD, FD_CLOEXEC);
    int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int number = 0; number <= (settings.keep_messages ? 1 : 2); ++number) ::dup2(nothing, number);
    ::close(nothing);
    ::signal(SIGPIPE, SIG_IGN);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
}

Result<EngineKind*> kind_named(std::string_view name, std::span<EngineKind* const> kinds) {
    auto kind = std::ranges::find(kinds, name, &EngineKind::name);
    if (kind != kinds.end()) return *kind;
    return Error{Fault::Unsupported, "This docwright-engine was built without the engine \"" + std::string(name) + "\"."};
}

Status serve(const ParentSettings& settings, std::span<const Operation* const> operations, std::span<EngineKind* const> kinds) {
    EngineKind& kind = *TRY(kind_named(settings.kind, kinds));
    std::vector<EngineFact> prepared = TRY(kind.prepare(settings));
    HelloMessage hello{DOCWRIGHT_VERSION, kind.traits(), TRY(kind.confine_parent(settings))};
    std::ranges::move(prepared, std::back_inserter(hello.facts));
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a change of user has cleared it
    if (::getppid() != settings.supervisor) return success();
    if (TRY(send_message(kParentChannel, FrameKind::Hello, text_of(hello))) != Sent::Yes) return success();
    return keep_children(settings, kind, operations);
}

}  // namespace

int engine_main(int argument_count, char** arguments, std::span<const Operation* const> operations, std::span<EngineKind* const> kinds) {
    ParentSettings settings;
    if (!read_arguments({arguments, static_cast<std::size_t>(argument_count)}, settings)) {
        std::fputs(kUsage, stderr);
        return 2;
    }
    settle(settings);
    Status served = serve(settings, operations, kinds);
    if (served.ok()) return 0;
    (void)send_message(kParentChannel, FrameKind::Broken, text_of(served.error()));  // if nobody listens, nobody needs to know
    return 1;
}

}  // namespace docwright
