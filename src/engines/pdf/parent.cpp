#include "engines/pdf/parent.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <string_view>

#include "base/hashing.h"
#include "engines/pdf/child.h"
#include "engines/pdf/fonts.h"
#include "engines/pdf/library.h"
#include "engines/protocol/channel.h"
#include "engines/protocol/probe_document.h"

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

std::vector<EngineFact> font_facts(const EngineFonts& fonts, bool checksums) {
    std::vector<EngineFact> facts;
    int missing = 0;
    for (const FontFile& file : fonts.files()) missing += file.bytes.empty() ? 1 : 0;
    facts.push_back({"fonts",
                     std::to_string(static_cast<int>(fonts.files().size()) - missing) + " of " + std::to_string(fonts.files().size()),
                     missing == 0});
    for (const FontFile& file : fonts.files()) {
        if (file.bytes.empty()) facts.push_back({"font " + file.name, "not installed; a built-in font serves instead", false});
        if (checksums && !file.bytes.empty()) facts.push_back({"font " + file.name, "sha256 " + hex(sha256(file.bytes))});
    }
    return facts;
}

Status serve(const ParentSettings& settings, std::span<const Operation* const> operations) {
    EngineFonts fonts;  // before the library, which asks for them to its end
    pdf::Library library;
    fonts.offer_to_pdfium();
    std::string text = TRY(read_probe(probe_document()));
    if (text != kProbeText) return Error{Fault::Unavailable, "PDFium does not read the probe document as it should.", text};

    HelloMessage hello{DOCWRIGHT_VERSION, {{"PDFium", "build " DOCWRIGHT_PDFIUM_BUILD}}};
    for (EngineFact& fact : font_facts(fonts, settings.checksums)) hello.facts.push_back(std::move(fact));
    Confinement confinement = TRY(confine_parent(settings));
    hello.facts.insert(hello.facts.begin(), confinement.facts.begin(), confinement.facts.end());
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a change of user has cleared it
    if (::getppid() != settings.supervisor) return success();
    if (TRY(send_message(kParentChannel, FrameKind::Hello, text_of(hello))) != Sent::Yes) return success();
    return keep_children(settings, confinement, operations);
}

}  // namespace

int engine_main(int argument_count, char** arguments, std::span<const Operation* const> operations) {
    ParentSettings settings;
    if (!read_arguments({arguments, static_cast<std::size_t>(argument_count)}, settings)) {
        std::fputs(kUsage, stderr);
        return 2;
    }
    settle(settings);
    Status served = serve(settings, operations);
    if (served.ok()) return 0;
    (void)send_message(kParentChannel, FrameKind::Broken, text_of(served.error()));  // if nobody listens, nobody needs to know
    return 1;
}

}  // namespace docwright
