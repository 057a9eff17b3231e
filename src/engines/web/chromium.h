// One chromium-headless-shell: started, and ended with all its processes.
// It runs as an ordinary user in an empty network namespace, with its own sandbox on, Landlock around the whole of it, and with
// one folder to write to. The caller is either confined so already (an engine child), or asks for it (`user`, `alone`).
// The binary itself is started and not the script in /usr/bin, which adds options of its own.
// Why these options: docs/decisions/0060-web-engine.md.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "engines/sandbox/namespaces.h"

namespace docwright::web {

constexpr const char* kChromiumProgram = "/usr/lib/chromium/chromium-headless-shell";

struct ChromiumSettings {
    std::string folder;           // empty and the browser's alone: profile, HOME, temporary files. Stays the caller's to remove
    std::optional<UserIds> user;  // to become, where the caller is root
    bool alone = false;           // the caller is not confined: the browser gets namespaces and a process group of its own
    bool landlock = true;         // false: a weak sandbox, where the kernel has none
    bool one_renderer = false;    // all pages in one process: pages of one tenant that are used again and again
    bool keep_messages = false;   // leave standard error open (development)
};

// "156.0.8078.79". Error: Unsupported: it is not installed.
Result<std::string> installed_version();

class Chromium {
public:
    // Error: Unavailable: it is not installed, or a means of confinement is missing.
    static Result<Chromium> start(const ChromiumSettings& settings);

    Chromium(Chromium&& other) noexcept;
    Chromium& operator=(Chromium&&) = delete;
    ~Chromium();  // ends all its processes, where this process may still send signals

    FileDescriptor take_input() { return std::move(input_); }    // DevTools messages to it
    FileDescriptor take_output() { return std::move(output_); }  // and from it
    pid_t process() const { return process_; }

    // Nobody survives: its process group is killed. Where that is not allowed (a confined child) the kernel does it when the
    // caller ends, and the browser's processes end when it does.
    void end();

private:
    Chromium() = default;
    pid_t process_ = -1;
    bool alone_ = false;
    FileDescriptor input_, output_;
};

}  // namespace docwright::web
