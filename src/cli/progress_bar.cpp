#include "cli/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace docwright {
namespace {

constexpr std::size_t kBarColumns = 30;
constexpr std::size_t kNameBytes = 36;  // the whole line stays below 80 columns

void write_line(const std::string& text) { std::fputs(("\r\x1b[2K" + text).c_str(), stderr); }

}  // namespace

std::string bar_text(double share, std::size_t ended, std::size_t items, const std::string& name, std::size_t width) {
    auto full = static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(width)));
    return fmt::format("[{}{}] {:3.0f}%  {}/{}  {}", std::string(full, '#'), std::string(width - full, '.'), share * 100, ended, items,
                       name.substr(0, kNameBytes));
}

ProgressBar::ProgressBar(std::size_t items) : items_(items), shown_(isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
    if (shown_) write_line("");
}

void ProgressBar::begin(std::size_t item, std::string name) {
    std::scoped_lock lock(mutex_);
    running_[item].name = std::move(name);
    draw();
}

void ProgressBar::item_progress(std::size_t item, int done, int total) {
    std::scoped_lock lock(mutex_);
    if (total > 0) running_[item].share = static_cast<double>(done) / total;
    draw();
}

void ProgressBar::end(std::size_t item) {
    std::scoped_lock lock(mutex_);
    running_.erase(item);
    ended_ += 1;
    draw();
}

void ProgressBar::draw() {
    if (!shown_ || items_ == 0) return;
    double done = static_cast<double>(ended_);
    for (const auto& [item, running] : running_) done += running.share;
    write_line(
        bar_text(done / static_cast<double>(items_), ended_, items_, running_.empty() ? "" : running_.begin()->second.name, kBarColumns));
}

}  // namespace docwright
