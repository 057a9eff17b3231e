#include "extract/text/rows.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "extract/text/drop_caps.h"

namespace docwright::extract {

namespace {

// Glyphs of one printed line share their baseline to a fraction of a point; a tenth of the size forgives rounding.
constexpr double kSameBaselineEm = 0.1;
// Kerning and accents step back a little, a new word of another place steps back by more than a letter.
constexpr double kStepBackEm = 0.5;
// Runs of one line may touch, but text printed over text is another line.
constexpr double kTrackOverlapEm = 0.2;
// A run ends at white that could be a gutter; rows put runs together again.
constexpr double kRunGapEm = 0.8;
// Runs whose baselines differ by more stand on different lines, even when a table sets its cells unevenly.
constexpr double kRowBaselineEm = 0.22;
// Scripts are set at 58 to 80 percent of the text they belong to.
constexpr double kScriptSize = 0.86;
// Smaller letters beside larger ones are text beside a drop cap or a large number; scripts are also short.
constexpr double kSmallestScript = 0.48;
constexpr std::size_t kLongestScript = 14;
// Scripts are shifted by 15 to 60 percent of the host's size; beyond it is another line.
constexpr double kScriptShiftLeastEm = 0.1;
constexpr double kScriptShiftMostEm = 0.75;
// A script touches its host but for a thin space.
constexpr double kScriptGapEm = 0.35;
// Tracks of a row that are still open for a further run; more would only occur in text printed over text.
constexpr std::size_t kOpenTracks = 8;

struct Run {
    std::size_t first = 0;
    std::size_t count = 0;
    double from = 0, to = 0;
    double baseline = 0;
    double size = 0;
    Raised raised = Raised::No;
    std::size_t host = 0;  // of a raised run
};

bool goes_on(const PlacedGlyph& before, const PlacedGlyph& glyph) {
    const double size = std::max(before.size, glyph.size);
    return std::abs(glyph.baseline - before.baseline) <= kSameBaselineEm * std::min(before.size, glyph.size) &&
           glyph.from >= before.from - kStepBackEm * size && glyph.from - before.to <= kRunGapEm * size &&
           std::min(before.size, glyph.size) >= kScriptSize * size;
}

std::vector<Run> build_runs(std::span<const PlacedGlyph> glyphs) {
    std::vector<Run> runs;
    for (std::size_t i = 0; i < glyphs.size(); ++i) {
        const PlacedGlyph& glyph = glyphs[i];
        if (i == 0 || !goes_on(glyphs[i - 1], glyph)) {
            runs.push_back({.first = i, .from = glyph.from, .to = glyph.to, .baseline = glyph.baseline, .size = glyph.size});
        }
        Run& run = runs.back();
        ++run.count;
        run.from = std::min(run.from, glyph.from);
        run.to = std::max(run.to, glyph.to);
    }
    return runs;
}

// Whether `run` is a script of `host`, which stands before or after it.
Raised script_of(const Run& run, const Run& host) {
    if (run.size > kScriptSize * host.size || run.size < kSmallestScript * host.size || run.count > kLongestScript) return Raised::No;
    const double shift = (host.baseline - run.baseline) / host.size;
    if (std::abs(shift) < kScriptShiftLeastEm || std::abs(shift) > kScriptShiftMostEm) return Raised::No;
    const double gap = std::max(run.from - host.to, host.from - run.to) / host.size;
    if (gap > kScriptGapEm) return Raised::No;
    return shift > 0 ? Raised::Superscript : Raised::Subscript;
}

// Scripts follow or precede their host in the content, possibly after another script of it.
void mark_scripts(std::vector<Run>& runs) {
    for (std::size_t i = 0; i < runs.size(); ++i) {
        Run& run = runs[i];
        if (i > 0) {
            const std::size_t host = runs[i - 1].raised == Raised::No ? i - 1 : runs[i - 1].host;
            run.raised = script_of(run, runs[host]);
            run.host = host;
        }
        if (run.raised == Raised::No && i + 1 < runs.size()) {
            run.raised = script_of(run, runs[i + 1]);
            run.host = i + 1;
        }
    }
    for (Run& run : runs) {  // a host that is itself a script hands over to its own
        if (run.raised != Raised::No && runs[run.host].raised != Raised::No) run.host = runs[run.host].host;
        if (run.raised != Raised::No && runs[run.host].raised != Raised::No) run.raised = Raised::No;
    }
}

struct Track {
    std::size_t glyphs = 0;
    double baseline = 0;
    double size = 0;
    double to = 0;
    std::vector<std::size_t> runs;
};

// Puts runs of nearly one baseline, ascending by `from`, end to end.
void link_tracks(const std::vector<Run>& runs, std::span<const std::size_t> order, std::vector<Track>& done) {
    std::vector<Track> open;
    for (std::size_t index : order) {
        const Run& run = runs[index];
        Track* best = nullptr;
        for (Track& track : open) {
            const double size = std::min(track.size, run.size);
            const bool drop_cap = std::max(track.size, run.size) >= kDropCapSize * size && std::min(track.glyphs, run.count) <= 2;
            if (drop_cap) continue;
            if (std::abs(run.baseline - track.baseline) > kRowBaselineEm * size || run.from < track.to - kTrackOverlapEm * size) continue;
            if (!best || track.to > best->to) best = &track;
        }
        if (!best) {
            if (open.size() == kOpenTracks) {
                done.push_back(std::move(open.front()));
                open.erase(open.begin());
            }
            open.push_back({.baseline = run.baseline, .size = run.size, .to = run.to});
            best = &open.back();
        }
        best->runs.push_back(index);
        best->glyphs += run.count;
        best->to = std::max(best->to, run.to);
        best->baseline = run.baseline;
        best->size = run.size;
    }
    for (Track& track : open) done.push_back(std::move(track));
}

std::vector<Track> build_tracks(const std::vector<Run>& runs) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (runs[i].raised == Raised::No) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return runs[a].baseline < runs[b].baseline; });
    std::vector<Track> tracks;
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first + 1;
        while (last < order.size() && runs[order[last]].baseline - runs[order[last - 1]].baseline <=
                                          kRowBaselineEm * std::min(runs[order[last]].size, runs[order[last - 1]].size))
            ++last;
        std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(first), order.begin() + static_cast<std::ptrdiff_t>(last),
                         [&](std::size_t a, std::size_t b) { return runs[a].from < runs[b].from; });
        link_tracks(runs, std::span(order).subspan(first, last - first), tracks);
        first = last;
    }
    return tracks;
}

}  // namespace

std::vector<Row> build_rows(std::span<const PlacedGlyph> glyphs) {
    std::vector<Run> runs = build_runs(glyphs);
    mark_scripts(runs);
    std::vector<std::vector<std::size_t>> scripts(runs.size());
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (runs[i].raised != Raised::No) scripts[runs[i].host].push_back(i);

    std::vector<Row> rows;
    for (const Track& track : build_tracks(runs)) {
        Row& row = rows.emplace_back();
        std::size_t longest = 0;
        auto append = [&](const Run& run) {
            for (std::size_t i = run.first; i < run.first + run.count; ++i) row.glyphs.push_back({glyphs[i], run.raised});
        };
        for (std::size_t index : track.runs) {
            if (runs[index].count > longest) {
                longest = runs[index].count;
                row.baseline = runs[index].baseline;
                row.size = runs[index].size;
            }
            append(runs[index]);
            for (std::size_t script : scripts[index]) append(runs[script]);
        }
        std::stable_sort(row.glyphs.begin(), row.glyphs.end(),
                         [](const RowGlyph& a, const RowGlyph& b) { return a.place.from < b.place.from; });
    }
    return rows;
}

}  // namespace docwright::extract
