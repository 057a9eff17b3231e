#include "operations/office/pdf_from_office.h"

#include "base/write_bytes.h"
#include "engines/office/declared_fonts.h"
#include "engines/office/office.h"
#include "engines/pdf/page_copy.h"
#include "engines/pdf/produced_pdf.h"
#include "operations/office/font_report.h"

namespace docwright {
namespace {

constexpr int kStepsInAll = 100;
constexpr int kStepsOfLoading = 60;  // the rest is layout and writing, which do not say how far they are

office::PdfStandard standard_of(PdfStandardChoice choice) {
    switch (choice) {
        case PdfStandardChoice::None: return office::PdfStandard::None;
        case PdfStandardChoice::PdfA1b: return office::PdfStandard::PdfA1b;
        case PdfStandardChoice::PdfA2b: return office::PdfStandard::PdfA2b;
        case PdfStandardChoice::PdfA3b: return office::PdfStandard::PdfA3b;
    }
    return office::PdfStandard::None;
}

// Page indexes as LibreOffice wants them: "1-3,7".
std::string range_text(const std::vector<int>& pages) {
    std::string text;
    for (std::size_t i = 0; i < pages.size();) {
        std::size_t end = i;
        while (end + 1 < pages.size() && pages[end + 1] == pages[end] + 1) ++end;
        if (!text.empty()) text += ',';
        text += std::to_string(pages[i] + 1);
        if (end > i) text += '-' + std::to_string(pages[end] + 1);
        i = end + 1;
    }
    return text;
}

// Pages of the first export that may be in the result, as they are counted there and as LibreOffice's page range counts them.
struct Offered {
    std::vector<int> in_pdf, in_office;
};

// LibreOffice leaves hidden slides out but counts them; hidden sheets it leaves out, but not where every sheet is one page.
Offered offered_pages(office::OpenDocument& document, bool single_page_sheets, int page_count) {
    const std::vector<office::Part> parts = document.parts();
    Offered all, shown;
    for (int i = 0; i < page_count; ++i) {
        all.in_pdf.push_back(i);
        all.in_office.push_back(i);
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!parts[i].shown) continue;
        shown.in_office.push_back(static_cast<int>(i));
        shown.in_pdf.push_back(static_cast<int>(document.is_presentation() ? shown.in_pdf.size() : i));
    }
    const auto parts_in_pdf = document.is_presentation() ? shown.in_pdf.size() : parts.size();
    const bool page_for_part = document.is_presentation() || single_page_sheets;
    return page_for_part && parts_in_pdf == static_cast<std::size_t>(page_count) ? shown : all;
}

std::vector<int> picked(const std::vector<int>& from, const std::vector<int>& places) {
    std::vector<int> out;
    for (int place : places) out.push_back(from[static_cast<std::size_t>(place)]);
    return out;
}

// Some of the pages. LibreOffice writes them itself, so that tags, bookmarks and standards are kept; where that gives another
// number of pages than it should, they are cut out of the whole.
Result<pdf::ProducedPdf> some_pages(office::OpenDocument& document, office::PdfOptions options, const pdf::ProducedPdf& all,
                                    const Offered& wanted, Microseconds time) {
    options.pages = range_text(wanted.in_office);
    Result<std::string> written = document.to_pdf(options);
    if (written.ok()) {
        Result<pdf::ProducedPdf> some = pdf::settle(written.value(), time);
        if (some.ok() && some.value().page_count == static_cast<int>(wanted.in_pdf.size())) return some;
    }
    return pdf::settle(TRY(pdf::copy_pages(all.bytes, "", wanted.in_pdf)), time);
}

}  // namespace

Result<TaskResult> pdf_from_office(const OfficeParameters& parameters, TaskFiles& files, Progress& progress) {
    const TaskInput& input = files.inputs.at(0);
    if (!files.office) return Error{Fault::Internal, "An operation of the office engine ran in another one."};
    const office::DocumentKind kind = TRY(office::kind_of(input.bytes, input.file_name));
    const auto loaded = [&](int percent) { progress.report(percent * kStepsOfLoading / 100, kStepsInAll); };
    const office::Document source{input.bytes, kind, input.password};
    const std::unique_ptr<office::OpenDocument> document = TRY(files.office->open(source, loaded));
    const office::PdfOptions options{.standard = standard_of(parameters.standard),
                                     .universal_access = parameters.universal_access,
                                     .tagged = parameters.tagged,
                                     .single_page_sheets = parameters.single_page_sheets};
    pdf::ProducedPdf produced = TRY(pdf::settle(TRY(document->to_pdf(options)), files.input_time));
    const Offered offered = offered_pages(*document, parameters.single_page_sheets, produced.page_count);
    const std::vector<int> places = TRY(pages_of(parameters.pages, static_cast<int>(offered.in_pdf.size())));
    if (static_cast<int>(places.size()) < produced.page_count) {
        const Offered wanted{picked(offered.in_pdf, places), picked(offered.in_office, places)};
        produced = TRY(some_pages(*document, options, produced, wanted, files.input_time));
    }
    TRY(write_bytes(files.output, produced.bytes));
    progress.report(kStepsInAll, kStepsInAll);
    json::array fonts = substituted_fonts(office::declared_fonts(input.bytes, kind), document->missing_fonts(), produced.fonts);
    return TaskResult{.format = Format::Pdf,
                      .data = json::serialize(json::object{{"pages", produced.page_count}, {"fonts", std::move(fonts)}})};
}

}  // namespace docwright
