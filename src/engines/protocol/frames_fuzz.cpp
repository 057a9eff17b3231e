// What a child can say: any packets, in any order. Promises: the reader never crashes, what it lets through is within its limits.
// Input: packets one after another, each led by two bytes of length.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "base/limits.h"
#include "engines/protocol/frames.h"
#include "engines/protocol/messages.h"

namespace {

using namespace docwright;

void require(bool promise) {
    if (!promise) std::abort();
}

void read(const Message& message) {
    require(message.text.size() <= limits::kEngineMessageBytes);
    if (auto done = read_done(message.text); done.ok()) {
        require(done.value().cpu >= 0 && done.value().memory_bytes >= 0);
        require(done.value().data.empty() || parse_json(done.value().data).value().is_object());
        require(read_done(text_of(done.value())).ok());
    }
    if (auto failed = read_failed(message.text); failed.ok()) {
        const Error& error = failed.value().error;
        require(error.message.size() <= limits::kEngineErrorBytes && error.detail.size() <= limits::kEngineErrorBytes);
        require(error.fault != Fault::EngineLost && error.fault != Fault::Unavailable && error.reason != "CANCELLED");
        require(read_failed(text_of(error)).ok());
    }
    if (auto progress = read_progress(message.text); progress.ok()) {
        require(progress.value().done >= 0 && progress.value().done <= progress.value().total);
    }
    (void)read_dying(message.text);
    (void)read_hello(message.text);
    (void)read_child(message.text);
    (void)read_exited(message.text);
    (void)read_taken(message.text);
    if (auto job = read_job(message.text); job.ok()) require(job.value().inputs.size() <= limits::kEngineInputs);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::string_view left(reinterpret_cast<const char*>(bytes), size);  // the interface's own type
    FrameReader reader(1000);
    while (left.size() >= 2) {
        std::size_t length = static_cast<unsigned char>(left[0]) * 256u + static_cast<unsigned char>(left[1]);
        std::string_view packet = left.substr(2, length);
        left.remove_prefix(2 + packet.size());
        auto message = reader.take(packet);
        if (!message.ok()) break;
        if (message.value()) read(*message.value());
    }
    return 0;
}
