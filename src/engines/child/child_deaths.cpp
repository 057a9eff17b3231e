// The last words of a child. Runs inside signal handlers: no allocation, no lock, nothing but system calls.
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <new>

#include "engines/child/child.h"
#include "engines/protocol/frames.h"

namespace docwright {
namespace {

// A fixed buffer that grows at its end: the text of one Dying message (protocol/messages.h).
struct LastWords {
    std::array<char, 128> bytes{};
    std::size_t size = 0;

    void add(const char* text) {
        while (*text && size < bytes.size()) bytes[size++] = *text++;
    }
    void add(int number) {
        char digits[12];
        int count = 0;
        do digits[count++] = static_cast<char>('0' + number % 10);
        while ((number /= 10) > 0);
        while (count > 0 && size < bytes.size()) bytes[size++] = digits[--count];
    }
};

void say_dying(int signal, int system_call, bool memory) {
    LastWords words;
    words.add("DW");
    words.bytes[words.size++] = static_cast<char>(kProtocolVersion);
    words.bytes[words.size++] = static_cast<char>(FrameKind::Dying);
    words.add("{\"signal\":");
    words.add(signal);
    words.add(",\"system_call\":");
    words.add(system_call);
    words.add(memory ? ",\"memory\":true}" : ",\"memory\":false}");
    ::send(kChildChannel, words.bytes.data(), words.size, MSG_NOSIGNAL | MSG_DONTWAIT);
}

// PDFium and the C++ library answer a failed allocation with abort() or a trap; what tells such a death from another is errno,
// which malloc has set, or that there is hardly any address space left.
bool out_of_memory(int error_number) {
    constexpr std::size_t kHardlyAny = 32 * 1024 * 1024;
    if (error_number == ENOMEM) return true;
    void* space = ::mmap(nullptr, kHardlyAny, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (space == MAP_FAILED) return true;
    ::munmap(space, kHardlyAny);
    return false;
}

void on_death(int signal, siginfo_t* facts, void*) {
    int error_number = errno;
    bool forbidden_call = signal == SIGSYS;
    say_dying(signal, forbidden_call ? facts->si_syscall : 0, !forbidden_call && out_of_memory(error_number));
    // SA_RESETHAND has put the default action back: this time the signal ends the process.
    ::syscall(SYS_tgkill, ::getpid(), static_cast<pid_t>(::syscall(SYS_gettid)), signal);
    ::_exit(1);
}

void on_failed_allocation() {
    say_dying(SIGABRT, 0, true);
    ::_exit(1);
}

}  // namespace

void report_deaths() {
    // A stack of its own, so that the overflow of the other one can be reported too.
    constexpr std::size_t kStackBytes = 64 * 1024;
    void* stack = ::mmap(nullptr, kStackBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (stack != MAP_FAILED) {
        stack_t alternative{.ss_sp = stack, .ss_flags = 0, .ss_size = kStackBytes};
        ::sigaltstack(&alternative, nullptr);
    }
    struct sigaction action {};
    action.sa_sigaction = on_death;
    action.sa_flags = static_cast<int>(SA_SIGINFO | SA_ONSTACK | SA_RESETHAND | SA_NODEFER);
    for (int signal : {SIGSYS, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT}) ::sigaction(signal, &action, nullptr);
    std::set_new_handler(on_failed_allocation);
}

}  // namespace docwright
