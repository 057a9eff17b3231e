// Each means of confinement alone, in a process of its own: none may lean on another.
#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <functional>
#include <utility>

#include "base/temporary_folder.h"
#include "engines/sandbox/landlock.h"
#include "engines/sandbox/namespaces.h"
#include "engines/sandbox/resource_limits.h"
#include "engines/sandbox/system_calls.h"

namespace docwright {
namespace {

constexpr int kNotConfined = 99;

// Runs `act` in a child process. Its exit code, or minus the signal that ended it.
int in_child(const std::function<int()>& act) {
    pid_t process = ::fork();
    if (process == 0) ::_exit(act());
    int status = 0;
    ::waitpid(process, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

int error_of(long answer) { return answer < 0 ? errno : 0; }

int connect_to_loopback() {
    FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{.sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
    return error_of(::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address));  // the interface's own cast
}

TEST(Landlock, alone_refuses_files_and_the_network_but_not_what_is_already_open) {
    EXPECT_GE(landlock_abi(), 1);
    int answer = in_child([] {
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        int open_before = ::open("/etc/passwd", O_RDONLY | O_CLOEXEC);
        auto ruleset = make_empty_ruleset();
        if (!ruleset.ok() || !restrict_by(ruleset.value()).ok()) return kNotConfined;
        char byte = 0;
        if (error_of(::open("/etc/passwd", O_RDONLY | O_CLOEXEC)) != EACCES) return 1;
        if (error_of(::open("/tmp/docwright-landlock", O_CREAT | O_WRONLY | O_CLOEXEC, 0600)) != EACCES) return 2;
        if (landlock_abi() >= 4 && connect_to_loopback() != EACCES) return 3;
        if (landlock_abi() >= 6 && error_of(::kill(::getppid(), 0)) != EPERM) return 4;
        return ::read(open_before, &byte, 1) == 1 ? 0 : 5;
    });
    EXPECT_EQ(answer, 0);
}

TEST(Namespaces, alone_leave_no_network_and_no_file) {
    int answer = in_child([] {
        if (!enter_namespaces().ok() || !leave_file_tree().ok()) return kNotConfined;
        struct stat facts {};
        if (error_of(::stat("/etc/passwd", &facts)) != ENOENT) return 1;
        if (error_of(::open("/file", O_CREAT | O_WRONLY | O_CLOEXEC, 0600)) != EROFS) return 2;
        return connect_to_loopback() == ENETUNREACH ? 0 : 3;
    });
    EXPECT_EQ(answer, 0);
}

TEST(Namespaces, leave_the_file_tree_of_a_chroot_as_well) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root changes its root";
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder.path / "tmp");
    int answer = in_child([&] {
        if (::chroot(folder.path.c_str()) != 0 || ::chdir("/") != 0) return 1;
        if (!enter_namespaces().ok() || !leave_file_tree().ok()) return kNotConfined;
        struct stat facts {};
        if (error_of(::stat("/tmp", &facts)) != ENOENT || error_of(::stat("/../usr", &facts)) != ENOENT) return 2;
        return error_of(::open("/file", O_CREAT | O_WRONLY | O_CLOEXEC, 0600)) == EROFS ? 0 : 3;
    });
    EXPECT_EQ(answer, 0);
}

TEST(Namespaces, cover_the_temporary_folder_of_a_chroot_and_leave_room_for_a_browsers_own) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root changes its root";
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder.path / "tmp");
    int answer = in_child([&] {
        if (::chroot(folder.path.c_str()) != 0 || ::chdir("/") != 0) return 1;
        if (!enter_namespaces().ok() || !cover_temporary_folder(1 << 20).ok()) return kNotConfined;
        if (error_of(::open("/tmp/file", O_CREAT | O_WRONLY | O_CLOEXEC, 0600)) != 0) return 2;
        struct stat facts {};
        if (error_of(::stat("/usr", &facts)) != ENOENT || error_of(::stat("/../usr", &facts)) != ENOENT) return 3;
        constexpr uid_t kNobody = 65534;
        if (!become_user({kNobody, kNobody}).ok()) return 4;
        return ::unshare(CLONE_NEWUSER) == 0 ? 0 : 5;
    });
    EXPECT_EQ(answer, 0);
    EXPECT_FALSE(std::filesystem::exists(folder.path / "tmp" / "file"));
}

TEST(Privileges, are_gone_for_good) {
    int answer = in_child([] {
        if (!drop_privileges().ok()) return kNotConfined;
        if (error_of(::setgid(0)) == 0 && ::getegid() != 0) return 1;
        if (error_of(::chroot("/")) != EPERM) return 2;
        return ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? 0 : 3;
    });
    EXPECT_EQ(answer, 0);
}

TEST(Privileges, of_root_are_given_up_for_another_user) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root becomes another user";
    int answer = in_child([] {
        auto user = find_user("nobody");
        if (!user.ok() || !become_user(user.value()).ok()) return kNotConfined;
        if (::geteuid() != user.value().user || ::getegid() != user.value().group || ::getgroups(0, nullptr) != 0) return 1;
        return error_of(::setuid(0)) == EPERM ? 0 : 2;
    });
    EXPECT_EQ(answer, 0);
}

TEST(SystemCalls, not_on_the_list_end_the_process_with_SIGSYS) {
    auto filter = SystemCallFilter::compile();
    ASSERT_TRUE(filter.ok()) << filter.error().detail;
    int answer = in_child([&] {
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        if (!filter.value().install().ok()) return kNotConfined;
        return ::chdir("/");
    });
    EXPECT_EQ(answer, -SIGSYS);
}

TEST(SystemCalls, that_libraries_merely_try_are_refused) {
    auto filter = SystemCallFilter::compile();
    ASSERT_TRUE(filter.ok()) << filter.error().detail;
    int answer = in_child([&] {
        pid_t parent = ::getppid();
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        if (!filter.value().install().ok()) return kNotConfined;
        struct stat facts {};
        if (error_of(::open("/etc/passwd", O_RDONLY)) != EPERM) return 1;
        if (error_of(::socket(AF_INET, SOCK_STREAM, 0)) != EPERM) return 2;
        if (error_of(::stat("/etc/passwd", &facts)) != EPERM) return 3;
        if (error_of(::tgkill(parent, parent, 0)) != EPERM) return 4;
        return error_of(::fstat(0, &facts)) == 0 ? 0 : 5;
    });
    EXPECT_EQ(answer, 0);
}

bool starts_thread() {
    pthread_t thread;
    if (::pthread_create(
            &thread, nullptr, [](void*) -> void* { return nullptr; }, nullptr) != 0)
        return false;
    return ::pthread_join(thread, nullptr) == 0;
}

TEST(SystemCalls, let_threads_start_and_nothing_else_until_they_are_refused) {
    auto filter = SystemCallFilter::compile();
    ASSERT_TRUE(filter.ok()) << filter.error().detail;
    int answer = in_child([&] {
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        if (!filter.value().install().ok()) return kNotConfined;
        if (error_of(::fork()) != EPERM) return 1;
        if (!starts_thread()) return 2;
        std::atomic<int> step = 0;
        std::atomic<long> in_old_thread = 0;
        pthread_t old_thread;
        auto wait_and_try = std::pair(&step, &in_old_thread);
        auto body = [](void* shared) -> void* {
            auto [now, outcome] = *static_cast<std::pair<std::atomic<int>*, std::atomic<long>*>*>(shared);
            while (*now == 0) ::sched_yield();
            *outcome = starts_thread() ? 1 : 2;
            return nullptr;
        };
        if (::pthread_create(&old_thread, nullptr, body, &wait_and_try) != 0) return 3;
        if (!refuse_new_threads().ok()) return 4;
        step = 1;
        if (::pthread_join(old_thread, nullptr) != 0 || in_old_thread != 2) return 5;
        return starts_thread() ? 6 : 0;
    });
    EXPECT_EQ(answer, 0);
}

TEST(ResourceLimits, hold_and_cannot_be_raised) {
    int answer = in_child([] {
        if (!set_resource_limits({5, 1ULL << 30, 4096}).ok()) return kNotConfined;
        rlimit now{};
        if (::getrlimit(RLIMIT_CPU, &now) != 0 || now.rlim_cur != 5 || now.rlim_max != 6) return 1;
        if (::getrlimit(RLIMIT_CORE, &now) != 0 || now.rlim_max != 0) return 2;
        if (!set_resource_limits({50, 1ULL << 40, 1 << 20}).ok()) return 3;  // asks for more, gets what it has
        return ::getrlimit(RLIMIT_FSIZE, &now) == 0 && now.rlim_cur == 4096 ? 0 : 4;
    });
    EXPECT_EQ(answer, 0);
}

}  // namespace
}  // namespace docwright
