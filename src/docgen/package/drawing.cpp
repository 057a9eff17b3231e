#include "docgen/package/drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "docgen/template/xml.h"

namespace docwright::docgen {
namespace {

constexpr double kUnitsPerPoint = 12'700;      // EMU
constexpr double kMostUnits = 22 * 914'400.0;  // 22 inches: Word's largest page

std::int64_t units(double points) { return static_cast<std::int64_t>(std::llround(std::clamp(points * kUnitsPerPoint, 1.0, kMostUnits))); }

}  // namespace

std::string picture_xml(const PlacedPicture& picture) {
    const std::string base = picture.strict ? "http://purl.oclc.org/ooxml/" : "http://schemas.openxmlformats.org/";
    const std::string drawing = base + (picture.strict ? "drawingml/" : "drawingml/2006/");
    const std::string relationships = base + (picture.strict ? "officeDocument/relationships" : "officeDocument/2006/relationships");
    std::string description;
    append_escaped(description, picture.description);
    const std::string extent = fmt::format("cx=\"{}\" cy=\"{}\"", units(picture.width), units(picture.height));
    std::string svg;
    if (!picture.svg_relationship.empty()) {
        svg = fmt::format(
            "<a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\"><asvg:svgBlip "
            "xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"{}\"/></a:ext></a:extLst>",
            picture.svg_relationship);
    }
    return fmt::format(
        "<wp:inline xmlns:wp=\"{0}wordprocessingDrawing\" xmlns:r=\"{1}\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
        "<wp:extent {2}/><wp:docPr id=\"{3}\" name=\"Picture {3}\" descr=\"{4}\"/>"
        "<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a=\"{0}main\" noChangeAspect=\"1\"/></wp:cNvGraphicFramePr>"
        "<a:graphic xmlns:a=\"{0}main\"><a:graphicData uri=\"{0}picture\"><pic:pic xmlns:pic=\"{0}picture\">"
        "<pic:nvPicPr><pic:cNvPr id=\"{3}\" name=\"Picture {3}\"/><pic:cNvPicPr/></pic:nvPicPr>"
        "<pic:blipFill><a:blip r:embed=\"{5}\">{6}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        "<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext {2}/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>"
        "</pic:pic></a:graphicData></a:graphic></wp:inline>",
        drawing, relationships, extent, picture.id, description, picture.relationship, svg);
}

}  // namespace docwright::docgen
