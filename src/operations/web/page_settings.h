// What the operations that print web pages have in common: the page settings of the request (contract/pdf-services.md, 6.1), and
// the way from a page to the result.
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/operation.h"
#include "engines/web/print_order.h"

#ifdef DOCWRIGHT_ENGINE
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>

#include "base/limits.h"
#include "base/write_bytes.h"
#include "engines/pdf/printed.h"
#include "engines/web/browser.h"
#include "engines/web/session_network.h"
#endif

namespace docwright {

struct PageParams {
    web::PrintSettings print;
    int rotation = 0;  // clockwise
    std::string url;   // of pdf-from-url only
};

constexpr double kLargestPagePoints = 14'400;  // what readers of PDF show (ISO 32000-1, annex C.2)
constexpr int kLongestWaitMs = 10'000;         // contract/pdf-services.md, 6.1

constexpr Choice<int> kRotations[] = {{"NONE", 0},
                                      {"90", 90},
                                      {"180", 180},
                                      {"270", 270},
                                      {"0", 0},
                                      {"ROTATE_0", 0},
                                      {"ROTATE_90", 90},
                                      {"ROTATE_180", 180},
                                      {"ROTATE_270", 270},
                                      {"ROTATE_CLOCKWISE_90", 90},
                                      {"ROTATE_COUNTERCLOCKWISE_90", 270}};  // the last ones as pdf-manipulate has them
constexpr Choice<bool> kPageModes[] = {{"MULTIPLE_PAGE", false}, {"SINGLE_PAGE", true}};
constexpr Choice<bool> kScalingModes[] = {{"SCALE", true}, {"NO_SCALE", false}};

// A field of the settings inside.
inline Field<PageParams> in_print(Field<web::PrintSettings> field) {
    return {std::move(field.parameter),
            [set = std::move(field.set)](PageParams& params, const json::value& value) { set(params.print, value); }};
}

inline Field<PageParams> dimension_field() {
    return numbers<PageParams>(
        {.name = "dimension",
         .description = "Size of the page in points (1/72 inch): {\"width\", \"height\"}. It wins over CSS; without it "
                        "the size of CSS @page holds, else A4 (595 x 842).",
         .members = {"width", "height"},
         .all_members = true,
         .minimum = 1,
         .maximum = kLargestPagePoints},
        [](PageParams& params, const std::vector<double>& given) {
            params.print.size = web::Size{given[0], given[1]};
        });
}

inline Field<PageParams> margin_field() {
    return numbers<PageParams>(
        {.name = "margin",
         .aliases = {"margins"},
         .description = "Margins in points: {\"top\", \"right\", \"bottom\", \"left\"}. They win over CSS; without them "
                        "the margins of CSS @page hold, else one centimetre.",
         .members = {"top", "right", "bottom", "left"},
         .minimum = 0,
         .maximum = kLargestPagePoints},
        [](PageParams& params, const std::vector<double>& given) {
            auto side = [&](std::size_t i) { return std::isnan(given[i]) ? std::nullopt : std::optional(given[i]); };
            params.print.margins = {side(0), side(1), side(2), side(3)};
        });
}

inline std::vector<Field<PageParams>> page_fields() {
    using web::PrintSettings;
    return {
        dimension_field(),
        choice("rotation", &PageParams::rotation, kRotations, "Turns all pages clockwise."),
        in_print(choice("pageMode", &PrintSettings::single_page, kPageModes, "SINGLE_PAGE: one page as tall as the content.")),
        in_print(choice("scalingMode", &PrintSettings::fit_width, kScalingModes,
                        "SCALE: content that is too wide is made smaller until it fits; NO_SCALE: it is cut off.")),
        margin_field(),
        in_print(flag("printBackground", &PrintSettings::backgrounds, true, "Whether background colours and pictures are printed.")),
        in_print(
            text("header", &PrintSettings::header,
                 "HTML for the top margin of each page. Elements of class pageNumber, totalPages, title, url and date are filled in.")),
        in_print(text("footer", &PrintSettings::footer, "HTML for the bottom margin of each page, likewise.")),
        in_print(text("waitFor", &PrintSettings::wait_for, "CSS selector: the page is printed when something matches it.")),
        in_print(
            integer("waitMs", &PrintSettings::wait_ms, 0, kLongestWaitMs, 0, "Further time after the page has loaded, in milliseconds.")),
        in_print(flag("tagged", &PrintSettings::tagged, true, "Whether the PDF carries its structure (headings, lists, tables).")),
        in_print(flag("outline", &PrintSettings::outline, true, "Whether headings become the outline of the PDF.")),
    };
}

#ifdef DOCWRIGHT_ENGINE

// The output file's bytes so far, in memory as long as this lives.
class MappedOutput {
public:
    explicit MappedOutput(int descriptor) {
        struct stat facts {};
        if (::fstat(descriptor, &facts) != 0 || facts.st_size <= 0) return;
        size_ = static_cast<std::size_t>(facts.st_size);
        bytes_ = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    }
    ~MappedOutput() {
        if (bytes_ != MAP_FAILED) ::munmap(bytes_, size_);
    }
    MappedOutput(const MappedOutput&) = delete;
    MappedOutput& operator=(const MappedOutput&) = delete;
    std::string_view bytes() const {
        return bytes_ == MAP_FAILED ? std::string_view() : std::string_view(static_cast<const char*>(bytes_), size_);
    }

private:
    void* bytes_ = MAP_FAILED;
    std::size_t size_ = 0;
};

inline json::object report_of(const web::PrintReport& report, int pages) {
    json::object data{{"pageCount", pages}};
    json::array warnings;
    if (!report.settled) warnings.emplace_back("The page still changed or loaded when it was printed.");
    if (report.unanswered > 0) {
        warnings.emplace_back(std::to_string(report.unanswered) + " of " + std::to_string(report.requests) +
                              " requests of the page had no answer.");
    }
    if (!warnings.empty()) data["warnings"] = std::move(warnings);
    return data;
}

// The browser prints into the output file; what is finished then takes its place.
inline Result<TaskResult> print_page(web::PageSource source, const PageParams& params, TaskFiles& files, Progress& progress) {
    if (params.print.header.size() > limits::kPageFurnitureBytes || params.print.footer.size() > limits::kPageFurnitureBytes) {
        return Error{Fault::LimitExceeded, "Header and footer may have " + std::to_string(limits::kPageFurnitureBytes) + " bytes each."};
    }
    const std::unique_ptr<web::Network> network = web::network_over(files.network);
    const web::PrintOrder order{.source = std::move(source), .settings = params.print, .network = network.get()};
    const web::PrintReport report = TRY(files.browser->print(order, files.output));
    pdf::Printed printed;
    {
        const MappedOutput raw(files.output);
        printed = TRY(pdf::finish_printed(
            raw.bytes(),
            {.rotation = params.rotation, .time = files.input_time, .repack = params.print.tagged, .origin = report.own_origin}));
    }
    if (::ftruncate(files.output, 0) != 0 || ::lseek(files.output, 0, SEEK_SET) != 0) {
        return Error{Fault::Internal, "The result cannot be written.", "ftruncate"};
    }
    TRY(write_bytes(files.output, printed.bytes));
    progress.report(1, 1);
    return TaskResult{.format = Format::Pdf, .data = json::serialize(report_of(report, printed.pages))};
}

#endif

}  // namespace docwright
