// How far a batch is, on one line of a terminal's standard error; silent when standard error is no terminal. Thread-safe.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace docwright {

class ProgressBar {
public:
    explicit ProgressBar(std::size_t items);
    ~ProgressBar();  // clears its line
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void begin(std::size_t item, std::string name);
    void item_progress(std::size_t item, int done, int total);
    void end(std::size_t item);

private:
    struct Running {
        std::string name;
        double share = 0;  // 0…1
    };
    void draw();

    const std::size_t items_;
    const bool shown_;
    std::mutex mutex_;
    std::map<std::size_t, Running> running_;
    std::size_t ended_ = 0;
};

// "[####......] 40%  3/10  name": `width` columns for the bar.
std::string bar_text(double share, std::size_t ended, std::size_t items, const std::string& name, std::size_t width);

}  // namespace docwright
