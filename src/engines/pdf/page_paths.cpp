#include "engines/pdf/page_paths.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/limits.h"

namespace docwright::pdf {
namespace {

using extract::Axis;
using extract::Ruling;
using extract::RulingSource;

constexpr double kThinPoints = 3;     // a filled rectangle up to this is a ruling (extraction.md, section 1)
constexpr double kSlantPoints = 0.3;  // a segment whose ends differ less is straight along an axis
constexpr double kThickPoints = 6;    // a stroke above this is an area that was stroked: cell shading, a bar
constexpr double kInvisibleAlpha = 0.02;
constexpr double kOpaqueAlpha = 0.98;
constexpr double kInside = 0.9;  // a contour with such a share of its box in another's is inside that one

struct Paint {
    bool used = false;
    std::uint32_t color = 0;
    bool color_known = true;  // false: a pattern or shading
    float alpha = 1;
};

Paint paint_of(FPDF_PAGEOBJECT object, int (*get)(FPDF_PAGEOBJECT, unsigned*, unsigned*, unsigned*, unsigned*)) {
    unsigned r = 0, g = 0, b = 0, a = 255;
    Paint paint;
    paint.used = true;
    paint.color_known = get(object, &r, &g, &b, &a);
    paint.color = paint.color_known ? (r << 16) | (g << 8) | b : kPatternColor;
    paint.alpha = static_cast<float>(a) / 255.0F;
    return paint;
}

// One contour of a path.
struct Contour {
    std::vector<Point> points;
    int curve_count = 0;
    int slanted_count = 0;  // straight segments along no axis
    double straight = 0;    // length along the axes
    double slanted = 0;     // of what runs along no axis, curves included
    bool closed = false;
    Box box{1e9, 1e9, -1e9, -1e9};

    bool upright() const { return curve_count == 0 && slanted_count == 0; }
    // Straight sides with rounded corners.
    bool rounded_box() const {
        constexpr double kStraightShare = 0.75;  // of the way round its box; an ellipse has none
        double round = 2 * (box.width() + box.height());
        return curve_count > 0 && straight > kStraightShare * round && slanted < (1 - kStraightShare) * round;
    }
};

class PathReader {
public:
    PathReader(const PatternFills& patterns, const PageObject& object, std::uint32_t order, Painted& painted)
        : patterns_(patterns), object_(object), order_(order), painted_(painted) {}

    void read() {
        int fill_mode = 0, stroke = 0;
        if (!FPDFPath_GetDrawMode(object_.handle, &fill_mode, &stroke)) return;
        if (fill_mode != FPDF_FILLMODE_NONE) {
            fill_ = paint_of(object_.handle, FPDFPageObj_GetFillColor);
            if (patterns_.is_pattern(object_.handle, fill_.color)) {
                fill_.color = kPatternColor;
                fill_.color_known = false;
            }
        }
        if (stroke) stroke_ = paint_of(object_.handle, FPDFPageObj_GetStrokeColor);
        fill_.used = fill_.used && fill_.alpha > kInvisibleAlpha;
        stroke_.used = stroke_.used && stroke_.alpha > kInvisibleAlpha;
        if (!fill_.used && !stroke_.used) return;
        opaque_ = FPDFPageObj_HasTransparency(object_.handle) == 0;
        FS_MATRIX m{1, 0, 0, 1, 0, 0};
        FPDFPageObj_GetMatrix(object_.handle, &m);
        to_page_ = followed({m.a, m.b, m.c, m.d, m.e, m.f}, object_.to_page);
        if (stroke_.used) {
            float width = 1;
            FPDFPageObj_GetStrokeWidth(object_.handle, &width);
            constexpr double kHairline = 0.25;  // width 0 is the thinnest line that the device can draw
            thickness_ = std::max(width * to_page_.scale(), kHairline);
        }
        int count = FPDFPath_CountSegments(object_.handle);
        if (count <= 0) return;
        if (painted_.segment_count + static_cast<std::size_t>(count) > limits::kPathSegmentsPerPage) {
            painted_.limit_reached = true;
            return;
        }
        painted_.segment_count += static_cast<std::size_t>(count);
        if (is_intricate(count)) return add_whole_drawing(count);
        read_contours(count);
        judge_contours();
    }

private:
    // A long path whose beginning is mostly curves and slants is a drawing: its segments need not be read one by one.
    bool is_intricate(int count) const {
        constexpr int kLong = 300, kSample = 60;
        if (count < kLong) return false;
        int slanted = 0;
        Point before{};
        for (int i = 0; i < kSample; ++i) {
            FPDF_PATHSEGMENT segment = FPDFPath_GetPathSegment(object_.handle, i);
            float x = 0, y = 0;
            FPDFPathSegment_GetPoint(segment, &x, &y);
            Point point = to_page_.at(x, y);
            int type = FPDFPathSegment_GetType(segment);
            if (type == FPDF_SEGMENT_BEZIERTO || (type == FPDF_SEGMENT_LINETO && is_slanted(before, point))) ++slanted;
            before = point;
        }
        return slanted > kSample / 2;
    }

    void add_whole_drawing(int count) {
        float left = 0, bottom = 0, right = 0, top = 0;
        if (!FPDFPageObj_GetBounds(object_.handle, &left, &bottom, &right, &top)) return;
        Box box = shared(mapped(object_.to_page, left, bottom, right, top), object_.clip);
        if (box.empty()) return;
        painted_.drawings.push_back({box, count, count / 3, order_});
        if (fill_.used) painted_.areas.push_back({box, fill_.color, false, fill_.alpha, false, order_});
    }

    static bool is_slanted(Point a, Point b) { return std::abs(a.x - b.x) > kSlantPoints && std::abs(a.y - b.y) > kSlantPoints; }

    void read_contours(int count) {
        for (int i = 0; i < count; ++i) {
            FPDF_PATHSEGMENT segment = FPDFPath_GetPathSegment(object_.handle, i);
            float x = 0, y = 0;
            if (!segment || !FPDFPathSegment_GetPoint(segment, &x, &y)) continue;
            Point point = to_page_.at(x, y);
            int type = FPDFPathSegment_GetType(segment);
            if (type == FPDF_SEGMENT_MOVETO || contours_.empty()) {
                contours_.emplace_back();
                contours_.back().points.push_back(point);
            } else {
                add_segment(contours_.back(), point, type == FPDF_SEGMENT_BEZIERTO);
            }
            Contour& contour = contours_.back();
            contour.box = joined(contour.box, {point.x, point.y, point.x, point.y});
            if (FPDFPathSegment_GetClose(segment)) close(contour);
        }
    }

    static void add_segment(Contour& contour, Point point, bool curve) {
        Point before = contour.points.back();
        double length = std::hypot(point.x - before.x, point.y - before.y);
        if (curve) {
            ++contour.curve_count;
            contour.slanted += length;
        } else if (is_slanted(before, point)) {
            ++contour.slanted_count;
            contour.slanted += length;
        } else {
            contour.straight += length;
        }
        contour.points.push_back(point);
    }

    static void close(Contour& contour) {
        if (contour.closed) return;
        contour.closed = true;
        Point first = contour.points.front(), last = contour.points.back();
        if (first.x != last.x || first.y != last.y) add_segment(contour, first, false);
    }

    void judge_contours() {
        if (fill_.used && is_frame()) return add_frame();
        bool holes = fill_.used && has_holes();
        for (Contour& contour : contours_) {
            if (contour.points.size() < 2) continue;
            if (fill_.used) close(contour);  // filling closes what is open
            bool box_like = contour.upright() || contour.rounded_box();
            if (!box_like) {
                add_drawing(contour);
                continue;
            }
            if (fill_.used && holes) {
                add_edges(contour, fill_, RulingSource::FillEdge, 0);
                painted_.areas.push_back({shared(contour.box, object_.clip), fill_.color, false, fill_.alpha, false, order_});
            } else if (fill_.used) {
                add_filled(contour);
            }
            if (stroke_.used) add_stroked(contour);
        }
    }

    static bool is_rectangle(const Contour& contour) {
        if (!contour.upright() || contour.points.size() < 4 || contour.points.size() > 6) return false;
        double round = 2 * (contour.box.width() + contour.box.height());
        constexpr double kSlack = 0.05;  // of the way round: a side that runs to and fro is none
        return std::abs(contour.straight - round) <= kSlack * round || !contour.closed;
    }

    static bool is_box_like(const Contour& contour) { return is_rectangle(contour) || contour.rounded_box(); }

    // A box with a hole, all sides thin: a border drawn as one filled path.
    bool is_frame() const {
        if (contours_.size() != 2 || !is_box_like(contours_[0]) || !is_box_like(contours_[1])) return false;
        Box outer = contours_[0].box, inner = contours_[1].box;
        if (outer.area() < inner.area()) std::swap(outer, inner);
        double sides[] = {inner.left - outer.left, inner.top - outer.top, outer.right - inner.right, outer.bottom - inner.bottom};
        for (double side : sides) {
            if (side < -kSlantPoints || side > kThinPoints) return false;
        }
        return inner.width() > kThinPoints && inner.height() > kThinPoints;
    }

    // Contours inside the largest one may be holes in it, so what it covers is not known.
    bool has_holes() const {
        if (contours_.size() < 2) return false;
        const Contour* largest = &*std::ranges::max_element(contours_, {}, [](const Contour& c) { return c.box.area(); });
        return std::ranges::any_of(contours_, [&](const Contour& contour) {
            return &contour != largest && !contour.box.empty() && share_inside(contour.box, largest->box) > kInside;
        });
    }

    void add_frame() {
        Box outer = contours_[0].box, inner = contours_[1].box;
        if (outer.area() < inner.area()) std::swap(outer, inner);
        add_thin({outer.left, outer.top, outer.right, inner.top});
        add_thin({outer.left, inner.bottom, outer.right, outer.bottom});
        add_thin({outer.left, outer.top, inner.left, outer.bottom});
        add_thin({inner.right, outer.top, outer.right, outer.bottom});
    }

    void add_thin(const Box& unclipped) {
        Box box = shared(unclipped, object_.clip);
        double width = std::max(box.width(), 0.0), height = std::max(box.height(), 0.0);
        if (width < kSlantPoints && height < kSlantPoints) return;
        if (width >= height) {
            add_ruling(Axis::Horizontal, box.center_y(), box.left, box.right, height, fill_, RulingSource::ThinFill);
        } else {
            add_ruling(Axis::Vertical, box.center_x(), box.top, box.bottom, width, fill_, RulingSource::ThinFill);
        }
    }

    void add_filled(const Contour& contour) {
        Box box = shared(contour.box, object_.clip);
        if (std::max(box.width(), box.height()) <= 0) return;
        if (std::min(box.width(), box.height()) <= kThinPoints) return add_thin(contour.box);
        if (!is_rectangle(contour) && !contour.rounded_box()) return add_edges(contour, fill_, RulingSource::FillEdge, 0);
        add_area(box, fill_);
    }

    void add_area(const Box& unclipped, const Paint& paint) {
        Box box = shared(unclipped, object_.clip);
        if (box.empty()) return;
        painted_.areas.push_back({box, paint.color, paint.color_known, paint.alpha, opaque_ && paint.alpha > kOpaqueAlpha, order_});
        painted_.fills.push_back({box, paint.color, paint.alpha, order_});
        fill_index_ = static_cast<int>(painted_.fills.size()) - 1;
        add_ruling(Axis::Horizontal, box.top, box.left, box.right, 0, paint, RulingSource::FillEdge);
        add_ruling(Axis::Horizontal, box.bottom, box.left, box.right, 0, paint, RulingSource::FillEdge);
        add_ruling(Axis::Vertical, box.left, box.top, box.bottom, 0, paint, RulingSource::FillEdge);
        add_ruling(Axis::Vertical, box.right, box.top, box.bottom, 0, paint, RulingSource::FillEdge);
        fill_index_ = -1;
    }

    void add_stroked(const Contour& contour) {
        if (contour.rounded_box()) {
            const Box& box = contour.box;
            add_ruling(Axis::Horizontal, box.top, box.left, box.right, thickness_, stroke_, RulingSource::Stroke);
            add_ruling(Axis::Horizontal, box.bottom, box.left, box.right, thickness_, stroke_, RulingSource::Stroke);
            add_ruling(Axis::Vertical, box.left, box.top, box.bottom, thickness_, stroke_, RulingSource::Stroke);
            add_ruling(Axis::Vertical, box.right, box.top, box.bottom, thickness_, stroke_, RulingSource::Stroke);
            return;
        }
        add_edges(contour, stroke_, RulingSource::Stroke, thickness_);
    }

    void add_edges(const Contour& contour, const Paint& paint, RulingSource source, double thickness) {
        for (std::size_t i = 1; i < contour.points.size(); ++i) {
            Point a = contour.points[i - 1], b = contour.points[i];
            double dx = std::abs(a.x - b.x), dy = std::abs(a.y - b.y);
            if (dx < kSlantPoints && dy < kSlantPoints && thickness <= kThinPoints) continue;
            if (thickness > kThickPoints || (thickness > kThinPoints && std::max(dx, dy) < 4 * thickness)) {
                add_area(dx >= dy ? Box{std::min(a.x, b.x), a.y - thickness / 2, std::max(a.x, b.x), a.y + thickness / 2}
                                  : Box{a.x - thickness / 2, std::min(a.y, b.y), a.x + thickness / 2, std::max(a.y, b.y)},
                         paint);
                continue;
            }
            if (dx >= dy) {
                add_ruling(Axis::Horizontal, (a.y + b.y) / 2, std::min(a.x, b.x), std::max(a.x, b.x), thickness, paint, source);
            } else {
                add_ruling(Axis::Vertical, (a.x + b.x) / 2, std::min(a.y, b.y), std::max(a.y, b.y), thickness, paint, source);
            }
        }
    }

    void add_ruling(Axis axis, double position, double from, double to, double thickness, const Paint& paint, RulingSource source) {
        const Box& clip = object_.clip;
        bool horizontal = axis == Axis::Horizontal;
        double across_from = horizontal ? clip.top : clip.left, across_to = horizontal ? clip.bottom : clip.right;
        // The edge of the page or of a clip is not drawn even when a fill ends there, but a stroke on it is half there.
        if (position < across_from - thickness / 2 || position > across_to + thickness / 2) return;
        from = std::max(from, horizontal ? clip.left : clip.top);
        to = std::min(to, horizontal ? clip.right : clip.bottom);
        if (to <= from) return;
        painted_.rulings.push_back({Ruling{axis, position, from, to, thickness, paint.color, source}, paint.alpha, fill_index_, order_});
    }

    void add_drawing(const Contour& contour) {
        Box box = shared(grown(contour.box, stroke_.used ? thickness_ / 2 : 0), object_.clip);
        if (box.empty()) return;
        int segments = static_cast<int>(contour.points.size()) - 1;
        painted_.drawings.push_back({box, segments, contour.curve_count / 3, order_});
        // What stands on the shape has another ground than the paper, but where the shape ends is not known here.
        if (fill_.used) painted_.areas.push_back({box, fill_.color, false, fill_.alpha, false, order_});
    }

    const PatternFills& patterns_;
    const PageObject& object_;
    std::uint32_t order_;
    Painted& painted_;
    Paint fill_, stroke_;
    bool opaque_ = true;
    double thickness_ = 0;
    int fill_index_ = -1;  // of the fill whose edges are being added
    Affine to_page_;
    std::vector<Contour> contours_;
};

}  // namespace

void read_path(const PatternFills& patterns, const PageObject& object, std::uint32_t paint_order, Painted& painted) {
    if (object.clip.empty() || painted.limit_reached) return;
    PathReader(patterns, object, paint_order, painted).read();
}

void read_shading(const PageObject& object, std::uint32_t paint_order, Painted& painted) {
    if (!object.clip.empty()) painted.areas.push_back({object.clip, kPatternColor, false, 1, false, paint_order});
}

}  // namespace docwright::pdf
