#include "engines/pdf/page_notes.h"

#include <cmath>
#include <cstdio>

#include "engines/pdf/attachments.h"
#include "engines/pdf/pdf_date.h"

namespace docwright::pdf {
namespace {

using extract::Annotation;
using extract::Link;

constexpr std::int64_t kHiddenFlag = 1 << 1;  // ISO 32000-2, table 167
constexpr std::int64_t kNoViewFlag = 1 << 5;

Quad quad_of(const Box& box) { return {Point{box.left, box.top}, {box.right, box.top}, {box.right, box.bottom}, {box.left, box.bottom}}; }

// Four points as the file has them → clockwise from top left in reading direction. The format wants them around the area,
// but nearly all writers give two rows: top left, top right, bottom left, bottom right.
Quad in_reading_order(const Point (&p)[4]) {
    bool rows = (p[1].x - p[0].x) * (p[3].x - p[2].x) + (p[1].y - p[0].y) * (p[3].y - p[2].y) > 0;
    Quad quad = rows ? Quad{p[0], p[1], p[3], p[2]} : Quad{p[3], p[2], p[1], p[0]};
    double turn = (quad[1].x - quad[0].x) * (quad[3].y - quad[0].y) - (quad[1].y - quad[0].y) * (quad[3].x - quad[0].x);
    return turn >= 0 ? quad : Quad{quad[3], quad[2], quad[1], quad[0]};
}

std::vector<Quad> quads_of(QPDFObjectHandle annotation, const PageMap& map) {
    constexpr int kMostQuads = 2000;  // a mark over so many lines is none
    std::vector<Quad> quads;
    QPDFObjectHandle points = value_at(annotation, "/QuadPoints");
    if (!points.isArray()) return quads;
    for (int start = 0; start + 8 <= std::min(points.getArrayNItems(), 8 * kMostQuads); start += 8) {
        Point corners[4];
        for (int i = 0; i < 4; ++i) {
            corners[i] =
                map.to_page.at(number_of(points.getArrayItem(start + 2 * i), 0), number_of(points.getArrayItem(start + 2 * i + 1), 0));
        }
        quads.push_back(in_reading_order(corners));
    }
    return quads;
}

std::string color_of(QPDFObjectHandle annotation) {
    QPDFObjectHandle color = value_at(annotation, "/C");
    if (!color.isArray()) return {};
    double part[4] = {};
    int count = color.getArrayNItems();
    for (int i = 0; i < std::min(count, 4); ++i) part[i] = std::clamp(number_of(color.getArrayItem(i), 0), 0.0, 1.0);
    double rgb[3];
    if (count == 1) {
        rgb[0] = rgb[1] = rgb[2] = part[0];
    } else if (count == 3) {
        std::copy(part, part + 3, rgb);
    } else if (count == 4) {
        for (int i = 0; i < 3; ++i) rgb[i] = (1 - part[i]) * (1 - part[3]);
    } else {
        return {};
    }
    char text[8];
    std::snprintf(text, sizeof text, "#%02X%02X%02X", static_cast<unsigned>(std::lround(rgb[0] * 255)),
                  static_cast<unsigned>(std::lround(rgb[1] * 255)), static_cast<unsigned>(std::lround(rgb[2] * 255)));
    return text;
}

class NoteReader {
public:
    NoteReader(QPDFObjectHandle catalog, Destinations& destinations, const PageMap& map, extract::PageFacts& facts)
        : layers_(catalog), destinations_(destinations), map_(map), facts_(facts) {}

    void read(QPDFObjectHandle annotation) {
        std::string subtype = name_at(annotation, "/Subtype");
        if (subtype.empty() || subtype == "Widget") return;
        if (subtype == "Link") {
            read_link(annotation);
        } else {
            read_annotation(annotation, subtype);
        }
    }

    // Annotations name each other, forwards too: after all are read.
    void connect() {
        for (std::size_t i = 0; i < handles_.size(); ++i) {
            contained([&] {
                Annotation& note = facts_.annotations[i];
                note.reply_to = index_of(value_at(handles_[i], "/IRT"), i);
                note.reply_is_group = note.reply_to >= 0 && name_at(handles_[i], "/RT") == "Group";
                if (note.subtype == "Popup") note.popup_owner = index_of(value_at(handles_[i], "/Parent"), i);
                int popup = index_of(value_at(handles_[i], "/Popup"), i);
                if (popup >= 0) facts_.annotations[static_cast<std::size_t>(popup)].popup_owner = static_cast<int>(i);
            });
        }
    }

private:
    void read_link(QPDFObjectHandle annotation) {
        Link link;
        link.box = box_of_rect(annotation, map_);
        link.quads = quads_of(annotation, map_);
        if (link.quads.empty()) link.quads.push_back(quad_of(link.box));
        contained([&] { link.target = destinations_.target_of(annotation); });
        link.tooltip = text_at(annotation, "/Contents");
        link.hidden = is_hidden_annotation(annotation, layers_);
        facts_.links.push_back(std::move(link));
    }

    void read_annotation(QPDFObjectHandle annotation, const std::string& subtype) {
        Annotation note;
        note.subtype = subtype;
        note.box = box_of_rect(annotation, map_);
        note.quads = quads_of(annotation, map_);
        note.contents = text_at(annotation, "/Contents");
        note.author = text_at(annotation, "/T");
        note.subject = text_at(annotation, "/Subj");
        note.name = text_at(annotation, "/NM");
        note.created = local_date(text_at(annotation, "/CreationDate"));
        note.modified = local_date(text_at(annotation, "/M"));
        note.color = color_of(annotation);
        note.opacity = std::clamp(number_at(annotation, "/CA", 1), 0.0, 1.0);
        note.hidden = is_hidden_annotation(annotation, layers_);
        note.has_appearance = has_appearance(annotation);
        note.state = text_at(annotation, "/State");
        note.state_model = text_at(annotation, "/StateModel");
        if (subtype == "FileAttachment") {
            extract::Attachment file = attachment_of(value_at(annotation, "/FS"));
            note.attachment_name = file.name;
            note.attachment_bytes = file.bytes;
            note.attachment_type = file.media_type;
        }
        if (annotation.isIndirect()) index_by_id_.emplace(annotation.getObjGen(), static_cast<int>(facts_.annotations.size()));
        handles_.push_back(annotation);
        facts_.annotations.push_back(std::move(note));
    }

    // -1 for what is no other annotation of this page.
    int index_of(QPDFObjectHandle annotation, std::size_t self) const {
        auto found = annotation.isIndirect() ? index_by_id_.find(annotation.getObjGen()) : index_by_id_.end();
        return found == index_by_id_.end() || found->second == static_cast<int>(self) ? -1 : found->second;
    }

    HiddenLayers layers_;
    Destinations& destinations_;
    const PageMap& map_;
    extract::PageFacts& facts_;
    std::vector<QPDFObjectHandle> handles_;  // parallel to facts_.annotations
    std::map<QPDFObjGen, int> index_by_id_;
};

}  // namespace

Box box_of_rect(QPDFObjectHandle annotation, const PageMap& map) {
    double rect[4];
    if (!rectangle_of(value_at(annotation, "/Rect"), rect)) return {};
    return mapped(map.to_page, rect[0], rect[1], rect[2], rect[3]);
}

bool is_hidden_annotation(QPDFObjectHandle annotation, const HiddenLayers& layers) {
    return (integer_at(annotation, "/F", 0) & (kHiddenFlag | kNoViewFlag)) != 0 || layers.hide(value_at(annotation, "/OC"));
}

bool has_appearance(QPDFObjectHandle annotation) {
    QPDFObjectHandle normal = value_at(value_at(annotation, "/AP"), "/N");
    if (normal.isStream()) return true;
    return value_at(normal, "/" + name_at(annotation, "/AS")).isStream();
}

void read_notes(ObjectModel& model, Destinations& destinations, const PageMap& map, extract::PageFacts& facts) {
    QPDFObjectHandle list = value_at(model.page(facts.page_index), "/Annots");
    if (!list.isArray()) return;
    NoteReader reader(model.catalog(), destinations, map, facts);
    for (int i = 0; i < list.getArrayNItems(); ++i) {
        if (facts.links.size() + facts.annotations.size() >= limits::kAnnotationsPerPage) {
            facts.limit_reached = true;
            break;
        }
        contained([&] { reader.read(list.getArrayItem(i)); });
    }
    reader.connect();
}

}  // namespace docwright::pdf
