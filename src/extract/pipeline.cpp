#include "extract/pipeline.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "base/limits.h"
#include "extract/classify/context.h"
#include "extract/classify/elements.h"
#include "extract/classify/summary.h"
#include "extract/layout/page_layout.h"
#include "extract/output/record_kinds.h"
#include "extract/spill.h"
#include "extract/summary_spill.h"
#include "extract/tables/find_tables.h"
#include "extract/text/lines.h"

namespace docwright::extract {
namespace {

constexpr std::uint64_t kScratchVersion = 1;  // rises when a kind of record changes its bytes
constexpr std::string_view kLostTwice = "The page stopped the engine that worked on it, twice.";
constexpr double kLetterWidth = 612;  // what a page that cannot be read is taken for
constexpr double kLetterHeight = 792;

std::uint32_t number(RecordKind kind) { return static_cast<std::uint32_t>(kind); }

struct SpilledPage {
    bool good = false;
    RecordPlace place;
    std::string message;  // why it is not good
};

// Everything of the task that scratch knows or will know.
struct Spill {
    std::vector<FontFacts> fonts;      // of the document, in the order first seen
    std::map<int, SpilledPage> pages;  // by page index
    std::map<int, int> reading_begun;  // by page index: attempts that ended in it
    std::map<int, int> writing_begun;
};

// ---- what an earlier attempt left ---------------------------------------------------------------------------------------

std::string fingerprint(const ExtractionOrder& order) {
    std::string text = order.facts.file_sha256 + (order.options.include_hidden ? " hidden" : "");
    for (int page : order.pages) text += ' ' + std::to_string(page);
    text += order.options.renditions == Renditions::None ? " none" : order.options.renditions == Renditions::Images ? " images" : "";
    return text;
}

// Takes a record in; false: it is not this task's, or makes no sense.
bool take_record(const RecordHead& head, std::string_view bytes, const std::string& task, Spill& spill, Pictures& pictures, bool& started) {
    const auto kind = static_cast<RecordKind>(head.kind);
    const auto page = static_cast<int>(head.key);
    if (!started) {
        started = kind == RecordKind::Start && head.key == kScratchVersion && bytes == task;
        return started;
    }
    switch (kind) {
        case RecordKind::Fonts: {
            Result<std::vector<FontFacts>> fonts = decode_fonts(bytes);
            if (!fonts.ok() || head.key != spill.fonts.size()) return false;
            for (FontFacts& font : std::move(fonts).take()) spill.fonts.push_back(std::move(font));
            return true;
        }
        case RecordKind::PageBegun: ++spill.reading_begun[page]; return true;
        case RecordKind::WritingBegun: ++spill.writing_begun[page]; return true;
        case RecordKind::WritingEnded: spill.writing_begun.erase(page); return true;
        case RecordKind::Page: spill.pages[page] = {.good = true, .place = head.place, .message = {}}; return true;
        case RecordKind::PageFailed: spill.pages[page] = {.good = false, .place = {}, .message = std::string(bytes)}; return true;
        case RecordKind::Picture: pictures.found(head.place, bytes); return true;
        case RecordKind::Pages:
        case RecordKind::Elements:
        case RecordKind::LeftOut:
        case RecordKind::PageSummaries: return true;  // made anew
        case RecordKind::Start: return false;
    }
    return false;
}

// ---- pass 1 -----------------------------------------------------------------------------------------------------------------

// Fonts by value: the reader numbers them in the order in which this process saw them, the document in the order of its pages.
class FontNumbers {
public:
    FontNumbers(RecordLog& log, std::vector<FontFacts>& fonts) : log_(&log), fonts_(&fonts) {}

    Status renumber(PageFacts& facts, const std::vector<FontFacts>& of_source) {
        const std::size_t known = fonts_->size();
        for (TextStyle& style : facts.styles) {
            if (style.font >= of_source.size()) style.font = 0;
            style.font = number_of(of_source.empty() ? FontFacts{} : of_source[style.font], style.font);
        }
        if (fonts_->size() == known) return success();
        TRY(log_->append(number(RecordKind::Fonts), known, encode_fonts(std::span(*fonts_).subspan(known))));
        return success();
    }

private:
    FontIndex number_of(const FontFacts& font, FontIndex in_source) {
        const auto seen = of_source_.find(in_source);
        if (seen != of_source_.end()) return seen->second;
        const std::string facts = encode_fonts(std::span(&font, 1));
        if (by_facts_.empty()) {
            for (std::size_t i = 0; i < fonts_->size(); ++i) by_facts_.emplace(encode_fonts(std::span(*fonts_).subspan(i, 1)), i);
        }
        const auto [same, is_new] = by_facts_.emplace(facts, static_cast<FontIndex>(fonts_->size()));
        if (is_new) fonts_->push_back(font);
        return of_source_[in_source] = same->second;
    }

    RecordLog* log_;
    std::vector<FontFacts>* fonts_;
    std::map<FontIndex, FontIndex> of_source_;
    std::map<std::string, FontIndex> by_facts_;
};

Result<std::string> analysed(PageSource& source, int page_index, bool include_hidden, FontNumbers& fonts) {
    PageFacts facts = TRY(source.read_page(page_index));
    facts.page_index = page_index;
    TRY(fonts.renumber(facts, source.facts().fonts));
    std::vector<Line> lines = build_lines(facts, include_hidden);
    std::vector<Table> tables = find_tables(facts, lines);
    return encode_page(lay_out(std::move(facts), std::move(lines), std::move(tables)));
}

// ---- one task ---------------------------------------------------------------------------------------------------------------

struct Work {
    PageSource& source;
    const ExtractionOrder& order;
    std::vector<int> pages;  // indexes, ascending
    Spill spill;
    Extraction& result;
};

Status fail_page(Work& work, int page_index, const std::string& message) {
    TRY(work.result.log->append(number(RecordKind::PageFailed), static_cast<std::uint64_t>(page_index), message));
    work.spill.pages[page_index] = {.good = false, .place = {}, .message = message};
    return success();
}

Status read_into_spill(Work& work, int page_index, FontNumbers& fonts) {
    if (work.spill.pages.contains(page_index)) return success();
    if (work.spill.reading_begun[page_index] >= limits::kLossesPerPage) return fail_page(work, page_index, std::string(kLostTwice));
    const auto key = static_cast<std::uint64_t>(page_index);
    TRY(work.result.log->append(number(RecordKind::PageBegun), key, {}));
    const Result<std::string> page = analysed(work.source, page_index, work.order.options.include_hidden, fonts);
    if (!page.ok() && page.error().fault == Fault::Internal) return Error(page.error());
    if (!page.ok()) return fail_page(work, page_index, page.error().message);
    const RecordPlace place = TRY(work.result.log->append(number(RecordKind::Page), key, page.value()));
    work.spill.pages[page_index] = {.good = true, .place = place, .message = {}};
    return success();
}

Result<AnalysedPage> load(const Work& work, const SpilledPage& page) {
    const std::string bytes = TRY(work.result.log->read(page.place));
    return decode_page(bytes, work.spill.fonts.size());
}

// What pass 1 leaves for what comes between the passes.
struct FirstPass {
    explicit FirstPass(RecordLog& log) : summaries(log) {}
    ContextDraft context;
    SummarySpill summaries;
    std::set<int> linked_pages;  // that links lead to
};

// Reads all pages to scratch. Summaries are made of pages as scratch has them: so no attempt sees others.
Status read_pages(Work& work, FirstPass& first, const ProgressReport& progress) {
    work.result.frames.assign(static_cast<std::size_t>(work.source.facts().page_count), {});
    FontNumbers fonts(*work.result.log, work.spill.fonts);
    PageFrame last = page_frame(0, kLetterWidth, kLetterHeight, work.order.options.decimal);
    int done = 0;
    for (int index : work.pages) {
        TRY(read_into_spill(work, index, fonts));
        PageFrame& frame = work.result.frames[static_cast<std::size_t>(index)];
        if (const SpilledPage& spilled = work.spill.pages[index]; spilled.good) {
            const AnalysedPage page = TRY(load(work, spilled));
            const PageSummary summary = summarise(page, work.spill.fonts);
            first.context.add(summary);
            TRY(first.summaries.add(summary));
            frame = page_frame(index, page.facts.width, page.facts.height, work.order.options.decimal);
            for (const Link& link : page.facts.links) {
                if (link.target.kind == TargetKind::Page) first.linked_pages.insert(link.target.page_index);
            }
        } else {
            frame = last;  // a page that cannot be read is most likely as large as the one before
        }
        frame.number = index + 1;
        last = frame;
        progress(++done, static_cast<int>(work.pages.size()) * 2);
    }
    return success();
}

bool given_up(const Work& work, int page_index) {
    const auto begun = work.spill.writing_begun.find(page_index);
    return begun != work.spill.writing_begun.end() && begun->second >= limits::kLossesPerPage;
}

Result<std::optional<ReadyPage>> ready_page(Work& work, std::size_t position) {
    using Ready = std::optional<ReadyPage>;
    if (position >= work.pages.size() || given_up(work, work.pages[position])) return Ready();
    const SpilledPage& spilled = work.spill.pages[work.pages[position]];
    if (!spilled.good) return Ready();
    ReadyPage ready{.page = TRY(load(work, spilled)), .elements = {}};
    ready.elements = classify_page(ready.page, work.result.document, work.result.context);
    return Ready(std::move(ready));
}

Status second_pass(Work& work, const ProgressReport& progress) {
    StructureWriter& writer = *work.result.writer;
    const auto count = static_cast<int>(work.pages.size());
    for (std::size_t position = 0; position < work.pages.size(); ++position) {
        const int index = work.pages[position];
        std::optional<ReadyPage> ready;
        if (!given_up(work, index) && work.spill.pages[index].good) {
            TRY(work.result.log->append(number(RecordKind::WritingBegun), static_cast<std::uint64_t>(index), {}));
            ready = TRY(ready_page(work, position));
        }
        if (ready) {
            TRY(writer.write_page(std::move(*ready),
                                  [&](int places) { return ready_page(work, position + static_cast<std::size_t>(places)); }));
        } else {
            const std::string& message = work.spill.pages[index].message;
            TRY(writer.write_failed_page(index, message.empty() ? std::string(kLostTwice) : message));
        }
        // A page that is written counts no more as one that may have stopped an engine.
        TRY(work.result.log->append(number(RecordKind::WritingEnded), static_cast<std::uint64_t>(index), {}));
        progress(count + static_cast<int>(position) + 1, count * 2);
    }
    return success();
}

std::vector<int> pages_of(const ExtractionOrder& order, int page_count) {
    std::vector<int> pages = order.pages;
    if (pages.empty()) {
        for (int i = 0; i < page_count; ++i) pages.push_back(i);
    }
    std::erase_if(pages, [page_count](int page) { return page < 0 || page >= page_count; });
    return pages;
}

}  // namespace

Result<std::unique_ptr<Extraction>> extract_structure(PageSource& source, const ExtractionOrder& order, const ProgressReport& progress) {
    auto result = std::make_unique<Extraction>();
    Work work{.source = source, .order = order, .pages = pages_of(order, source.facts().page_count), .spill = {}, .result = *result};
    result->pictures = std::make_unique<Pictures>(source);
    const std::string task = fingerprint(order);
    bool started = false;
    const auto take = [&](const RecordHead& head, std::string_view bytes) {
        return take_record(head, bytes, task, work.spill, *result->pictures, started);
    };
    result->log = std::make_unique<RecordLog>(TRY(RecordLog::open(order.scratch, take)));
    result->pictures->keep_in(*result->log);
    if (!started) TRY(result->log->append(number(RecordKind::Start), kScratchVersion, task));

    FirstPass first(*result->log);
    TRY(read_pages(work, first, progress));
    const bool any_good = std::ranges::any_of(work.spill.pages, [](const auto& page) { return page.second.good; });
    if (!any_good) return Error{Fault::InvalidInput, "No page of the document can be read.", {}, "DAMAGED"};
    for (const auto& [index, page] : work.spill.pages) {
        if (page.good) result->pages.emplace_back(index, page.place);
    }
    result->document = source.facts();
    result->document.fonts = work.spill.fonts;
    result->context = TRY(first.context.finish([&first](const auto& visit) { return first.summaries.each(visit); }, result->document));
    result->writer = std::make_unique<StructureWriter>(result->document, result->context, result->frames, order.options, *result->pictures,
                                                       *result->log);
    for (int page : first.linked_pages) result->writer->expect_target(page);
    TRY(second_pass(work, progress));
    if (result->writer->analysed_pages() == 0) {
        return Error{Fault::InvalidInput, "No page of the document can be analysed.", {}, "DAMAGED"};
    }
    TRY(result->writer->finish(order.facts));
    return result;
}

}  // namespace docwright::extract
