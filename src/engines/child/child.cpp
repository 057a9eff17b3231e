#include "engines/child/child.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/limits.h"
#include "engines/child/folders.h"
#include "engines/protocol/channel.h"

namespace docwright {
namespace {

void clear_signals() {
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// The job, and the descriptors that came with it. The supervisor closing the channel ends the child in silence.
struct ReceivedJob {
    JobMessage message;
    std::vector<FileDescriptor> descriptors;
};

Result<ReceivedJob> wait_for_job() {
    FrameReader reader;
    for (;;) {
        Packet packet = TRY(receive_packet(kChildChannel, limits::kEngineInputs + 3, true));
        if (packet.closed) ::_exit(0);
        std::optional<Message> message = TRY(reader.take(packet.bytes));
        if (!message) continue;
        if (message->kind != FrameKind::Job) return Error{Fault::Internal, "The engine got something else than a job."};
        return ReceivedJob{TRY(read_job(message->text)), std::move(packet.descriptors)};
    }
}

void say(FrameKind kind, const std::string& text) {
    if (!send_message(kChildChannel, kind, text).ok()) ::_exit(1);
}

Status get_ready(EngineKind& kind, const ChildSettings& settings) {
    TRY(kind.confine_child(settings.folders));
    return kind.warm_up(settings.folders);
}

// One job from its message to its answer. false: this child has done its last.
bool do_next_job(EngineKind& kind, const ChildSettings& settings) {
    Result<ReceivedJob> job = wait_for_job();
    if (!job.ok()) {
        say(FrameKind::Failed, text_of(job.error()));
        return false;
    }
    ReceivedJob received = std::move(job).take();
    say(FrameKind::Started, "{}");
    return run_job(kind, settings, received.message, std::move(received.descriptors));
}

}  // namespace

void run_child(EngineKind& kind, const ChildSettings& settings, FileDescriptor channel) {
    ::dup3(channel.get(), kChildChannel, O_CLOEXEC);  // in the place of the parent's own connection (kParentChannel)
    clear_signals();
    const bool reusable = kind.traits().jobs > 1;
    if (reusable) ::setpgid(0, 0);  // whatever it starts ends with it
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != settings.parent) ::_exit(0);  // the parent died before the line above
    channel.reset();
    if (Status ready = get_ready(kind, settings); !ready.ok()) {
        say(FrameKind::Broken, text_of(ready.error()));
        ::_exit(1);
    }
    do say(FrameKind::Ready, "{}");
    while (do_next_job(kind, settings) && reusable);
    ::_exit(0);  // no destructors: the kernel takes everything back faster than they would
}

}  // namespace docwright
