// Merges a Word template by itself, without server and engine, for measurements and for tests of what comes out:
//     template_merge T.docx V.json -o out.docx          one merge; warnings on standard error
//     template_merge T.docx V.json --times 1000         milliseconds of opening and merging, the middle and the least of them
//     template_merge T.docx V.json --rows items 100000  the first item of the list so often; peak of resident memory
//     template_merge T.docx V.json --modified 2026-01-31T12:00:00Z
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>
#include <vector>

#include "base/file_descriptor.h"
#include "docgen/word_template.h"

namespace {

using namespace docwright;

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

struct Options {
    std::string template_path, values_path, output, list, modified;
    int times = 1, rows = 0;
};

Options options_of(int count, char** words) {
    Options options{.template_path = words[1], .values_path = words[2]};
    for (int i = 3; i + 1 < count; ++i) {
        const std::string word = words[i];
        if (word == "-o") options.output = words[++i];
        if (word == "--times") options.times = std::stoi(words[++i]);
        if (word == "--modified") options.modified = words[++i];
        if (word == "--rows" && i + 2 < count) {
            options.list = words[++i];
            options.rows = std::stoi(words[++i]);
        }
    }
    return options;
}

int peak_megabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stoi(line.substr(6)) / 1024;
    return 0;
}

double milliseconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

void show(const char* what, std::vector<double> times) {
    std::ranges::sort(times);
    std::cout << what << ": middle " << times[times.size() / 2] << " ms, least " << times.front() << " ms\n";
}

int failed(const Error& error) {
    std::cerr << error.message << (error.detail.empty() ? "" : " (" + error.detail + ")") << "\n";
    return 1;
}

Status write_out(const FileDescriptor& file, const std::string& path) {
    std::string bytes(static_cast<std::size_t>(::lseek(file.get(), 0, SEEK_END)), '\0');
    if (::pread(file.get(), bytes.data(), bytes.size(), 0) < 0) return Error{Fault::Internal, "The result cannot be read."};
    std::ofstream(path, std::ios::binary) << bytes;
    return success();
}

int run(const Options& options) {
    const std::string docx = read_file(options.template_path);
    json::value values = json::parse(read_file(options.values_path));
    if (options.rows > 0) {
        json::array& list = values.as_object().at(options.list).as_array();
        const json::value first = list.at(0);
        while (list.size() < static_cast<std::size_t>(options.rows)) list.push_back(first);
        std::cout << "values: " << peak_megabytes() << " MB resident\n";
    }
    docgen::MergeSettings settings;
    settings.today = {2026, 1, 31};
    settings.modified = options.modified;
    std::vector<double> opening, merging;
    FileDescriptor output;
    for (int i = 0; i < options.times; ++i) {
        auto start = std::chrono::steady_clock::now();
        const Result<docgen::WordTemplate> word = docgen::WordTemplate::open(docx);
        if (!word.ok()) return failed(word.error());
        opening.push_back(milliseconds_since(start));
        if (i == 0)
            for (const std::string& warning : word.value().warnings()) std::cerr << warning << "\n";
        start = std::chrono::steady_clock::now();
        output = FileDescriptor(::memfd_create("document", MFD_CLOEXEC));
        const Status merged = word.value().merge(values, settings, output.get(), [&](const std::string& warning) {
            if (i == 0) std::cerr << warning << "\n";
        });
        if (!merged.ok()) return failed(merged.error());
        merging.push_back(milliseconds_since(start));
    }
    if (options.times > 1 || options.rows > 0) {
        show("open and compile", opening);
        show("merge and write", merging);
        std::cout << "peak: " << peak_megabytes() << " MB resident, result " << ::lseek(output.get(), 0, SEEK_END) << " bytes\n";
    }
    if (!options.output.empty())
        if (const Status written = write_out(output, options.output); !written.ok()) return failed(written.error());
    return 0;
}

}  // namespace

int main(int count, char** words) {
    if (count < 3) {
        std::cerr << "usage: template_merge TEMPLATE VALUES [-o OUT] [--times N] [--rows LIST N] [--modified TIME]\n";
        return 2;
    }
    return run(options_of(count, words));
}
