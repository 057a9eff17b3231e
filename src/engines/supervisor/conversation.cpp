#include "engines/supervisor/conversation.h"

#include <poll.h>
#include <signal.h>

#include <algorithm>

#include "engines/protocol/channel.h"
#include "engines/protocol/process_handle.h"
#include "engines/protocol/steady_time.h"

namespace docwright {
namespace {

constexpr int kAskEveryMilliseconds = 50;                           // the observer
constexpr Microseconds kStartsWithin = 5 * kMicrosecondsPerSecond;  // takes 0.1 ms; the rest is for a busy machine
// Most documents take milliseconds. One that takes longer gives way to them: it loses nothing on an idle machine, and a neighbour
// beside slow or hostile work keeps nearly a whole core.
constexpr Microseconds kPatience = 100 * kMicrosecondsPerMillisecond;
constexpr int kNicenessOfLongJobs = 15;
constexpr int kEndsItselfMilliseconds = 200;   // after Done or Failed a child only has to exit
constexpr int kEndsKilledMilliseconds = 5000;  // the kernel may have to take back gigabytes

JobMessage message_of(const EngineJob& job, const Handover& handover) {
    JobMessage message{.operation = job.operation,
                       .values = job.values,
                       .has_scratch = handover.with_scratch && job.scratch.open(),
                       .has_network = job.network.open(),
                       .tenant = job.tenant,
                       .input_time = job.input_time,
                       .attempt = job.attempt,
                       .threads = handover.threads,
                       .cpu_seconds = job.limits.cpu_seconds,
                       .address_bytes = job.limits.address_bytes,
                       .output_bytes = job.limits.output_bytes};
    for (const JobInput& input : job.inputs) message.inputs.push_back({input.file_name, input.sha256, input.password});
    return message;
}

std::vector<int> descriptors_of(const EngineJob& job, const Handover& handover) {
    std::vector<int> descriptors = {handover.output};
    if (handover.with_scratch && job.scratch.open()) descriptors.push_back(job.scratch.get());
    if (job.network.open()) descriptors.push_back(job.network.get());
    for (const JobInput& input : job.inputs) descriptors.push_back(input.file.get());
    return descriptors;
}

void nonsense(JobEnd& end, const Error& error) {
    end.how = error.reason == FrameReader::kTooManyFrames ? JobEnd::How::TooManyMessages : JobEnd::How::Nonsense;
    end.failure = error;
}

// true: the job has ended.
Result<bool> act_on(const Message& message, JobEnd& end, JobObserver& observer) {
    switch (message.kind) {
        case FrameKind::Started: return false;
        case FrameKind::Progress: {
            ProgressMessage progress = TRY(read_progress(message.text));
            observer.progress(progress.done, progress.total);
            return false;
        }
        case FrameKind::Done:
            end.done = TRY(read_done(message.text));
            end.how = JobEnd::How::Done;
            return true;
        case FrameKind::Failed:
            end.failure = TRY(read_failed(message.text)).error;
            end.how = JobEnd::How::Failed;
            return true;
        case FrameKind::Dying: end.dying = TRY(read_dying(message.text)); return false;  // the socket closes next
        default: return Error{Fault::Internal, "The engine sent a message that is not its to send."};
    }
}

// One packet. true: the job has ended.
Result<bool> hear(const EngineChild& child, FrameReader& reader, JobEnd& end, JobObserver& observer) {
    Packet packet = TRY(receive_packet(child.channel.get(), 0, false));
    if (packet.none) return false;
    if (packet.closed) {
        end.how = JobEnd::How::Closed;
        return true;
    }
    end.started = true;
    std::optional<Message> message = TRY(reader.take(packet.bytes));
    return message ? act_on(*message, end, observer) : Result<bool>(false);
}

struct Moments {
    Microseconds silence_until;  // a child that says nothing by then was gone before the job came: Closed, not started
    Microseconds patience_ends;
    Microseconds deadline;
};

void listen(const EngineChild& child, const Moments& moments, JobEnd& end, JobObserver& observer) {
    FrameReader reader;
    const Microseconds deadline = moments.deadline;
    Microseconds patience_ends = moments.patience_ends;
    for (;;) {
        Microseconds now = steady_time();
        if (now >= patience_ends) {
            lower_priority(child.handle, kNicenessOfLongJobs);
            patience_ends = deadline;
        }
        if (now >= deadline || (!end.started && now >= moments.silence_until)) {
            end.how = now >= deadline ? JobEnd::How::Deadline : JobEnd::How::Closed;
            return;
        }
        if (observer.cancelled()) {
            end.how = JobEnd::How::Cancelled;
            return;
        }
        pollfd wanted{child.channel.get(), POLLIN, 0};
        int wait = static_cast<int>(std::min<Microseconds>((deadline - now) / kMicrosecondsPerMillisecond + 1, kAskEveryMilliseconds));
        if (::poll(&wanted, 1, wait) <= 0) continue;
        Result<bool> ended = hear(child, reader, end, observer);
        if (!ended.ok()) return nonsense(end, ended.error());
        if (ended.value()) return;
    }
}

bool ended_within(const EngineChild& child, int milliseconds) {
    pollfd wanted{child.handle.get(), POLLIN, 0};
    return ::poll(&wanted, 1, milliseconds) > 0;
}

void wait_for_end(const EngineChild& child, bool of_itself) {
    if (of_itself && ended_within(child, kEndsItselfMilliseconds)) return;
    kill_process(child.handle);
    (void)ended_within(child, kEndsKilledMilliseconds);
}

Moments moments_from(Microseconds begin, const Handover& handover) {
    const Microseconds deadline = begin + handover.wall_milliseconds * kMicrosecondsPerMillisecond;
    // A priority that was lowered cannot be raised again, and a reusable child has other documents to come.
    return {begin + kStartsWithin, handover.use == ChildUse::Again ? deadline : begin + kPatience, deadline};
}

bool answered(const JobEnd& end) { return end.how == JobEnd::How::Done || end.how == JobEnd::How::Failed; }

}  // namespace

JobEnd converse(const EngineChild& child, const EngineJob& job, const Handover& handover, JobObserver& observer) {
    JobEnd end;
    if (job.yields && handover.use != ChildUse::Again) lower_priority(child.handle, kNicenessOfLongJobs);
    Microseconds begin = steady_time();
    Result<Sent> sent =
        send_message(child.channel.get(), FrameKind::Job, text_of(message_of(job, handover)), descriptors_of(job, handover));
    if (!sent.ok()) {
        nonsense(end, sent.error());
    } else if (sent.value() == Sent::Yes) {
        listen(child, moments_from(begin, handover), end, observer);
    }
    end.whole = handover.use == ChildUse::Again && answered(end);
    const bool ends_itself = handover.use == ChildUse::Once && answered(end);
    if (!end.whole) wait_for_end(child, ends_itself || end.how == JobEnd::How::Closed);
    end.wall = steady_time() - begin;
    return end;
}

}  // namespace docwright
