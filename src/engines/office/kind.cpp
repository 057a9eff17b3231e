#include "engines/office/kind.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/limits.h"
#include "base/write_bytes.h"
#include "engines/child/child.h"
#include "engines/child/confinement.h"
#include "engines/office/installation.h"
#include "engines/sandbox/landlock.h"
#include "engines/sandbox/resource_limits.h"

namespace docwright::office {
namespace {

// What LibreOffice reads. /var/spool/libreoffice is where a link below /usr/lib/libreoffice leads: without it LibreOffice ends
// while it starts.
constexpr const char* kReadable[] = {
    "/usr/lib",
    "/lib",
    "/lib64",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/fontconfig",
    "/usr/share/libreoffice",
    "/usr/share/hunspell",
    "/usr/share/hyphen",
    "/usr/share/mythes",
    "/usr/share/zoneinfo",
    "/usr/share/liblangtag",
    "/usr/share/locale",
    "/usr/share/libexttextcat",
    "/etc/fonts",
    "/etc/libreoffice",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/nsswitch.conf",
    "/etc/passwd",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
    "/var/cache/fontconfig",
    "/dev/urandom",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/filesystems",
    "/sys/devices/system/cpu",
};

OfficeFolders folders_in(const ChildFolders& folders) {
    return {.profile = folders.own + "/profile", .scratch = folders.own + "/documents", .temporary = folders.own + "/temporary"};
}

Result<FileDescriptor> ruleset_for(const ChildFolders& folders) {
    std::vector<AllowedPath> paths;
    for (const char* path : kReadable) paths.push_back({path, AllowedPath::Use::Read});
    paths.push_back({"/dev/null", AllowedPath::Use::Write});
    paths.push_back({folders.own, AllowedPath::Use::Write});
    return make_ruleset(paths);
}

std::string shown_limits() {
    return "memory " + std::to_string(limits::kOfficeAddressBytes / (1024 * 1024)) + " MB of addresses, " +
           std::to_string(limits::kOfficeRetireBytes / (1024 * 1024)) + " MB resident, open files " +
           std::to_string(limits::kOfficeOpenFiles) + ", no core file";
}

}  // namespace

KindTraits OfficeKind::traits() const {
    return {.jobs = limits::kOfficeJobs,
            .retire_bytes = limits::kOfficeRetireBytes,
            .kill_bytes = limits::kOfficeKillBytes,
            .wall_seconds = limits::kOfficeWallSeconds};
}

Result<std::vector<EngineFact>> OfficeKind::prepare(const ParentSettings& settings) {
    const std::string version = installed_version();
    constexpr const char* kHow = " Debian 12 has it in bookworm-backports; script/server installs it.";
    if (version.empty()) return Error{Fault::Unsupported, std::string("LibreOffice is not installed.") + kHow, kProgramFolder};
    if (major_of(version) < kOldestVersion) {
        return Error{Fault::Unsupported,
                     "LibreOffice " + version + " is too old; version " + std::to_string(kOldestVersion) + " or later is needed." + kHow};
    }
    const InstalledFonts fonts = installed_fonts(settings.checksums);
    std::vector<EngineFact> facts = {{"LibreOffice", version}, {"font files", std::to_string(fonts.files), fonts.files > 0}};
    if (settings.checksums) facts.push_back({"fonts", "sha256 " + fonts.checksum});
    return facts;
}

Result<std::vector<EngineFact>> OfficeKind::confine_parent(const ParentSettings& settings) {
    Steps steps(settings.allow_weak_sandbox);
    TRY(give_up_rights(settings, FileTree::Own, steps));
    const Status landlock = landlock_abi() > 0 ? success() : Status(make_empty_ruleset().error());
    landlock_ = TRY(steps.take("Landlock", "ABI " + std::to_string(landlock_abi()) + ", its libraries, fonts and own folder", landlock));
    Result<SystemCallFilter> filter = SystemCallFilter::compile_for_libraries();
    const Status seccomp = filter.ok() ? success() : Status(filter.error());
    if (TRY(steps.take("seccomp", "deny list", seccomp))) filter_ = std::move(filter).take();
    steps.facts.push_back({"resource limits", shown_limits(), memory_limit_works()});
    return std::move(steps.facts);
}

Status OfficeKind::use_means_of_this_machine(bool confined) {
    landlock_ = confined;
    if (confined) filter_ = TRY(SystemCallFilter::compile_for_libraries());
    return success();
}

Status OfficeKind::confine_child(const ChildFolders& folders) {
    constexpr mode_t kOwner = 0700;
    const OfficeFolders own = folders_in(folders);
    for (const std::string& each : {own.profile, own.scratch, own.temporary}) {
        if (::mkdir(each.c_str(), kOwner) != 0) return Error{Fault::Unavailable, "An engine cannot make its folder.", std::strerror(errno)};
    }
    TRY(set_resource_limits({.cpu_seconds = limits::kOfficeCpuSeconds,
                             .address_bytes = limits::kOfficeAddressBytes,
                             .file_bytes = limits::kEngineOutputBytes,
                             .open_files = limits::kOfficeOpenFiles}));
    if (landlock_) TRY(restrict_by(TRY(ruleset_for(folders))));
    report_deaths();
    ::close_range(kChildChannel + 1, ~0U, 0);
    return filter_ ? filter_->install() : success();
}

Status OfficeKind::warm_up(const ChildFolders& folders) {
    office_ = TRY(Office::start(folders_in(folders)));
    return success();
}

Status OfficeKind::begin_job(const JobMessage&, TaskFiles& files) {
    files.office = office_.get();
    return success();
}

Status OfficeKind::end_job() { return office_->forget(); }

Result<TaskResult> OfficeKind::self_test(TaskFiles& files, Progress&) {
    const TaskInput& input = files.inputs[0];
    const DocumentKind kind = TRY(kind_of(input.bytes, input.file_name));
    const std::unique_ptr<OpenDocument> document = TRY(office_->open({.bytes = input.bytes, .kind = kind}, {}));
    TRY(write_bytes(files.output, TRY(document->to_pdf({}))));
    return TaskResult{Format::Pdf};
}

}  // namespace docwright::office
