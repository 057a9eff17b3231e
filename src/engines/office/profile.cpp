#include "engines/office/profile.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "base/file_descriptor.h"
#include "base/write_bytes.h"

namespace docwright::office {
namespace {

struct Setting {
    const char* path;  // below /org.openoffice.
    const char* name;
    const char* value;
};

constexpr Setting kSettings[] = {
    // A process that was ended leaves its lock file behind, and the next one would then refuse the same path.
    {"Office.Common/Misc", "UseLocking", "false"},
    {"Office.Common/Misc", "UseDocumentOOoLockFile", "false"},
    {"Office.Common/Misc", "UseDocumentSystemFileLocking", "false"},
    {"Office.Common/Misc", "FirstRun", "false"},
    // Nothing of a document acts.
    {"Office.Common/Security/Scripting", "DisableMacrosExecution", "true"},
    {"Office.Common/Security/Scripting", "MacroSecurityLevel", "3"},
    {"Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"},
    {"Office.Common/Security/Scripting", "DisableActiveContent", "true"},
    {"Office.Common/Security/Scripting", "DisableOLEAutomation", "true"},
    {"Office.Writer/Content/Update", "Link", "2"},  // never
    {"Office.Calc/Content/Update", "Link", "1"},    // never; the two count differently
    // Nothing of a document stays.
    {"Office.Common/History", "PickListSize", "0"},
    {"Office.Recovery/AutoSave", "Enabled", "false"},
    {"Office.Recovery/AutoSave", "UserAutoSaveEnabled", "false"},
    {"Office.Common/Save/Document", "CreateBackup", "false"},
    {"Office.Common/Save/Document", "AutoSave", "false"},
};

std::string settings_file() {
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n";
    for (const Setting& each : kSettings) {
        text += std::string("<item oor:path=\"/org.openoffice.") + each.path + "\"><prop oor:name=\"" + each.name +
                "\" oor:op=\"fuse\"><value>" + each.value + "</value></prop></item>\n";
    }
    return text + "</oor:items>\n";
}

Error cannot_write(const std::string& path) {
    return Error{Fault::Internal, "The office engine cannot write its settings.", path + ": " + std::strerror(errno)};
}

}  // namespace

Status write_profile(const std::string& folder) {
    constexpr mode_t kOwner = 0700;
    for (const std::string& each : {folder, folder + "/user"}) {
        if (::mkdir(each.c_str(), kOwner) != 0 && errno != EEXIST) return cannot_write(each);
    }
    const std::string path = folder + "/user/registrymodifications.xcu";
    const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!file.open()) return cannot_write(path);
    return write_bytes(file.get(), settings_file());
}

}  // namespace docwright::office
