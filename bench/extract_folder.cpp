// Extracts every PDF of a folder (or one file) into OUT/NAME.zip, unconfined and in this one process: for scoring and
// measuring, not for strangers' files.
//   extract_folder IN OUT [--renditions all|images|none] [--detail elements|lines|words] [--coordinates integer|decimal]
//                  [--hidden leftOut|include] [--format zip|json|md|html|txt] [--password WORD] [--debug lines|blocks|tables|elements]
//                  [--threads N]
// Prints one line a file (pages, seconds, message) and a total. Exit status 1 if a file failed.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/file_descriptor.h"
#include "base/hashing.h"
#include "base/worker_threads.h"
#include "engines/pdf/library.h"
#include "operations/all.h"

namespace docwright {
namespace {

namespace fs = std::filesystem;

class Pages : public Progress {
public:
    void report(int done, int total) override { count = std::max({count, done, total}); }
    int count = 0;
};

struct Mapping {
    void* start = nullptr;
    std::size_t size = 0;
    explicit Mapping(const fs::path& path) {
        const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        struct stat facts {};
        if (!file.open() || ::fstat(file.get(), &facts) != 0 || facts.st_size == 0) return;
        size = static_cast<std::size_t>(facts.st_size);
        start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
        if (start == MAP_FAILED) start = nullptr;
    }
    ~Mapping() {
        if (start) ::munmap(start, size);
    }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    std::string_view bytes() const { return {static_cast<const char*>(start), start ? size : 0}; }
};

struct Options {
    fs::path in, out;
    std::map<std::string, std::string> given;
    int threads = 1;
};

FileDescriptor scratch_file() { return FileDescriptor(::open(fs::temp_directory_path().c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)); }

// Pages done, or the error.
Result<int> extract_file(const fs::path& in, const fs::path& out, const Options& options) {
    const Operation* operation = operation_named(all_operations(), "pdf-structural-extract");
    json::object given;
    std::string password;
    for (const auto& [name, value] : options.given) {
        if (name == "password") {
            password = value;
        } else {
            given[name] = value;
        }
    }
    const json::object values = TRY(parse_values(*operation, given));
    const Mapping mapping(in);
    const FileDescriptor result(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    const FileDescriptor scratch = scratch_file();
    TaskFiles files{.output = result.get(), .scratch = scratch.get()};
    files.inputs.push_back(
        {.bytes = mapping.bytes(), .file_name = in.filename(), .sha256 = hex(sha256(mapping.bytes())), .password = password});
    WorkerThreads workers(options.threads - 1);
    files.workers = &workers;
    Pages pages;
    TRY(operation->body.run(values, files, pages));
    return pages.count / 2;
}

int run(const Options& options) {
    const pdf::Library library;
    std::vector<fs::path> inputs;
    if (fs::is_directory(options.in)) {
        for (const auto& entry : fs::directory_iterator(options.in)) {
            if (entry.path().extension() == ".pdf") inputs.push_back(entry.path());
        }
        std::ranges::sort(inputs);
    } else {
        inputs.push_back(options.in);
    }
    fs::create_directories(options.out);
    const auto format = options.given.find("outputFormat");
    const std::string extension = format == options.given.end() ? "zip" : format->second;
    int all_pages = 0;
    int failed = 0;
    const auto start = std::chrono::steady_clock::now();
    const auto seconds_since = [](auto begin) { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(); };
    for (const fs::path& input : inputs) {
        const auto begin = std::chrono::steady_clock::now();
        const fs::path out = options.out / (input.stem().string() + "." + extension);
        const Result<int> pages = extract_file(input, out, options);
        if (!pages.ok()) {
            ++failed;
            fs::remove(out);
            std::printf("%-50s FAILED %s %s %s\n", input.filename().c_str(), pages.error().reason.c_str(), pages.error().message.c_str(),
                        pages.error().detail.c_str());
            continue;
        }
        all_pages += pages.value();
        std::printf("%-50s %5d pages %8.3f s\n", input.filename().c_str(), pages.value(), seconds_since(begin));
    }
    const double seconds = seconds_since(start);
    std::printf("%zu files, %d failed, %d pages, %.2f s, %.1f pages/s\n", inputs.size(), failed, all_pages, seconds, all_pages / seconds);
    return failed > 0 ? 1 : 0;
}

}  // namespace
}  // namespace docwright

int main(int count, char** words) {
    docwright::Options options;
    const std::map<std::string, std::string> names = {{"--renditions", "renditions"},
                                                      {"--detail", "detail"},
                                                      {"--coordinates", "coordinates"},
                                                      {"--hidden", "hiddenText"},
                                                      {"--format", "outputFormat"},
                                                      {"--password", "password"},
                                                      {"--debug", "debug"}};
    std::vector<std::string> places;
    for (int i = 1; i < count; ++i) {
        const auto name = names.find(words[i]);
        if (std::string_view(words[i]) == "--threads" && i + 1 < count) {
            options.threads = std::atoi(words[++i]);
        } else if (name != names.end() && i + 1 < count) {
            options.given[name->second] = words[++i];
        } else {
            places.emplace_back(words[i]);
        }
    }
    if (places.size() != 2) {
        std::fprintf(stderr, "usage: extract_folder IN OUT [--renditions all|images|none] [--format zip|json|md|html|txt] …\n");
        return 2;
    }
    options.in = places[0];
    options.out = places[1];
    return docwright::run(options);
}
