// The page settings of the operations that print web pages (contract/pdf-services.md, 6.1).
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/operation.h"
#include "engines/web/print_order.h"

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

}  // namespace docwright
