// Points, boxes and corners of a page. Units: points (1/72 inch), origin top left of the page as shown, y downwards.
#pragma once

#include <algorithm>
#include <array>

namespace docwright::extract {

struct Point {
    double x = 0;
    double y = 0;
};

// An upright rectangle. Empty when right <= left or bottom <= top.
struct Box {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;

    double width() const { return right - left; }
    double height() const { return bottom - top; }
    double center_x() const { return (left + right) / 2; }
    double center_y() const { return (top + bottom) / 2; }
    bool empty() const { return right <= left || bottom <= top; }
    double area() const { return empty() ? 0 : width() * height(); }
    bool holds(Point point) const { return point.x >= left && point.x <= right && point.y >= top && point.y <= bottom; }
};

inline Box joined(const Box& a, const Box& b) {
    return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}
inline Box shared(const Box& a, const Box& b) {
    return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right), std::min(a.bottom, b.bottom)};
}
inline Box grown(const Box& box, double by) { return {box.left - by, box.top - by, box.right + by, box.bottom + by}; }
inline double shared_width(const Box& a, const Box& b) { return std::min(a.right, b.right) - std::max(a.left, b.left); }
inline double shared_height(const Box& a, const Box& b) { return std::min(a.bottom, b.bottom) - std::max(a.top, b.top); }
// Share of `inner` that lies in `outer`, 0 to 1; 0 for an empty inner box.
inline double share_inside(const Box& inner, const Box& outer) { return inner.empty() ? 0 : shared(inner, outer).area() / inner.area(); }

// Four corners clockwise from top left in reading direction.
using Quad = std::array<Point, 4>;

}  // namespace docwright::extract
