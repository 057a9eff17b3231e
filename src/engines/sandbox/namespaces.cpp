#include "engines/sandbox/namespaces.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/file_descriptor.h"

namespace docwright {
namespace {

constexpr int kNamespaces = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWNS | CLONE_NEWUTS;

Error refused(std::string message, const std::string& call) {
    return Error{Fault::Unavailable, std::move(message), call + ": " + std::strerror(errno)};
}

Error no_namespaces(const std::string& call) {
    return refused("Namespaces, which keep engines away from the network, are not available.", call);
}

Status write_to(const char* path, const std::string& text) {
    FileDescriptor file(::open(path, O_WRONLY | O_CLOEXEC));
    if (!file.open() || ::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) return no_namespaces(path);
    return success();
}

// The same ids inside as outside. The kernel lets a process write its maps only while it is dumpable, and a change of user
// has ended that.
Status map_own_user(uid_t user, gid_t group) {
    ::prctl(PR_SET_DUMPABLE, 1);
    TRY(write_to("/proc/self/setgroups", "deny"));
    TRY(write_to("/proc/self/uid_map", std::to_string(user) + " " + std::to_string(user) + " 1"));
    TRY(write_to("/proc/self/gid_map", std::to_string(group) + " " + std::to_string(group) + " 1"));
    ::prctl(PR_SET_DUMPABLE, 0);
    return success();
}

// In a chroot (build machines, old containers) "/" is no mount point: it can neither be made private nor be exchanged, and the
// kernel refuses user namespaces, which Chromium's sandbox is made of. So a copy of the chroot's tree is laid over the root of
// this mount namespace and becomes "/". Entering the namespace once more is what leads out of the chroot.
Status make_root_a_mount_point() {
    auto failed = [](const char* call) { return refused("The engine cannot have a root folder of its own.", call); };
    const FileDescriptor root(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
    const FileDescriptor self(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0)));
    if (!root.open() || !self.open()) return failed("open");
    if (::setns(self.get(), CLONE_NEWNS) != 0) return failed("setns");
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return failed("mount private");
    const FileDescriptor tree(::open_tree(root.get(), "", AT_EMPTY_PATH | OPEN_TREE_CLONE | AT_RECURSIVE | OPEN_TREE_CLOEXEC));
    if (!tree.open()) return failed("open_tree");
    if (::move_mount(tree.get(), "", AT_FDCWD, "/", MOVE_MOUNT_F_EMPTY_PATH) != 0) return failed("move_mount");
    if (::fchdir(tree.get()) != 0 || ::chroot(".") != 0) return failed("chroot");
    return success();
}

// What is mounted from here on is seen by nobody else.
Status make_mounts_private() {
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0) return success();
    return errno == EINVAL ? make_root_a_mount_point() : Status(refused("The engine cannot leave the file tree.", "mount private"));
}

}  // namespace

Status enter_namespaces() {
    uid_t user = ::geteuid();
    gid_t group = ::getegid();
    if (user == 0) {
        if (::unshare(kNamespaces) != 0) return no_namespaces("unshare as root");
        return make_mounts_private();
    }
    if (::unshare(CLONE_NEWUSER | kNamespaces) != 0) return no_namespaces("unshare as user");
    TRY(map_own_user(user, group));
    return make_mounts_private();
}

Status leave_file_tree() {
    auto cannot_leave = [](const char* call) { return refused("The engine cannot leave the file tree.", call); };
    constexpr const char* kMountPoint = "/tmp";  // exists everywhere; covered in this namespace only
    if (::mount("none", kMountPoint, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=4k,nr_inodes=2,mode=555") != 0)
        return cannot_leave("mount tmpfs");
    if (::chdir(kMountPoint) != 0) return cannot_leave("chdir");
    if (::syscall(SYS_pivot_root, ".", ".") != 0) return cannot_leave("pivot_root");
    if (::umount2(".", MNT_DETACH) != 0) return cannot_leave("umount2");
    if (::chdir("/") != 0) return cannot_leave("chdir");
    if (::mount("none", "/", nullptr, MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr) != 0)
        return cannot_leave("mount read-only");
    return success();
}

Status cover_temporary_folder(std::uint64_t bytes) {
    auto failed = [](const char* call) { return refused("The engine cannot have a temporary folder of its own.", call); };
    const std::string options = "mode=1777,size=" + std::to_string(bytes);
    if (::mount("none", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, options.c_str()) != 0) return failed("mount tmpfs");
    if (::chdir("/tmp") != 0) return failed("chdir");
    return success();
}

Result<UserIds> find_user(const std::string& name) {
    const passwd* user = ::getpwnam(name.c_str());
    if (user) return UserIds{user->pw_uid, user->pw_gid};
    return Error{Fault::Unavailable, "The user " + name +
                                         ", as whom engines run when the server runs as root, does not exist. Make it with: "
                                         "useradd --system --no-create-home --shell /usr/sbin/nologin " +
                                         name};
}

Status become_user(const UserIds& ids) {
    if (::setgroups(0, nullptr) != 0 || ::setresgid(ids.group, ids.group, ids.group) != 0 ||
        ::setresuid(ids.user, ids.user, ids.user) != 0) {
        return refused("The engine cannot give up the root user.", "setresuid");
    }
    return success();
}

Status drop_privileges() {
    auto failed = [](const char* call) { return refused("The engine cannot give up its privileges.", call); };
    for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability) >= 0; ++capability) {
        ::prctl(PR_CAPBSET_DROP, capability);  // allowed for a capable process only; for others the sets below are empty anyway
    }
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> none{};
    if (::syscall(SYS_capset, &header, none.data()) != 0) return failed("capset");
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("no_new_privs");
    ::prctl(PR_SET_DUMPABLE, 0);
    return success();
}

}  // namespace docwright
