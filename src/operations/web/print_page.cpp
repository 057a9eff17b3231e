#include "operations/web/print_page.h"

#include <unistd.h>

#include <memory>
#include <string>

#include "base/limits.h"
#include "base/mapped_file.h"
#include "base/write_bytes.h"
#include "engines/pdf/printed.h"
#include "engines/web/browser.h"
#include "engines/web/session_network.h"

namespace docwright {
namespace {

json::object report_of(const web::PrintReport& report, int pages) {
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

}  // namespace

Result<TaskResult> print_page(web::PageSource source, const PageParams& params, TaskFiles& files, Progress& progress) {
    if (params.print.header.size() > limits::kPageFurnitureBytes || params.print.footer.size() > limits::kPageFurnitureBytes) {
        return Error{Fault::LimitExceeded, "Header and footer may have " + std::to_string(limits::kPageFurnitureBytes) + " bytes each."};
    }
    const std::unique_ptr<web::Network> network = web::network_over(files.network);
    const web::PrintOrder order{.source = std::move(source), .settings = params.print, .network = network.get()};
    const web::PrintReport report = TRY(files.browser->print(order, files.output));
    pdf::Printed printed;
    {
        const MappedFile raw = TRY(MappedFile::map(files.output));
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

}  // namespace docwright
