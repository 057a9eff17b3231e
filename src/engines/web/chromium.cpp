#include "engines/web/chromium.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "base/limits.h"
#include "engines/sandbox/landlock.h"
#include "engines/web/chromium_options.h"

namespace docwright::web {
namespace {

// Where the browser expects its two pipes.
constexpr int kBrowserReads = 3;
constexpr int kBrowserWrites = 4;
// Above them, out of the way while they are put in place; and the one that tells the caller what went wrong.
constexpr int kFirstSpare = 10;

Error failed(const char* call) {
    return Error{Fault::Unavailable, "The browser cannot be started.", std::string(call) + ": " + std::strerror(errno)};
}

// What the browser reads: its program, the libraries, fonts, and what glibc looks at.
constexpr const char* kReadPaths[] = {
    "/usr/share/fonts",      "/usr/share/fontconfig", "/usr/share/locale", "/usr/share/zoneinfo", "/usr/share/icons",
    "/usr/share/mime",       "/usr/share/glib-2.0",   "/usr/share/X11",    "/etc/fonts",          "/etc/ld.so.cache",
    "/etc/localtime",        "/etc/nsswitch.conf",    "/etc/passwd",       "/etc/group",          "/etc/ssl/certs",
    "/var/cache/fontconfig", "/sys/devices",          "/dev/urandom",      "/dev/random"};
constexpr const char* kExecutePaths[] = {"/usr/lib", "/lib64"};
// Without /proc Chromium cannot write the user map of its own sandbox, and stops.
constexpr const char* kWritePaths[] = {"/dev/shm", "/dev/null", "/dev/zero", "/proc"};

std::vector<AllowedPath> allowed_paths(const std::string& folder) {
    std::vector<AllowedPath> paths = {{folder, AllowedPath::Use::Write}};
    for (const char* path : kReadPaths) paths.push_back({path, AllowedPath::Use::Read});
    for (const char* path : kExecutePaths) paths.push_back({path, AllowedPath::Use::Execute});
    for (const char* path : kWritePaths) paths.push_back({path, AllowedPath::Use::Write});
    return paths;
}

Status limit(__rlimit_resource resource, rlim_t most) {
    rlimit wanted{};
    ::getrlimit(resource, &wanted);
    wanted.rlim_cur = wanted.rlim_max = std::min(most, wanted.rlim_max);
    return ::setrlimit(resource, &wanted) == 0 ? success() : Status(failed("setrlimit"));
}

// Address space cannot be limited: Chromium reserves more than 50 GB of it and uses little. Written memory can.
Status limit_resources() {
    TRY(limit(RLIMIT_CORE, 0));
    TRY(limit(RLIMIT_FSIZE, limits::kBrowserFileBytes));
    TRY(limit(RLIMIT_NOFILE, limits::kBrowserOpenFiles));
    return limit(RLIMIT_DATA, limits::kBrowserDataBytes);
}

Status confine(const ChromiumSettings& settings, pid_t parent) {
    const bool root = ::geteuid() == 0;
    if (settings.alone) ::setpgid(0, 0);
    if (settings.alone && root) TRY(enter_namespaces());
    if (settings.user) TRY(become_user(*settings.user));
    if (settings.alone && !root) TRY(enter_namespaces());
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // after the change of user, which clears it
    if (::getppid() != parent) ::_exit(0);
    TRY(limit_resources());
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("no_new_privs");
    return settings.landlock ? restrict_by(TRY(make_ruleset(allowed_paths(settings.folder)))) : success();
}

// In the new process, up to the last line of its own.
Status become_browser(const ChromiumSettings& settings, pid_t parent, int input, int output, int complaints) {
    TRY(confine(settings, parent));
    std::array<int, 3> spare = {::fcntl(input, F_DUPFD_CLOEXEC, kFirstSpare), ::fcntl(output, F_DUPFD_CLOEXEC, kFirstSpare),
                                ::open("/dev/null", O_RDWR | O_CLOEXEC)};
    for (int number = 0; number <= (settings.keep_messages ? 1 : 2); ++number) ::dup2(spare[2], number);
    if (::dup2(spare[0], kBrowserReads) < 0 || ::dup2(spare[1], kBrowserWrites) < 0) return failed("dup2");
    const int last = ::fcntl(complaints, F_DUPFD_CLOEXEC, kBrowserWrites + 1);
    if (last != kBrowserWrites + 1) ::dup3(complaints, kBrowserWrites + 1, O_CLOEXEC);
    ::close_range(kBrowserWrites + 2, ~0U, 0);

    std::vector<std::string> words = browser_options(settings.folder, settings.one_renderer);
    words.insert(words.begin(), kChromiumProgram);
    std::vector<std::string> surroundings = browser_environment(settings.folder);
    std::vector<char*> arguments, environment;
    for (std::string& word : words) arguments.push_back(word.data());
    for (std::string& each : surroundings) environment.push_back(each.data());
    arguments.push_back(nullptr);
    environment.push_back(nullptr);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    ::execve(kChromiumProgram, arguments.data(), environment.data());
    return failed("execve");
}

// Until the other end is closed: by the new process becoming the browser, or by its end.
std::string all_of(const FileDescriptor& pipe) {
    std::string words;
    std::array<char, 512> piece;
    for (ssize_t count = 0; (count = ::read(pipe.get(), piece.data(), piece.size())) > 0 || (count < 0 && errno == EINTR);) {
        if (count > 0) words.append(piece.data(), static_cast<std::size_t>(count));
    }
    return words;
}

Status check_installed() {
    if (::access(kChromiumProgram, X_OK) == 0) return success();
    return Error{Fault::Unsupported, "The web engine is not installed: the package chromium-headless-shell is missing.",
                 std::string(kChromiumProgram) + ": " + std::strerror(errno)};
}

struct Pipe {
    FileDescriptor read, write;
};

Result<Pipe> make_pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return failed("pipe2");
    return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

}  // namespace

Result<std::string> installed_version() {
    TRY(check_installed());
    Pipe answer = TRY(make_pipe());
    const pid_t process = ::fork();
    if (process < 0) return failed("fork");
    if (process == 0) {
        ::dup2(answer.write.get(), STDOUT_FILENO);
        ::execl(kChromiumProgram, kChromiumProgram, "--version", static_cast<char*>(nullptr));
        ::_exit(1);
    }
    answer.write.reset();
    std::string said = all_of(answer.read);
    ::waitpid(process, nullptr, 0);
    const std::size_t digit = said.find_first_of("0123456789");  // "Chromium 156.0.8078.79 built on Debian …"
    if (digit == std::string::npos) return Error{Fault::Unavailable, "The browser does not say its version.", said};
    return said.substr(digit, said.find_first_of(" \n", digit) - digit);
}

Result<Chromium> Chromium::start(const ChromiumSettings& settings) {
    TRY(check_installed());
    Pipe commands = TRY(make_pipe()), answers = TRY(make_pipe()), complaints = TRY(make_pipe());
    const pid_t parent = ::getpid();
    Chromium browser;
    browser.process_ = ::fork();
    if (browser.process_ < 0) return failed("fork");
    if (browser.process_ == 0) {
        const Status wrong = become_browser(settings, parent, commands.read.get(), answers.write.get(), complaints.write.get());
        const std::string words = wrong.ok() ? "" : wrong.error().message + " (" + wrong.error().detail + ")";
        (void)!::write(complaints.write.get(), words.data(), words.size());
        ::_exit(1);
    }
    if (settings.alone) ::setpgid(browser.process_, browser.process_);  // also here: whoever comes first
    browser.alone_ = settings.alone;
    complaints.write.reset();
    const std::string complaint = all_of(complaints.read);
    if (!complaint.empty()) return Error{Fault::Unavailable, "The browser cannot be confined.", complaint};
    browser.input_ = std::move(commands.write);
    browser.output_ = std::move(answers.read);
    return browser;
}

Chromium::Chromium(Chromium&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      alone_(other.alone_),
      input_(std::move(other.input_)),
      output_(std::move(other.output_)) {}

Chromium::~Chromium() { end(); }

void Chromium::end() {
    if (process_ <= 0) return;
    input_.reset();
    output_.reset();
    ::kill(alone_ ? -process_ : process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
}

}  // namespace docwright::web
