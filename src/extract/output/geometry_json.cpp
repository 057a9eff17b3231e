#include "extract/output/geometry_json.h"

#include <algorithm>
#include <cmath>

#include "extract/page/keys.h"

namespace docwright::extract {
namespace {

constexpr double kDecimalSteps = 100;   // two decimals
constexpr double kSmallestTurn = 0.01;  // degrees: what two decimals can say
constexpr double kSmallestPage = 1;     // a page of no size cannot hold a box

double floor_to(double value, double steps) { return std::floor(value * steps) / steps; }
double ceil_to(double value, double steps) { return std::ceil(value * steps) / steps; }
double finite(double value) { return std::isfinite(value) ? value : 0; }

}  // namespace

PageFrame page_frame(int page_index, double width, double height, bool decimal) {
    const double steps = decimal ? kDecimalSteps : 1;
    return {.number = page_index + 1,
            .width = std::max(kSmallestPage, std::round(finite(width) * steps) / steps),
            .height = std::max(kSmallestPage, std::round(finite(height) * steps) / steps),
            .decimal = decimal};
}

Box rounded(const Box& box, const PageFrame& page) {
    const double steps = page.decimal ? kDecimalSteps : 1;
    Box out{std::clamp(floor_to(finite(box.left), steps), 0.0, page.width), std::clamp(floor_to(finite(box.top), steps), 0.0, page.height),
            std::clamp(ceil_to(finite(box.right), steps), 0.0, page.width),
            std::clamp(ceil_to(finite(box.bottom), steps), 0.0, page.height)};
    out.right = std::max(out.right, out.left);
    out.bottom = std::max(out.bottom, out.top);
    return out;
}

void write_box(JsonText& json, const Box& box, const PageFrame& page) {
    const Box out = rounded(box, page);
    json.begin_array();
    for (double value : {out.left, out.top, out.right, out.top, out.right, out.bottom, out.left, out.bottom}) json.decimal(value);
    json.end_array();
}

void write_region(JsonText& json, const Box& box, const PageFrame& page, double angle) {
    json.begin_object().key(key::kPage).integer(page.number).key(key::kBoundingBox);
    write_box(json, box, page);
    // Degrees clockwise, −180 < a ≤ 180.
    double turn = std::remainder(finite(angle), 360.0);
    if (turn <= -180) turn += 360;
    if (std::abs(turn) >= kSmallestTurn) json.key(key::kAngle).decimal(turn);
    json.end_object();
}

void write_quads(JsonText& json, const std::vector<Quad>& quads) {
    json.begin_array();
    for (const Quad& quad : quads) {
        json.begin_array();
        for (const Point& corner : quad) json.decimal(corner.x).decimal(corner.y);
        json.end_array();
    }
    json.end_array();
}

}  // namespace docwright::extract
