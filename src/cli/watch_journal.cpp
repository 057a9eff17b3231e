#include "cli/watch_journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <vector>

#include "base/write_bytes.h"
#include "cli/output_file.h"

namespace docwright {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolder = ".docwright-watch";
constexpr const char* kFile = "journal";
constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

Error storage(std::string_view what, const fs::path& path) {
    return Error{Fault::Internal, fmt::format("Cannot {} {}: {}.", what, path.string(), std::strerror(errno)), {}, "STORAGE_ERROR"};
}

FileStamp stamp_in(const struct stat& facts) {
    return {static_cast<std::uint64_t>(facts.st_size), facts.st_ctim.tv_sec * kNanosecondsPerSecond + facts.st_ctim.tv_nsec};
}

// A name may hold any byte but '/' and 0.
std::string escaped(std::string_view name) {
    std::string out;
    for (char c : name) {
        if (c == '\t')
            out += "\\t";
        else if (c == '\n')
            out += "\\n";
        else if (c == '\\')
            out += "\\\\";
        else
            out += c;
    }
    return out;
}

std::string unescaped(std::string_view field) {
    std::string out;
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (field[i] != '\\' || i + 1 == field.size()) {
            out += field[i];
            continue;
        }
        const char next = field[++i];
        out += next == 't' ? '\t' : next == 'n' ? '\n' : next;
    }
    return out;
}

std::vector<std::string> fields_of(std::string_view line) {
    std::vector<std::string> fields;
    while (true) {
        const std::size_t tab = line.find('\t');
        fields.push_back(unescaped(line.substr(0, tab)));
        if (tab == std::string_view::npos) return fields;
        line.remove_prefix(tab + 1);
    }
}

template <class Number>
bool read_number(const std::string& text, Number& number) {
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
    return wrong == std::errc{} && end == text.data() + text.size();
}

}  // namespace

std::optional<FileStamp> stamp_of(const fs::path& file) {
    struct stat facts {};
    if (::lstat(file.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return std::nullopt;
    return stamp_in(facts);
}

std::optional<FileStamp> stamp_of(int descriptor) {
    struct stat facts {};
    if (::fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) return std::nullopt;
    return stamp_in(facts);
}

WatchJournal::WatchJournal(fs::path out, std::string with) : out_(std::move(out)), folder_(out_ / kFolder), with_(std::move(with)) {}

Result<std::unique_ptr<WatchJournal>> WatchJournal::open(const fs::path& in, const fs::path& out, std::string with) {
    std::unique_ptr<WatchJournal> journal(new WatchJournal(out, std::move(with)));
    TRY(journal->lock());
    journal->read();
    TRY(journal->tidy(in));
    return journal;
}

Status WatchJournal::lock() {
    std::error_code failed;
    fs::create_directories(folder_, failed);
    lock_file_ = FileDescriptor(::open((folder_ / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    if (!lock_file_.open()) return storage("write into", folder_);
    if (::flock(lock_file_.get(), LOCK_EX | LOCK_NB) != 0)
        return Error{Fault::Conflict, fmt::format("Another docwright watch writes its results to {}.", out_.string())};
    for (const auto& entry : fs::directory_iterator(folder_, failed)) {  // drafts of one that was killed
        if (entry.path().filename().string().starts_with(".docwright-")) fs::remove(entry.path(), failed);
    }
    return success();
}

void WatchJournal::read() {
    std::ifstream file(folder_ / kFile);
    for (std::string line; std::getline(file, line);) {
        if (file.eof()) return;  // without its end: not all of it reached the disk
        const std::vector<std::string> fields = fields_of(line);
        if (fields.size() == 3 && fields[0] == "name") owners_[fields[1]] = fields[2];
        Done done;
        if (fields.size() != 6 || fields[0] != "done" || !read_number(fields[2], done.stamp.size) ||
            !read_number(fields[3], done.stamp.changed_ns))
            continue;
        done.sha256 = fields[1];
        done.with = fields[4];
        done_[fields[5]] = std::move(done);
    }
}

namespace {

std::string name_line(const std::string& result, const std::string& input) {
    return fmt::format("name\t{}\t{}\n", escaped(result), escaped(input));
}

std::string done_line(const std::string& input, const std::string& sha256, const FileStamp& stamp, const std::string& with) {
    return fmt::format("done\t{}\t{}\t{}\t{}\t{}\n", sha256, stamp.size, stamp.changed_ns, escaped(with), escaped(input));
}

}  // namespace

Status WatchJournal::tidy(const fs::path& in) {
    std::map<std::string, bool> wanted;  // by input: it or one of its results is there
    for (const auto& [result, input] : owners_) wanted[input] = wanted[input] || stamp_of(out_ / result) || stamp_of(in / input);
    for (const auto& [input, done] : done_) wanted[input] = wanted[input] || stamp_of(in / input);
    std::erase_if(owners_, [&](const auto& entry) { return !wanted[entry.second]; });
    std::erase_if(done_, [&](const auto& entry) { return !wanted[entry.first]; });
    OutputFile fresh = TRY(OutputFile::create(folder_));
    std::string text;
    for (const auto& [result, input] : owners_) text += name_line(result, input);
    for (const auto& [input, done] : done_) text += done_line(input, done.sha256, done.stamp, done.with);
    TRY(write_bytes(fresh.file().get(), text));
    TRY(fresh.keep_durably_at(folder_ / kFile));
    file_ = FileDescriptor(::open((folder_ / kFile).c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
    if (!file_.open()) return storage("write", folder_ / kFile);
    return success();
}

Status WatchJournal::append(const std::string& line) {
    TRY(write_bytes(file_.get(), line));
    if (::fdatasync(file_.get()) != 0) return storage("write", folder_ / kFile);
    return success();
}

bool WatchJournal::is_done(const std::string& input, const FileStamp& stamp) const {
    const std::lock_guard hold(lock_);
    const auto found = done_.find(input);
    return found != done_.end() && found->second.with == with_ && found->second.stamp == stamp;
}

bool WatchJournal::is_done(const std::string& input, const std::string& sha256) const {
    const std::lock_guard hold(lock_);
    const auto found = done_.find(input);
    return found != done_.end() && found->second.with == with_ && found->second.sha256 == sha256;
}

bool WatchJournal::is_free(const std::string& result, const std::string& input) const {
    const auto owner = owners_.find(result);
    if (owner != owners_.end()) return owner->second == input;
    std::error_code failed;
    return !fs::exists(fs::symlink_status(out_ / result, failed));
}

Result<std::string> WatchJournal::name_for(const std::string& input, const fs::path& wished) {
    const std::lock_guard hold(lock_);
    const std::string whole = fs::path(input).filename().string();
    std::string name = wished.string();
    for (int number = 1; !is_free(name, input); ++number) {
        const std::string stem = number == 1 ? whole : fmt::format("{}-{}", whole, number);
        name = (wished.parent_path() / (stem + wished.extension().string())).string();
    }
    if (owners_.contains(name)) return name;
    TRY(append(name_line(name, input)));
    owners_[name] = input;
    return name;
}

Status WatchJournal::note_done(const std::string& input, const std::string& sha256, const FileStamp& stamp) {
    const std::lock_guard hold(lock_);
    TRY(append(done_line(input, sha256, stamp, with_)));
    done_[input] = {sha256, stamp, with_};
    return success();
}

}  // namespace docwright
