// What a browser may write into its pipe: any bytes, any messages. Promises: a reply is called once at most and only for what was
// asked, every event has a method or none, nothing is waited for once the pipe has ended, and a paused request is answered whatever
// it says about itself. What base64 promises is checked on the same bytes.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "engines/protocol/steady_time.h"
#include "engines/web/requests.h"

namespace {

using namespace docwright;
using namespace docwright::web;

constexpr std::size_t kPipeHolds = 64UL * 1024;  // a pipe's usual size: what is written before anybody reads
constexpr int kCommands = 3;

void require(bool promise) {
    if (!promise) std::abort();
}

struct Pipe {
    FileDescriptor reader, writer;
    Pipe() {
        std::array<int, 2> ends{};
        require(::pipe2(ends.data(), O_CLOEXEC) == 0);
        reader = FileDescriptor(ends[0]);
        writer = FileDescriptor(ends[1]);
    }
};

void read_all(std::string_view bytes) {
    Pipe to_browser, from_browser;
    require(::write(from_browser.writer.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    from_browser.writer.reset();
    DevTools devtools(std::move(to_browser.writer), std::move(from_browser.reader));
    const PageSource source{.page = "/", .files = {{"/", {"<p>text", "text/html"}}, {"/a b.css", {"p{}", ""}}}};
    Requests requests(devtools, source, std::string(kOwnHost), "frame", nullptr);
    std::array<int, kCommands> replies{};
    for (int& count : replies) {
        devtools.send("", "Browser.getVersion", {}, [&count](const Result<json::object>& result) {
            ++count;
            if (!result.ok()) require(result.error().fault == Fault::Unavailable && !result.error().message.empty());
        });
    }
    devtools.on_event = [&](const Event& event) {
        if (event.method == "Fetch.requestPaused") requests.paused(event);
    };
    require(!devtools.run_until([] { return false; }, steady_time() + 60 * kMicrosecondsPerSecond).ok());
    require(devtools.lost() && requests.open() == 0);
    for (const int count : replies) require(count <= 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), std::min(size, kPipeHolds));  // the interface's own type
    read_all(bytes);
    const Result<std::string> decoded = bytes_of_base64(bytes);
    require(!decoded.ok() || decoded.value().size() <= bytes.size() / 4 * 3);
    const Result<std::string> again = bytes_of_base64(base64_of(bytes));
    require(again.ok() && again.value() == bytes);
    return 0;
}
