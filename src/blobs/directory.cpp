#include "blobs/directory.h"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "base/hash_file.h"
#include "base/ids.h"
#include "base/limits.h"

namespace docwright {
namespace {

namespace fs = std::filesystem;

Error storage_error(std::string_view what) {
    return Error{Fault::Internal, "The bytes cannot be stored or read.", std::string(what) + ": " + std::strerror(errno), "STORAGE_ERROR"};
}

Status make_folder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return success();
    return storage_error("mkdir " + folder.string());
}

Status sync_folder(const fs::path& folder) {
    FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.open() || ::fsync(opened.get()) != 0) return storage_error("fsync " + folder.string());
    return success();
}

// In order. None where the folder cannot be read: what is not seen is not touched.
std::vector<fs::path> entries_of(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed); !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
        entries.push_back(entry->path());
    }
    std::ranges::sort(entries);
    return entries;
}

// Account ids and hashes are our own, but a path is made of nothing unchecked.
bool is_safe_name(std::string_view name) {
    return !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos && name.find('\0') == std::string_view::npos;
}

// false also where it cannot be read.
bool holds(const FileDescriptor& file, std::string_view sha256) {
    Sha256Stream hash;
    return hash_file(hash, file.get()).error == 0 && hex(hash.finish()) == sha256;
}

struct Place {
    fs::path folder;  // of the account
    fs::path shelf;   // folder/ab
    fs::path file;    // folder/ab/abcd…
};

Place place_of(const fs::path& blobs, std::string_view account, std::string_view sha256) {
    Place place;
    place.folder = blobs / account;
    place.shelf = place.folder / sha256.substr(0, 2);
    place.file = place.shelf / sha256;
    return place;
}

class DirectoryDraft final : public BlobDraft {
public:
    DirectoryDraft(fs::path blobs, std::string account, FileDescriptor file, fs::path name, bool durable)
        : blobs_(std::move(blobs)), account_(std::move(account)), file_(std::move(file)), name_(std::move(name)), durable_(durable) {}
    ~DirectoryDraft() override {
        if (!name_.empty()) ::unlink(name_.c_str());
    }

    Status add(std::string_view bytes) override;
    int descriptor() const override { return file_.get(); }
    Status read_back() override;
    std::uint64_t bytes() const override { return bytes_; }
    std::string sha256() override {
        if (sha256_.empty()) sha256_ = hex(hash_.finish());
        return sha256_;
    }
    Status publish() override;

private:
    Status make_folders(const Place& place) const;
    bool link_to(const fs::path& name) const;
    Status copy_to_fresh_file();

    fs::path blobs_;
    std::string account_;
    FileDescriptor file_;
    fs::path name_;  // of a draft that needs one
    bool durable_;
    bool published_ = false;
    Sha256Stream hash_;
    std::string sha256_;
    std::uint64_t bytes_ = 0;
};

Status DirectoryDraft::add(std::string_view bytes) {
    hash_.add(bytes);
    while (!bytes.empty()) {
        // At our own place: the descriptor's may have been moved by another process.
        ssize_t count = ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(bytes_));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return storage_error("write");
        bytes.remove_prefix(static_cast<std::size_t>(count));
        bytes_ += static_cast<std::uint64_t>(count);
    }
    return success();
}

Status DirectoryDraft::read_back() {
    hash_ = Sha256Stream();
    sha256_.clear();
    const HashedBytes hashed = hash_file(hash_, file_.get());
    bytes_ = hashed.count;
    errno = hashed.error;
    return hashed.error == 0 ? success() : Status(storage_error("read"));
}

// Each new folder is made durable in its parent before something is put into it.
Status DirectoryDraft::make_folders(const Place& place) const {
    struct stat facts {};
    if (::stat(place.shelf.c_str(), &facts) == 0) return success();
    TRY(make_folder(place.folder));
    if (durable_) TRY(sync_folder(blobs_));
    TRY(make_folder(place.shelf));
    if (durable_) TRY(sync_folder(place.folder));
    return success();
}

bool DirectoryDraft::link_to(const fs::path& name) const {
    // linkat with AT_EMPTY_PATH needs a capability; the way over /proc does not (open(2), O_TMPFILE).
    const std::string source = "/proc/self/fd/" + std::to_string(file_.get());
    return ::linkat(AT_FDCWD, source.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
}

Status DirectoryDraft::copy_to_fresh_file() {
    FileDescriptor fresh(::open(blobs_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!fresh.open()) return storage_error("open a draft");
    off_t from = 0;
    while (static_cast<std::uint64_t>(from) < bytes_) {
        const ssize_t count = ::sendfile(fresh.get(), file_.get(), &from, bytes_ - static_cast<std::uint64_t>(from));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return storage_error("copy a draft");
    }
    file_ = std::move(fresh);
    return success();
}

// The name comes first and the bytes reach the disk under it: one commit of the file system's journal holds both. A loss of
// power in between leaves a name without its bytes, which no row speaks of; whoever meets such a file replaces it.
Status DirectoryDraft::publish() {
    const Place place = place_of(blobs_, account_, sha256());
    if (published_ && ::access(place.file.c_str(), F_OK) == 0) return success();
    TRY(make_folders(place));
    FileDescriptor standing;
    while (!link_to(place.file)) {
        if (errno == EEXIST) {
            standing = FileDescriptor(::open(place.file.c_str(), O_RDONLY | O_CLOEXEC));
            if (standing.open() && holds(standing, sha256())) break;
            standing.reset();
            if (::unlink(place.file.c_str()) != 0 && errno != ENOENT) return storage_error("unlink " + place.file.string());
        } else if (published_ && errno == ENOENT) {
            // A file without a name gets one once only: after its removal there is nothing left to link, but the bytes are open.
            TRY(copy_to_fresh_file());
        } else {
            return storage_error("link " + place.file.string());
        }
    }
    // Also where the same bytes stood already: whoever put them there may not have come so far.
    if (durable_ && ::fsync(standing.open() ? standing.get() : file_.get()) != 0) return storage_error("fsync");
    if (durable_) TRY(sync_folder(place.shelf));
    published_ = true;
    return success();
}

class DirectoryBlobs final : public Blobs {
public:
    DirectoryBlobs(const DirectoryOptions& options, Random& random)
        : blobs_(options.folder / "blobs"),
          drafts_(blobs_ / ".drafts"),
          scratch_(options.folder / "scratch"),
          options_(options),
          random_(random) {}

    Status prepare();
    Result<std::unique_ptr<BlobDraft>> draft(std::string_view account) override;
    Result<FileDescriptor> open(std::string_view account, std::string_view sha256) const override;
    Status remove(std::string_view account, std::string_view sha256) override;
    Status each(const std::function<Status(std::string_view account, std::string_view sha256)>& visit) const override;
    Status probe() override;
    Result<FileDescriptor> scratch(std::string_view task) override;
    Status remove_scratch(std::string_view task) override;
    Status each_scratch(const std::function<Status(std::string_view task)>& visit) const override;

private:
    fs::path blobs_;
    fs::path drafts_;
    fs::path scratch_;
    DirectoryOptions options_;
    Random& random_;
};

Status DirectoryBlobs::prepare() {
    for (const fs::path& folder : {blobs_, drafts_, scratch_}) TRY(make_folder(folder));
    if (options_.alone) {
        for (const fs::path& draft : entries_of(drafts_)) ::unlink(draft.c_str());
    }
    return success();
}

Result<std::unique_ptr<BlobDraft>> DirectoryBlobs::draft(std::string_view account) {
    if (!is_safe_name(account)) return Error{Fault::Internal, "The bytes cannot be stored.", "account id is no file name"};
    FileDescriptor file;
    fs::path name;
    if (options_.nameless) file = FileDescriptor(::open(blobs_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!file.open() && (!options_.nameless || errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT)) {
        name = drafts_ / new_wire_id(random_);
        file = FileDescriptor(::open(name.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600));
    }
    if (!file.open()) return storage_error("open a draft");
    return std::unique_ptr<BlobDraft>(
        std::make_unique<DirectoryDraft>(blobs_, std::string(account), std::move(file), std::move(name), options_.durable));
}

Result<FileDescriptor> DirectoryBlobs::open(std::string_view account, std::string_view sha256) const {
    if (!is_safe_name(account) || !is_safe_name(sha256)) return Error{Fault::NotFound, "No such bytes."};
    const Place place = place_of(blobs_, account, sha256);
    FileDescriptor file(::open(place.file.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.open()) return file;
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    if (!missing || ::access(blobs_.c_str(), F_OK) != 0)
        return storage_error("open " + place.file.string());  // a folder that is gone may come back
    return Error{Fault::NotFound, "No such bytes.", place.file.string()};
}

Status DirectoryBlobs::remove(std::string_view account, std::string_view sha256) {
    if (!is_safe_name(account) || !is_safe_name(sha256)) return success();
    const Place place = place_of(blobs_, account, sha256);
    if (::unlink(place.file.c_str()) == 0 || errno == ENOENT) return success();
    return storage_error("unlink " + place.file.string());
}

Status DirectoryBlobs::each(const std::function<Status(std::string_view account, std::string_view sha256)>& visit) const {
    for (const fs::path& account : entries_of(blobs_)) {
        if (account == drafts_) continue;
        for (const fs::path& shelf : entries_of(account)) {
            for (const fs::path& file : entries_of(shelf)) TRY(visit(account.filename().native(), file.filename().native()));
        }
    }
    return success();
}

Status DirectoryBlobs::probe() {
    std::unique_ptr<BlobDraft> attempt = TRY(draft("probe"));
    return attempt->add(std::string(4096, '\0'));  // one block: an empty file needs no space on a full disk
}

Result<FileDescriptor> DirectoryBlobs::scratch(std::string_view task) {
    if (!is_safe_name(task)) return Error{Fault::Internal, "The task's file cannot be made.", "task id is no file name"};
    FileDescriptor file(::open((scratch_ / task).c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
    if (!file.open()) return storage_error("open a scratch file");
    return file;
}

Status DirectoryBlobs::remove_scratch(std::string_view task) {
    if (!is_safe_name(task)) return success();
    if (::unlink((scratch_ / task).c_str()) == 0 || errno == ENOENT) return success();
    return storage_error("unlink a scratch file");
}

Status DirectoryBlobs::each_scratch(const std::function<Status(std::string_view task)>& visit) const {
    for (const fs::path& file : entries_of(scratch_)) TRY(visit(file.filename().native()));
    return success();
}

}  // namespace

Result<std::unique_ptr<Blobs>> open_directory_blobs(const DirectoryOptions& options, Random& random) {
    auto blobs = std::make_unique<DirectoryBlobs>(options, random);
    TRY(blobs->prepare());
    return std::unique_ptr<Blobs>(std::move(blobs));
}

}  // namespace docwright
