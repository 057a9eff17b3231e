#include "cli/batch.h"

#include <fmt/format.h>
#include <glob.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "base/ascii.h"
#include "cli/progress_bar.h"

namespace docwright {
namespace {

namespace fs = std::filesystem;

struct Found {
    fs::path file;
    fs::path below;  // its folder, relative to the folder that was named
};

Result<std::vector<Found>> files_below(const Operation& operation, const fs::path& folder) {
    std::vector<Found> found;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        if (entry->is_regular_file(error) && reads_by_name(operation, entry->path())) {
            found.push_back({entry->path(), entry->path().parent_path().lexically_relative(folder)});
        }
    }
    if (found.empty())
        return Error{Fault::NotFound, fmt::format("There is no file below {} that {} reads.", folder.string(), operation.name)};
    std::ranges::sort(found, {}, &Found::file);
    return found;
}

std::vector<Found> matches(const std::string& pattern) {
    std::vector<Found> found;
    glob_t results{};
    if (glob(pattern.c_str(), 0, nullptr, &results) == 0) {
        for (std::size_t i = 0; i < results.gl_pathc; ++i) found.push_back({results.gl_pathv[i], {}});
    }
    globfree(&results);
    return found;
}

struct Meant {
    std::vector<Found> files;
    bool one_plain_file = false;
};

Result<Meant> meant_files(const Operation& operation, const std::vector<std::string>& inputs) {
    Meant meant;
    for (const std::string& input : inputs) {
        std::error_code error;
        if (fs::is_directory(input, error)) {
            std::ranges::move(TRY(files_below(operation, input)), std::back_inserter(meant.files));
        } else if (fs::exists(input, error)) {
            meant.files.push_back({input, {}});
            meant.one_plain_file = inputs.size() == 1;
        } else {
            std::vector<Found> found = matches(input);
            if (found.empty()) return Error{Fault::NotFound, fmt::format("There is no {}.", input)};
            std::ranges::move(found, std::back_inserter(meant.files));
        }
    }
    return meant;
}

bool is_folder(const std::string& output) {
    std::error_code error;
    return output.ends_with('/') || fs::is_directory(output, error);
}

// The stem alone where it is unique among the results of a folder, the whole file name where "a.pdf" and "a.PDF" would meet.
std::vector<BatchItem> into_folder(const std::vector<Found>& files, const fs::path& output) {
    std::map<fs::path, int> stems;
    for (const Found& each : files) stems[each.below / each.file.stem()] += 1;
    std::vector<BatchItem> items;
    for (const Found& each : files) {
        const bool unique = stems[each.below / each.file.stem()] == 1;
        fs::path folder = each.below.empty() || each.below == "." ? output : output / each.below;
        items.push_back({{each.file}, {.folder = folder, .name = unique ? each.file.stem() : each.file.filename(), .name_is_stem = true}});
    }
    return items;
}

Status no_two_alike(const std::vector<BatchItem>& items) {
    std::set<fs::path> names;
    for (const BatchItem& item : items) {
        fs::path path = item.target.folder / item.target.name;
        if (!names.insert(path).second) return Error{Fault::InvalidInput, fmt::format("Two inputs would both give {}.", path.string())};
    }
    return success();
}

// For people: its input, or what it makes where it has none.
fs::path name_of(const BatchItem& item) { return item.inputs.empty() ? fs::path(item.target.name) : item.inputs.front(); }

class BarObserver final : public JobObserver {
public:
    BarObserver(ProgressBar& bar, std::size_t item) : bar_(bar), item_(item) {}
    void progress(int done, int total) override { bar_.item_progress(item_, done, total); }

private:
    ProgressBar& bar_;
    std::size_t item_;
};

}  // namespace

bool reads_by_name(const Operation& operation, const fs::path& file) {
    std::string extension = ascii_lowered(file.extension().native());
    for (const InputSlot& slot : operation.inputs) {
        for (Format format : slot.formats) {
            if (format == Format::Any || extension == fmt::format(".{}", format_facts(format).extension)) return true;
        }
    }
    return false;
}

Result<std::vector<BatchItem>> plan_batch(const Operation& operation, const std::vector<std::string>& inputs, const std::string& output) {
    const fs::path target(output);
    const LocalTarget file{.folder = output == "-" ? fs::path("-") : target.parent_path(), .name = target.filename()};
    if (operation.inputs.empty()) {
        if (is_folder(output)) return Error{Fault::InvalidInput, "The output must be a file, or - for standard output."};
        return std::vector<BatchItem>{{{}, file}};
    }
    Meant meant = TRY(meant_files(operation, inputs));
    if (operation.inputs.size() > 1) {  // all inputs belong to one task
        BatchItem item{.inputs = {}, .target = file};
        for (const Found& each : meant.files) item.inputs.push_back(each.file);
        return std::vector<BatchItem>{item};
    }
    if (meant.one_plain_file && !is_folder(output)) return std::vector<BatchItem>{{{meant.files.front().file}, file}};
    std::vector<BatchItem> items = into_folder(meant.files, target);
    TRY(no_two_alike(items));
    return items;
}

BatchReport run_batch(Supervisor& supervisor, const LocalOrder& order, const std::vector<BatchItem>& items, int at_once) {
    std::vector<std::optional<Error>> outcomes(items.size());
    std::atomic<std::size_t> next{0};
    ProgressBar bar(items.size());
    auto work = [&] {
        for (std::size_t i = next++; i < items.size(); i = next++) {
            bar.begin(i, name_of(items[i]).filename());
            BarObserver observer(bar, i);
            Result<fs::path> result = run_locally(supervisor, order, items[i].inputs, items[i].target, observer);
            if (!result.ok()) outcomes[i] = result.error();
            bar.end(i);
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int i = 1; i < std::min<int>(at_once, static_cast<int>(items.size())); ++i) threads.emplace_back(work);
        work();
    }
    BatchReport report;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (outcomes[i]) {
            report.failures.push_back({name_of(items[i]), *outcomes[i]});
        } else {
            report.done += 1;
        }
    }
    return report;
}

}  // namespace docwright
