#include "engines/pdf/page_objects.h"

#include <string>

#include "base/limits.h"
#include "engines/pdf/layers.h"
#include "extract/page/page_facts.h"

namespace docwright::pdf {
namespace {

Affine affine_of(const FS_MATRIX& m) { return {m.a, m.b, m.c, m.d, m.e, m.f}; }

// The box around one clip path; clip paths are intersected, so a box around each is never too small.
Box box_of_clip_path(FPDF_CLIPPATH clip, int path, const Affine& to_page) {
    // A clip path of more segments than this is a shape whose box costs more than it tells.
    constexpr int kMostSegments = 2000;
    int count = std::min(FPDFClipPath_CountPathSegments(clip, path), kMostSegments);
    Box box{1e9, 1e9, -1e9, -1e9};
    for (int i = 0; i < count; ++i) {
        float x = 0, y = 0;
        FPDF_PATHSEGMENT segment = FPDFClipPath_GetPathSegment(clip, path, i);
        if (!segment || !FPDFPathSegment_GetPoint(segment, &x, &y)) continue;
        Point point = to_page.at(x, y);
        box = joined(box, {point.x, point.y, point.x, point.y});
    }
    return box;
}

Box clipped_by(FPDF_PAGEOBJECT object, const Affine& to_page, Box clip) {
    FPDF_CLIPPATH path = FPDFPageObj_GetClipPath(object);
    int count = path ? FPDFClipPath_CountPaths(path) : 0;
    constexpr int kMostClipPaths = 64;  // nested clips beyond this only make the box smaller
    for (int i = 0; i < std::min(count, kMostClipPaths); ++i) {
        if (FPDFClipPath_CountPathSegments(path, i) <= 0) continue;
        clip = shared(clip, box_of_clip_path(path, i, to_page));
    }
    return clip;
}

// What the marked content around an object says.
void read_marks(FPDF_PAGEOBJECT handle, PageObject& object) {
    constexpr int kMostMarks = 256;
    int count = std::min(FPDFPageObj_CountMarks(handle), kMostMarks);
    for (int i = 0; i < count; ++i) {
        FPDF_PAGEOBJECTMARK mark = FPDFPageObj_GetMark(handle, static_cast<unsigned long>(i));
        FPDF_WCHAR letters[16] = {};
        unsigned long bytes = 0;
        if (!mark || !FPDFPageObjMark_GetName(mark, letters, sizeof letters, &bytes) || bytes > sizeof letters) continue;
        std::u16string_view name(reinterpret_cast<const char16_t*>(letters));
        int off = 0;
        if (name == u"Artifact") object.artifact = true;
        if (name == u"OC" && FPDFPageObjMark_GetParamIntValue(mark, key_of(kLayerOffKey), &off) && off == 1) object.layer_off = true;
    }
    std::int32_t content = FPDFPageObj_GetMarkedContentID(handle);
    if (content >= 0) object.marked_content = content;
    if (object.artifact && object.marked_content < 0) object.marked_content = extract::kArtifactContent;
}

struct Collector {
    PageObjects& found;

    void add(FPDF_PAGEOBJECT handle, const PageObject& around) {
        constexpr int kDeepestForm = 32;  // PDFium itself stops at a similar depth
        if (found.all.size() >= limits::kObjectsPerPage) {
            found.limit_reached = true;
            return;
        }
        PageObject object = around;
        object.handle = handle;
        object.type = FPDFPageObj_GetType(handle);
        object.clip = clipped_by(handle, around.to_page, around.clip);
        if (FPDFPageObj_CountMarks(handle) > 0) read_marks(handle, object);
        if (object.type != FPDF_PAGEOBJ_FORM) {
            found.index_of.emplace(handle, static_cast<std::uint32_t>(found.all.size()));
            found.all.push_back(object);
            return;
        }
        FS_MATRIX matrix{};
        if (object.form_depth >= kDeepestForm || !FPDFPageObj_GetMatrix(handle, &matrix)) return;
        object.to_page = followed(affine_of(matrix), around.to_page);
        object.form_depth = static_cast<std::uint16_t>(object.form_depth + 1);
        int count = FPDFFormObj_CountObjects(handle);
        for (int i = 0; i < count && !found.limit_reached; ++i) {
            if (FPDF_PAGEOBJECT inner = FPDFFormObj_GetObject(handle, static_cast<unsigned long>(i))) add(inner, object);
        }
    }
};

}  // namespace

PageObjects collect_objects(FPDF_PAGE page, const Affine& to_page, const Box& page_box) {
    PageObjects found;
    PageObject around;
    around.to_page = to_page;
    around.clip = page_box;
    Collector collector{found};
    int count = FPDFPage_CountObjects(page);
    for (int i = 0; i < count && !found.limit_reached; ++i) {
        if (FPDF_PAGEOBJECT handle = FPDFPage_GetObject(page, i)) collector.add(handle, around);
    }
    return found;
}

}  // namespace docwright::pdf
