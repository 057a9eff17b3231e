// Who of an engine's children waits, rests or works, and when one is to be replaced: the pool's rules, without processes, threads or
// time, so that they can be tested for themselves. Not thread-safe; child_pool.h holds the lock.
//
//   single use   add → take → forget
//   reusable     add → take → give_back → (resting) → ready_again → take …, and forget when it is lost
//
// A reusable child that has done its number of jobs is replaced softly: a replacement is asked for, the old one serves on until there
// are as many children as wanted without it. The first children of a parent get different numbers of jobs, so that they do not all end
// at the same time.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file_descriptor.h"
#include "engines/protocol/messages.h"

namespace docwright {

struct EngineChild {
    std::uint64_t generation = 0;  // which parent made it
    std::int64_t number = 0;       // within that parent
    pid_t process = 0;             // also its group's, for a reusable child; for looking at it only
    FileDescriptor channel = {};
    FileDescriptor handle = {};  // pidfd: kills exactly this process, whatever becomes of its number
    int jobs_left = 1;
    bool replaced = false;    // another one has been asked for in its place
    std::string tenant = {};  // of its last job
    Microseconds rests_until = 0;
};

enum class ChildUse {
    Once,           // ends itself after its job
    OnceAndKilled,  // could do another job, but must not: strict isolation
    Again,
};

struct RosterCounts {
    int waiting = 0;
    int resting = 0;             // back from a job, not ready yet
    int busy = 0;                // taken
    std::uint64_t started = 0;   // children that became ready
    std::uint64_t replaced = 0;  // of them: asked to be replaced after their number of jobs, for their memory or as damaged
    std::uint64_t starved = 0;   // takes that found no child waiting and none resting
};

class Roster {
public:
    // `wanted` children that wait (single use), or live (reusable). `jobs` of a reusable child; 0: as its kind says.
    Roster(int wanted, int jobs) : wanted_(wanted), jobs_(jobs) {}

    void set_traits(const KindTraits& traits) { traits_ = traits; }
    const KindTraits& traits() const { return traits_; }
    ChildUse use() const;

    void add(EngineChild child);
    bool has_waiting() const { return !waiting_.empty(); }
    // The one that has waited longest, but rather one that last served this tenant than any, and rather any than one to be replaced.
    EngineChild take(std::string_view tenant);
    void note_starved();  // a take that has to wait

    // Of a child that was taken.
    void exited(const ExitedMessage& message, std::uint64_t generation);
    std::optional<ExitedMessage> exit_of(const EngineChild& child) const;
    bool over_memory(const EngineChild& child) const;
    void forget(const EngineChild& child);  // it has ended
    void give_back(EngineChild child, bool damaged);

    // Children that rest, to be listened to; each comes back by its place: ready, or lost.
    const std::deque<EngineChild>& resting() const { return resting_; }
    void ready_again(std::size_t place);
    void lost_at_rest(std::size_t place);

    // Looks at the memory of all. Gives the handles of working children that must be killed: valid until the roster changes.
    std::vector<int> weigh(const std::map<pid_t, std::uint64_t>& bytes_of_groups);

    void lose_all();  // the parent is lost, and with it everything that waits or rests

    // What came of the calls before: generation and number of those to be replaced, children that are of no use any more. Emptied by
    // the call.
    using ChildKey = std::pair<std::uint64_t, std::int64_t>;
    std::vector<ChildKey> to_replace() { return std::exchange(to_replace_, {}); }
    std::vector<EngineChild> dropped() { return std::exchange(dropped_, {}); }

    RosterCounts counts() const;

private:
    struct Taken {
        std::optional<ExitedMessage> exited = {};
        pid_t process = 0;
        int handle = -1;
        bool over_memory = false;
    };

    int first_jobs(std::int64_t number) const;
    int jobs() const { return jobs_ > 0 ? jobs_ : traits_.jobs; }
    std::deque<EngineChild>::iterator choose(std::string_view tenant);
    void replace(EngineChild& child);
    void drop_replaced();

    const int wanted_;
    const int jobs_;
    KindTraits traits_ = {};
    std::deque<EngineChild> waiting_;
    std::deque<EngineChild> resting_;
    std::map<ChildKey, Taken> taken_;
    std::vector<ChildKey> to_replace_;
    std::vector<EngineChild> dropped_;
    std::uint64_t started_ = 0, replaced_ = 0, starved_ = 0;
};

}  // namespace docwright
