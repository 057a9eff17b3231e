#include "engines/pdf/child.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/worker_threads.h"
#include "engines/pdf/heap.h"
#include "engines/protocol/channel.h"
#include "engines/sandbox/landlock.h"
#include "engines/sandbox/resource_limits.h"

namespace docwright {
namespace {

// One thread, right after the fork; the order matters: each step takes away what the next ones do not need.
Status confine(const ChildSettings& settings) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != settings.parent) ::_exit(0);  // the parent died before the line above
    TRY(set_resource_limits({limits::kTaskCpuSeconds, limits::kEngineAddressBytes, limits::kEngineOutputBytes}));
    if (settings.ruleset) TRY(restrict_by(*settings.ruleset));
    report_deaths();
    ::close_range(kChildChannel + 1, ~0U, 0);
    if (settings.filter) TRY(settings.filter->install());
    return success();
}

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
        Packet packet = TRY(receive_packet(kChildChannel, limits::kEngineInputs + 2, true));
        if (packet.closed) ::_exit(0);
        std::optional<Message> message = TRY(reader.take(packet.bytes));
        if (!message) continue;
        if (message->kind != FrameKind::Job) return Error{Fault::Internal, "The engine got something else than a job."};
        return ReceivedJob{TRY(read_job(message->text)), std::move(packet.descriptors)};
    }
}

// Starting a thread costs a tenth of what a page does; a file of fewer bytes has few pages. Nothing of it has been read yet.
constexpr off_t kBytesWorthThreads = 32L * 1024;

bool worth_threads(const ReceivedJob& job) {
    if (job.message.threads < 2) return false;
    const std::size_t first_input = job.message.has_scratch ? 2 : 1;
    off_t bytes = 0;
    for (std::size_t i = first_input; i < job.descriptors.size(); ++i) {
        struct stat facts {};
        if (::fstat(job.descriptors[i].get(), &facts) == 0) bytes += facts.st_size;
    }
    return bytes >= kBytesWorthThreads;
}

void say(FrameKind kind, const std::string& text) {
    if (!send_message(kChildChannel, kind, text).ok()) ::_exit(1);
}

}  // namespace

void run_child(const ChildSettings& settings, FileDescriptor channel) {
    ::dup3(channel.get(), kChildChannel, O_CLOEXEC);  // in the place of the parent's own connection (kParentChannel)
    clear_signals();
    if (Status confined = confine(settings); !confined.ok()) {
        say(FrameKind::Broken, text_of(confined.error()));
        ::_exit(1);
    }
    fill_heap();
    say(FrameKind::Ready, "{}");
    Result<ReceivedJob> job = wait_for_job();
    if (!job.ok()) {
        say(FrameKind::Failed, text_of(job.error()));
        ::_exit(0);
    }
    ReceivedJob received = std::move(job).take();
    say(FrameKind::Started, "{}");
    WorkerThreads workers(worth_threads(received) ? received.message.threads - 1 : 0);
    if (Status refused = settings.filter ? refuse_new_threads() : success(); !refused.ok()) {
        say(FrameKind::Failed, text_of(refused.error()));
        ::_exit(0);
    }
    run_job(received.message, std::move(received.descriptors), settings.operations, workers);
    ::_exit(0);  // no destructors: the kernel takes everything back faster than they would
}

}  // namespace docwright
