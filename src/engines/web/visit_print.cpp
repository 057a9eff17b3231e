// How the settings of an order become a style sheet and the parameters of Page.printToPDF.
// A size or margin that was asked for wins over CSS by a sheet of our own with !important: the parameters of printToPDF alone
// would lose, or scale the page that CSS asks for.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engines/web/page_scripts.h"
#include "engines/web/visit.h"

namespace docwright::web {
namespace {

constexpr double kPointsPerInch = 72;
constexpr double kPixelsPerPoint = 96.0 / 72;
constexpr Size kA4 = {595, 842};           // contract/pdf-services.md, 6.1
constexpr double kMargin = 72 / 2.54;      // a centimetre, as browsers have it
constexpr double kSmallestScale = 0.1;     // of printToPDF
constexpr double kOwnShrinking = 1.5;      // content that is wider by up to this the browser makes smaller by itself
constexpr double kTallestPoints = 14400;   // of one page: what most readers show (ISO 32000-1, annex C.2)
constexpr double kSlackPixels = 1;         // heights are rounded
constexpr int kLowView = 100;              // CSS pixels: a page of old HTML is at least as tall as its view
constexpr int kLookMilliseconds = 30'000;  // a layout of a large document

// Nothing may begin another page: neither the author's breaks nor pages with a name.
constexpr const char* kNoBreaks =
    "*{break-before:auto !important;break-after:auto !important;break-inside:auto !important;page:auto !important}";
constexpr const char* kCutOff = "html,body{overflow-x:clip !important}";

double number_of(const json::object& object, std::string_view name, double otherwise) {
    const json::value* value = object.if_contains(name);
    return value && value->is_number() ? value->to_number<double>() : otherwise;
}

std::string page_rule(const PrintSettings& settings) {
    std::string css;
    if (settings.size) css += fmt::format("size:{:.4f}pt {:.4f}pt !important;", settings.size->width, settings.size->height);
    const std::pair<const char*, std::optional<double>> kSides[] = {{"top", settings.margins.top},
                                                                    {"right", settings.margins.right},
                                                                    {"bottom", settings.margins.bottom},
                                                                    {"left", settings.margins.left}};
    for (const auto& [side, margin] : kSides) {
        if (margin) css += fmt::format("margin-{}:{:.4f}pt !important;", side, *margin);
    }
    return css.empty() ? "" : "@page{" + css + "}";
}

// Margins that leave room for a page, whatever was asked for.
double between_margins(double side, double margins) { return std::max(side - margins, 1.0); }

}  // namespace

Status Visit::set_view(double width_px, int height_px) {
    page_.view_changed = true;
    (void)TRY(ask("Emulation.setDeviceMetricsOverride", view_of(static_cast<int>(std::ceil(width_px)), height_px), kLookMilliseconds,
                  Busy::Layout));
    return success();
}

Result<double> Visit::content_width(double room_px) {
    TRY(set_view(room_px, kViewHeight));
    return number_of(TRY(evaluate(kHeightScript, nullptr, kLookMilliseconds, Busy::Layout)), "width", room_px);
}

// The page's width and margins as asked for, else as CSS says, else the defaults; its height as the content needs.
Result<std::string> Visit::sheet_for_one_page(double& scale) {
    const PrintSettings& settings = order_.settings;
    const json::object said = TRY(evaluate(kPageRuleScript, nullptr, kLookMilliseconds, Busy::Layout));
    auto side = [&](std::string_view name, const std::optional<double>& asked) {
        return asked ? *asked * kPixelsPerPoint : number_of(said, name, kMargin * kPixelsPerPoint);
    };
    const double width = settings.size ? settings.size->width * kPixelsPerPoint : number_of(said, "width", kA4.width * kPixelsPerPoint);
    const double top = side("top", settings.margins.top), bottom = side("bottom", settings.margins.bottom);
    const double left = side("left", settings.margins.left), right = side("right", settings.margins.right);
    const double room = between_margins(width, left + right);
    const double content = settings.fit_width ? TRY(content_width(room)) : room;
    if (content > room) scale = std::max(room / content, kSmallestScale);
    TRY(set_view(room / scale, kLowView));
    const double tall = number_of(TRY(evaluate(kHeightScript, nullptr, kLookMilliseconds, Busy::Layout)), "height", 1) * scale;
    const double height = std::min(std::ceil(tall) + kSlackPixels + top + bottom, kTallestPoints * kPixelsPerPoint);
    return fmt::format("@page{{size:{:.4f}px {:.4f}px !important;margin:{:.4f}px {:.4f}px {:.4f}px {:.4f}px !important}}", width, height,
                       top, right, bottom, left);
}

// How wide the content is was measured in A4 with the browser's margins; any other room is measured anew.
Result<std::string> Visit::print(const Settled& settled) {
    const PrintSettings& settings = order_.settings;
    std::string css;
    double scale = 1;
    if (!settings.fit_width) css += kCutOff;
    if (settings.single_page) {
        (void)TRY(evaluate(kSheetScript, json::string(kNoBreaks), kLookMilliseconds, Busy::Layout));
        css += TRY(sheet_for_one_page(scale));
    } else {
        css += page_rule(settings);
        const Size size = settings.size.value_or(kA4);
        const double margins = settings.margins.left.value_or(kMargin) + settings.margins.right.value_or(kMargin);
        const double room = between_margins(size.width, margins) * kPixelsPerPoint;
        const bool other_room = settings.size || settings.margins.left || settings.margins.right;
        const double content = settings.fit_width && other_room ? TRY(content_width(room)) : settled.content;
        if (settings.fit_width && content > room * kOwnShrinking) scale = std::max(room / content, kSmallestScale);
    }
    if (!css.empty()) (void)TRY(evaluate(kSheetScript, json::string(css), kLookMilliseconds, Busy::Layout));
    const bool furniture = !settings.header.empty() || !settings.footer.empty();
    auto given = [](const std::string& html) { return html.empty() ? std::string("<span></span>") : html; };  // else the browser's own
    const Size size = settings.size.value_or(kA4);
    json::object params{{"printBackground", settings.backgrounds},
                        {"preferCSSPageSize", true},
                        {"paperWidth", size.width / kPointsPerInch},
                        {"paperHeight", size.height / kPointsPerInch},
                        {"marginTop", settings.margins.top.value_or(kMargin) / kPointsPerInch},
                        {"marginRight", settings.margins.right.value_or(kMargin) / kPointsPerInch},
                        {"marginBottom", settings.margins.bottom.value_or(kMargin) / kPointsPerInch},
                        {"marginLeft", settings.margins.left.value_or(kMargin) / kPointsPerInch},
                        {"scale", scale},
                        {"displayHeaderFooter", furniture},
                        {"generateTaggedPDF", settings.tagged},
                        {"generateDocumentOutline", settings.outline},
                        {"transferMode", "ReturnAsStream"}};
    if (furniture) {
        params["headerTemplate"] = given(settings.header);
        params["footerTemplate"] = given(settings.footer);
    }
    json::object printed = TRY(ask("Page.printToPDF", std::move(params), order_.patience.print_ms, Busy::Layout));
    const json::value* stream = printed.if_contains("stream");
    if (stream && stream->is_string()) return std::string(stream->get_string());
    return Error{Fault::Internal, "The browser gave no PDF."};
}

}  // namespace docwright::web
