// What one page holds, as read from the file and before any judgement: glyphs, rulings, fills, images, drawings, links,
// annotations, tags. Filled by engines/pdf/; every later stage works on these structs alone.
// Units: points, origin top left of the page as shown (crop box, rotation and user unit applied: contract/structure-info.md,
// section 3). Angles: degrees clockwise, 0 is left to right. Indexes count from 0.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extract/page/geometry.h"

namespace docwright::extract {

// One font of the document, interned once: a FontIndex means the same on all pages.
using FontIndex = std::uint32_t;
struct FontFacts {
    std::string name;  // PostScript name without subset prefix
    std::string family;
    std::string type;  // subtype of the font dictionary: TrueType, Type1, Type3, CIDFontType2 …
    int weight = 400;  // CSS number
    bool italic = false;
    bool serif = false;
    bool monospaced = false;
    bool symbolic = false;
    bool embedded = false;
    bool subset = false;
    bool maps_badly = false;  // its decoded text cannot be trusted (private-use, control or replacement characters)
    bool math = false;        // a mathematics font by its name (CMMI, STIXMath …)
    float ascent = 0.8F;      // em above and below the baseline
    float descent = 0.2F;
};

// How glyphs look: interned per page, one entry per combination that occurs.
using StyleIndex = std::uint16_t;
struct TextStyle {
    FontIndex font = 0;
    float size = 0;           // visible size in points: font size × text matrix × current matrix × user unit
    float angle = 0;          // of the baseline
    std::uint32_t color = 0;  // 0xRRGGBB of what is painted (fill, or stroke for outline text)
    float alpha = 1;
    std::uint8_t render_mode = 0;  // ISO 32000-2, table 104
    friend bool operator==(const TextStyle&, const TextStyle&) = default;
};

// Why a reader of the page does not see a glyph (contract/structure-info.md, 6.4). Duplicate: overprinted for fake bold.
enum class Hidden : std::uint8_t { No, Invisible, SameColor, Covered, Clipped, OffPage, LayerOff, Microscopic, Duplicate };

// Stands for the MCID of what is marked as an artifact without one.
constexpr std::int32_t kArtifactContent = INT32_MAX;

// One drawn character that is not white space; white space is implied by distance and by `space_before`.
struct Glyph {
    char32_t code = 0;                // first code point, as the file maps it (not normalised)
    std::uint32_t first_further = 0;  // further code points of a ligature: PageFacts::further[first_further …]
    std::uint16_t further_count = 0;
    StyleIndex style = 0;
    float origin_x = 0;  // on the baseline
    float origin_y = 0;
    Box advance;  // advance width × font ascent to descent: for lines and words
    Box ink;      // what is painted: for overlap
    Hidden hidden = Hidden::No;
    bool low_contrast = false;         // seen, but hardly: contract/structure-info.md, flags
    bool space_before = false;         // a space of the content stream stands between the glyph before and this one
    std::uint16_t form_depth = 0;      // nesting of form XObjects
    std::int32_t marked_content = -1;  // MCID, -1: none; kArtifactContent
    std::uint32_t paint_order = 0;     // of its text object among all page objects
};

enum class Axis : std::uint8_t { Horizontal, Vertical };
enum class RulingSource : std::uint8_t { Stroke, ThinFill, FillEdge };

// A drawn straight line: a stroked segment, a thin filled rectangle, or the edge of a larger fill (cell shading).
// Collinear pieces are merged already.
struct Ruling {
    Axis axis = Axis::Horizontal;
    double position = 0;  // y of a horizontal one, x of a vertical one: the middle of its thickness
    double from = 0;      // along the axis, from < to
    double to = 0;
    double thickness = 0;
    std::uint32_t color = 0;
    RulingSource source = RulingSource::Stroke;
};

// A painted upright area larger than a ruling: cell shading, boxes, page backgrounds.
struct Fill {
    Box box;
    std::uint32_t color = 0xFFFFFF;
    float alpha = 1;
    std::uint32_t paint_order = 0;
};

// One drawing of a raster image.
struct ImagePlacement {
    Box box;         // clipped to the page and the clip path
    Quad corners{};  // as drawn, unclipped
    int pixel_width = 0;
    int pixel_height = 0;
    bool mask = false;        // a stencil mask
    bool upright = true;      // neither turned nor mirrored nor skewed
    bool plain_jpeg = false;  // one DCT stream, grey or RGB, without soft mask: its bytes can be copied
    std::int32_t marked_content = -1;
    std::uint32_t paint_order = 0;
    std::uint32_t object = 0;  // by which the page source knows it
};

// A cluster of path drawings that are neither rulings nor fills behind text: a vector figure, or a part of one.
struct Drawing {
    Box box;
    int path_count = 0;
    int segment_count = 0;
    int curve_count = 0;
    std::uint32_t paint_order = 0;  // of the first path
};

enum class TargetKind : std::uint8_t { None, Uri, Page, File, Action };
struct LinkTarget {
    TargetKind kind = TargetKind::None;
    std::string uri;      // Uri: the address; File: the file's name; Action: its name (print, script, submit …)
    int page_index = -1;  // Page; File: page in that file, -1 if none
    bool has_point = false;
    Point point;       // Page: in that page's space
    std::string name;  // named destination, if it was one
};

struct Link {
    Box box;
    std::vector<Quad> quads;  // at least one
    LinkTarget target;
    std::string tooltip;  // /Contents
    bool hidden = false;
};

// Every annotation that is neither link nor widget; pop-ups too (they are counted, contract 6.5).
struct Annotation {
    std::string subtype;  // the PDF name
    Box box;
    std::vector<Quad> quads;  // of text markup
    std::string contents;
    std::string author;  // /T
    std::string subject;
    std::string name;     // /NM
    std::string created;  // ISO 8601 with the offset of the file, empty if none
    std::string modified;
    std::string color;  // "#RRGGBB", empty if none
    double opacity = 1;
    bool hidden = false;  // hidden or no-view flag
    bool has_appearance = false;
    int reply_to = -1;            // /IRT: index into PageFacts::annotations, -1: none
    bool reply_is_group = false;  // /RT /Group
    int popup_owner = -1;         // Popup: index of the annotation it belongs to
    std::string state;            // /State of a review reply
    std::string state_model;
    std::string attachment_name;  // FileAttachment
    std::int64_t attachment_bytes = -1;
    std::string attachment_type;
};

// One node of the page's part of the structure tree, parents before children.
struct Tag {
    std::string role;          // standard role after the role map: H1, P, TD, Figure …
    std::int32_t parent = -1;  // index into PageFacts::tags, -1: top of this page's part
    std::vector<std::int32_t> marked_contents;
    std::string alternate_text;
    std::string actual_text;
    std::string language;
    int row_span = 1;  // TD, TH
    int column_span = 1;
    std::string scope;  // TH: Row, Column, Both
};

struct PageFacts {
    int page_index = 0;
    double width = 0;  // as shown, exact
    double height = 0;
    int rotation = 0;   // the page's entry: 0, 90, 180, 270
    std::string label;  // page label, empty if the file has none
    std::vector<TextStyle> styles;
    std::vector<Glyph> glyphs;  // in content order, white space left out, hidden ones included
    std::u32string further;     // code points of ligatures after the first
    std::vector<Ruling> rulings;
    std::vector<Fill> fills;
    std::vector<ImagePlacement> images;
    std::vector<Drawing> drawings;
    std::vector<Link> links;
    std::vector<Annotation> annotations;
    std::vector<Tag> tags;
    std::vector<std::int32_t> artifact_contents;  // MCIDs marked as Artifact, kArtifactContent if it occurs
    bool limit_reached = false;                   // something of base/limits.h cut the page short
    bool image_failed = false;                    // an image could not be decoded
};

}  // namespace docwright::extract
