#include "extract/pipeline.h"

#include <algorithm>
#include <future>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "base/limits.h"
#include "extract/classify/context.h"
#include "extract/classify/elements.h"
#include "extract/classify/summary.h"
#include "extract/classify/tag_order.h"
#include "extract/in_page_order.h"
#include "extract/layout/page_layout.h"
#include "extract/output/picture_orders.h"
#include "extract/spill.h"
#include "extract/summary_spill.h"
#include "extract/tables/find_tables.h"
#include "extract/task_scratch.h"
#include "extract/text/lines.h"

namespace docwright::extract {
namespace {

constexpr std::string_view kLostTwice = "The page stopped the engine that worked on it, twice.";
constexpr double kLetterWidth = 612;  // what a page that cannot be read is taken for
constexpr double kLetterHeight = 792;

std::string fingerprint(const ExtractionOrder& order) {
    std::string text = order.facts.file_sha256 + (order.options.include_hidden ? " hidden" : "");
    for (int page : order.pages) text += ' ' + std::to_string(page);
    text += order.options.renditions == Renditions::None ? " none" : order.options.renditions == Renditions::Images ? " images" : "";
    return text;
}

// ---- pass 1 -----------------------------------------------------------------------------------------------------------------

// ---- one task ---------------------------------------------------------------------------------------------------------------

struct Work {
    PageSource& source;
    const ExtractionOrder& order;
    std::vector<int> pages;  // indexes, ascending
    Spill spill;
    Extraction& result;
    WorkerThreads& workers;
};

Status fail_page(Work& work, int page_index, const std::string& message) {
    TRY(work.result.log->append(number(RecordKind::PageFailed), static_cast<std::uint64_t>(page_index), message));
    work.spill.pages[page_index] = {.good = false, .place = {}, .message = message};
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

// A page on its way through pass 1. Its analysis looks at nothing but what it was given: it may run in any thread.
struct ReadPage {
    std::string bytes;  // for scratch; empty: it is there
    PageSummary summary;
    double width = 0;
    double height = 0;
    std::vector<int> linked_pages;
};

// Summaries are made of pages as scratch has them: so no attempt sees others.
Result<ReadPage> summed_up(std::string bytes, const std::vector<FontFacts>& fonts) {
    const AnalysedPage page = TRY(decode_page(bytes, fonts.size()));
    ReadPage read{.bytes = std::move(bytes), .summary = summarise(page, fonts), .width = page.facts.width, .height = page.facts.height};
    for (const Link& link : page.facts.links) {
        if (link.target.kind == TargetKind::Page) read.linked_pages.push_back(link.target.page_index);
    }
    return read;
}

Result<ReadPage> analysed(PageFacts facts, bool include_hidden, const std::vector<FontFacts>& fonts) {
    std::vector<Line> lines = build_lines(facts, include_hidden);
    std::vector<Table> tables = find_tables(facts, lines);
    AnalysedPage page = lay_out(std::move(facts), std::move(lines), std::move(tables));
    order_by_tags(page);
    return summed_up(encode_page(page), fonts);
}

// Pass 1: pages are read here, one after the other, analysed by the workers, and put on scratch in their order.
class PageReading {
public:
    PageReading(Work& work, FirstPass& first, const ProgressReport& progress)
        : work_(work),
          first_(first),
          progress_(progress),
          fonts_(*work.result.log, work.spill.fonts),
          last_(page_frame(0, kLetterWidth, kLetterHeight, work.order.options.decimal)) {}

    Status run() {
        work_.result.frames.assign(static_cast<std::size_t>(work_.source.facts().page_count), {});
        return in_page_order<Result<ReadPage>>(
            work_.workers, work_.pages, [this](int page) { return suspected(page); }, [this](int page) { return begin(page); },
            [this](int page, Result<ReadPage> read) { return end(page, std::move(read)); });
    }

private:
    // An earlier attempt ended in it, or in a page that was under way with it.
    bool suspected(int page) const { return !work_.spill.pages.contains(page) && work_.spill.reading_begun.contains(page); }

    Result<std::future<Result<ReadPage>>> begin(int page);
    Status end(int page, Result<ReadPage> read);

    Work& work_;
    FirstPass& first_;
    const ProgressReport& progress_;
    FontNumbers fonts_;
    PageFrame last_;
    int done_ = 0;
};

Result<std::future<Result<ReadPage>>> PageReading::begin(int page) {
    const auto failed = [](Error error) { return finished(Result<ReadPage>(std::move(error))); };
    const auto known = work_.spill.pages.find(page);
    if (known != work_.spill.pages.end()) {
        if (!known->second.good) return failed({Fault::InvalidInput, known->second.message});
        return work_.workers.run([log = work_.result.log.get(), place = known->second.place, fonts = fonts_.known()]() -> Result<ReadPage> {
            ReadPage read = TRY(summed_up(TRY(log->read(place)), *fonts));
            read.bytes.clear();
            return read;
        });
    }
    const auto begun = work_.spill.reading_begun.find(page);
    if (begun != work_.spill.reading_begun.end() && begun->second >= limits::kLossesPerPage)
        return failed({Fault::InvalidInput, std::string(kLostTwice)});
    TRY(work_.result.log->append(number(RecordKind::PageBegun), static_cast<std::uint64_t>(page), {}));
    Result<PageFacts> facts = work_.source.read_page(page);
    if (!facts.ok()) return failed(facts.error());
    PageFacts good = std::move(facts).take();
    good.page_index = page;
    TRY(fonts_.renumber(good, work_.source.facts().fonts));
    return work_.workers.run([good = std::move(good), hidden = work_.order.options.include_hidden,
                              fonts = fonts_.known()]() mutable -> Result<ReadPage> { return analysed(std::move(good), hidden, *fonts); });
}

Status PageReading::end(int page, Result<ReadPage> read) {
    if (!read.ok() && read.error().fault == Fault::Internal) return Error(read.error());
    PageFrame frame = last_;  // a page that cannot be read is most likely as large as the one before
    if (read.ok()) {
        if (!read.value().bytes.empty()) {
            const RecordPlace place =
                TRY(work_.result.log->append(number(RecordKind::Page), static_cast<std::uint64_t>(page), read.value().bytes));
            work_.spill.pages[page] = {.good = true, .place = place, .message = {}};
        }
        first_.context.add(read.value().summary);
        TRY(first_.summaries.add(read.value().summary));
        first_.linked_pages.insert(read.value().linked_pages.begin(), read.value().linked_pages.end());
        frame = page_frame(page, read.value().width, read.value().height, work_.order.options.decimal);
    } else if (!work_.spill.pages.contains(page)) {
        TRY(fail_page(work_, page, read.error().message));
    }
    frame.number = page + 1;
    work_.result.frames[static_cast<std::size_t>(page)] = last_ = frame;
    progress_(++done_, static_cast<int>(work_.pages.size()) * 2);
    return success();
}

bool given_up(const Work& work, int page_index) {
    const auto begun = work.spill.writing_begun.find(page_index);
    return begun != work.spill.writing_begun.end() && begun->second >= limits::kLossesPerPage;
}

using Ready = std::optional<ReadyPage>;

// A page made ready for writing, none if it was given up. May run in any thread.
Result<Ready> ready_page(const Work& work, int page_index) {
    const auto spilled = work.spill.pages.find(page_index);
    if (given_up(work, page_index) || spilled == work.spill.pages.end() || !spilled->second.good) return Ready();
    ReadyPage ready{.page = TRY(load(work, spilled->second)), .elements = {}};
    ready.elements = classify_page(ready.page, work.result.document, work.result.context);
    return Ready(std::move(ready));
}

// Pass 2: pages are classified by the workers, their pictures are drawn here and packed by the workers, and they are written
// here in their order, each after the pictures of the next one were drawn.
class PageWriting {
public:
    PageWriting(Work& work, const ProgressReport& progress) : work_(work), progress_(progress) {}

    Status run() {
        TRY(in_page_order<Result<Ready>>(
            work_.workers, work_.pages, [this](int page) { return suspected(page); }, [this](int page) { return begin(page); },
            [this](int page, Result<Ready> ready) { return end(page, std::move(ready)); }));
        return write_held();
    }

private:
    bool suspected(int page) const { return work_.spill.writing_begun.contains(page); }
    Result<std::future<Result<Ready>>> begin(int page);
    Status end(int page, Result<Ready> ready);
    Status write_held();
    Status write(int page, Ready ready);

    struct Held {
        int page = 0;
        Ready ready;
    };
    Work& work_;
    const ProgressReport& progress_;
    std::optional<Held> held_;
    std::size_t written_ = 0;
};

Result<std::future<Result<Ready>>> PageWriting::begin(int page) {
    if (suspected(page)) TRY(write_held());
    const bool good = work_.spill.pages[page].good && !given_up(work_, page);
    if (!good) return finished(Result<Ready>(Ready()));
    TRY(work_.result.log->append(number(RecordKind::WritingBegun), static_cast<std::uint64_t>(page), {}));
    return work_.workers.run([this, page] { return ready_page(work_, page); });
}

Status PageWriting::end(int page, Result<Ready> ready) {
    if (!ready.ok()) return Error(ready.error());
    Ready value = std::move(ready).take();
    if (work_.workers.count() > 0 && value) prepare_pictures(*value, work_.order.options, work_.workers, *work_.result.pictures);
    TRY(write_held());
    held_ = Held{page, std::move(value)};
    return work_.workers.count() == 0 || suspected(page) ? write_held() : success();
}

Status PageWriting::write_held() {
    if (!held_) return success();
    Held held = std::move(*held_);
    held_.reset();
    return write(held.page, std::move(held.ready));
}

Status PageWriting::write(int page, Ready ready) {
    StructureWriter& writer = *work_.result.writer;
    if (ready) {
        const auto following = [this](int places) -> Result<Ready> {
            const std::size_t position = written_ + static_cast<std::size_t>(places);
            return position < work_.pages.size() ? ready_page(work_, work_.pages[position]) : Result<Ready>(Ready());
        };
        TRY(writer.write_page(std::move(*ready), following));
    } else {
        const std::string& message = work_.spill.pages[page].message;
        TRY(writer.write_failed_page(page, message.empty() ? std::string(kLostTwice) : message));
    }
    // A page that is written counts no more as one that may have stopped an engine.
    TRY(work_.result.log->append(number(RecordKind::WritingEnded), static_cast<std::uint64_t>(page), {}));
    ++written_;
    progress_(static_cast<int>(work_.pages.size() + written_), static_cast<int>(work_.pages.size()) * 2);
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
    WorkerThreads none(0);
    WorkerThreads& workers = order.workers ? *order.workers : none;
    Work work{.source = source,
              .order = order,
              .pages = pages_of(order, source.facts().page_count),
              .spill = {},
              .result = *result,
              .workers = workers};
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
    TRY(PageReading(work, first, progress).run());
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
    TRY(PageWriting(work, progress).run());
    if (result->writer->analysed_pages() == 0) {
        return Error{Fault::InvalidInput, "No page of the document can be analysed.", {}, "DAMAGED"};
    }
    TRY(result->writer->finish(order.facts));
    return result;
}

}  // namespace docwright::extract
