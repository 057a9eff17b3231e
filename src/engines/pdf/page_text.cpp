#include "engines/pdf/page_text.h"

#include <cmath>
#include <numbers>

#include "base/limits.h"

namespace docwright::pdf {
namespace {

using extract::Glyph;
using extract::Hidden;
using extract::PageFacts;
using extract::TextStyle;

bool is_white(char32_t code) {
    return code == ' ' || (code >= 9 && code <= 13) || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200B) ||
           code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000 || code == 0xFEFF;
}

// PDFium marks a hyphen at the end of a line, drawn as '-' or as a soft hyphen, with this code.
constexpr char32_t kLineEndHyphen = 2;

bool same_box(const Box& a, const Box& b) { return a.left == b.left && a.top == b.top && a.right == b.right && a.bottom == b.bottom; }

class GlyphReader {
public:
    GlyphReader(const PatternFills& patterns, FPDF_TEXTPAGE text, const PageObjects& objects, const Affine& to_page, FontTable& fonts,
                PageFacts& facts)
        : patterns_(patterns), text_(text), objects_(objects), to_page_(to_page), fonts_(fonts), facts_(facts) {}

    void read() {
        int count = FPDFText_CountChars(text_);
        facts_.glyphs.reserve(std::min(static_cast<std::size_t>(std::max(count, 0)), limits::kGlyphsPerPage));
        for (int i = 0; i < count; ++i) {
            if (facts_.glyphs.size() >= limits::kGlyphsPerPage) {
                facts_.limit_reached = true;
                return;
            }
            read_char(i);
        }
    }

private:
    void read_char(int i) {
        char32_t code = FPDFText_GetUnicode(text_, i);
        if (code != kLineEndHyphen && FPDFText_IsGenerated(text_, i) == 1) {
            space_ = space_ || is_white(code);
            return;
        }
        if (join_surrogates(code)) return;
        if (is_white(code)) {
            space_ = true;
            return;
        }
        FPDF_PAGEOBJECT object = FPDFText_GetTextObject(text_, i);
        if (object != object_ || !object) enter(object, i);
        Glyph glyph = template_;
        glyph.code = code == kLineEndHyphen ? U'-' : code;
        place(i, glyph);
        if (joins_previous(glyph)) {
            add_further(glyph.code);
            return;
        }
        bool unmapped = code == 0 || FPDFText_HasUnicodeMapError(text_, i) == 1;
        if (unmapped && (code < 0x20 || code == 0xFFFF || code == 0xFFFE)) glyph.code = 0xFFFD;
        fonts_.count(facts_.styles[glyph.style].font, glyph.code, unmapped);
        glyph.space_before = space_;
        space_ = false;
        facts_.glyphs.push_back(glyph);
    }

    // PDFium gives UTF-16 units: keeps a high surrogate for the low one that follows. True: wait for it.
    bool join_surrogates(char32_t& code) {
        if (code >= 0xD800 && code <= 0xDBFF) {
            high_surrogate_ = code;
            return true;
        }
        if (code >= 0xDC00 && code <= 0xDFFF) {
            code = high_surrogate_ ? 0x10000 + ((high_surrogate_ - 0xD800) << 10) + (code - 0xDC00) : 0xFFFD;
        }
        high_surrogate_ = 0;
        return false;
    }

    // All that is equal for the glyphs of one text object, asked for once: it is most of the cost of a glyph.
    void enter(FPDF_PAGEOBJECT object, int i) {
        object_ = object;
        template_ = Glyph{};
        TextStyle style;
        if (object) {
            auto found = objects_.index_of.find(object);
            if (found != objects_.index_of.end()) {
                const PageObject& drawn = objects_.all[found->second];
                template_.paint_order = found->second;
                template_.form_depth = drawn.form_depth;
                template_.marked_content = drawn.marked_content;
                if (drawn.layer_off) template_.hidden = Hidden::LayerOff;
            }
            style.font = fonts_.index_of(FPDFTextObj_GetFont(object));
            style.render_mode = static_cast<std::uint8_t>(std::max(0, FPDFTextObj_GetTextRenderMode(object)));
            read_color(object, style);
        } else {
            style.font = fonts_.index_of(nullptr);
        }
        read_size(i, style);
        glyph_of_object_ = 0;
        FPDFText_GetCharOrigin(text_, i, &origin_of_object_.x, &origin_of_object_.y);
        constexpr float kInvisibleAlpha = 0.02F;    // contract/structure-info.md, 6.4
        constexpr float kMicroscopicPoints = 1.0F;  // likewise
        if (template_.hidden == Hidden::No) {
            if (style.render_mode == 3 || style.render_mode == 7 || style.alpha <= kInvisibleAlpha) {
                template_.hidden = Hidden::Invisible;
            } else if (style.size < kMicroscopicPoints) {
                template_.hidden = Hidden::Microscopic;
            }
        }
        template_.style = interned(style);
    }

    void read_color(FPDF_PAGEOBJECT object, TextStyle& style) {
        unsigned r = 0, g = 0, b = 0, a = 255;
        bool outline = style.render_mode == 1 || style.render_mode == 5;
        if (outline ? FPDFPageObj_GetStrokeColor(object, &r, &g, &b, &a) : FPDFPageObj_GetFillColor(object, &r, &g, &b, &a)) {
            style.color = (r << 16) | (g << 8) | b;
            style.alpha = static_cast<float>(a) / 255.0F;
            if (!outline && patterns_.is_pattern(object_, style.color)) style.color = kPatternColor;
        }
    }

    void read_size(int i, TextStyle& style) {
        FS_MATRIX m{1, 0, 0, 1, 0, 0};
        FPDFText_GetMatrix(text_, i, &m);
        Affine visible = followed({m.a, m.b, m.c, m.d, m.e, m.f}, to_page_);
        double size = FPDFText_GetFontSize(text_, i) * visible.scale_y();
        constexpr double kSizeStep = 1000;  // finer differences are noise of single precision
        style.size = static_cast<float>(std::round(std::abs(size) * kSizeStep) / kSizeStep);
        double angle = std::atan2(visible.b, visible.a) * 180 / std::numbers::pi;
        angle = std::round(angle * 100) / 100;
        style.angle = static_cast<float>(angle < 0 ? angle + 360 : angle == 0 ? 0 : angle);
    }

    void place(int i, Glyph& glyph) {
        double x = 0, y = 0;
        FPDFText_GetCharOrigin(text_, i, &x, &y);
        Point origin = to_page_.at(x, y);
        glyph.origin_x = static_cast<float>(origin.x);
        glyph.origin_y = static_cast<float>(origin.y);
        FS_RECTF loose{};
        if (FPDFText_GetLooseCharBox(text_, i, &loose)) glyph.advance = mapped(to_page_, loose.left, loose.bottom, loose.right, loose.top);
        double left = 0, right = 0, bottom = 0, top = 0;
        if (FPDFText_GetCharBox(text_, i, &left, &right, &bottom, &top)) glyph.ink = mapped(to_page_, left, bottom, right, top);
        if (x == origin_of_object_.x && y == origin_of_object_.y && glyph_of_object_++ > 0) spread(glyph);
    }

    // Characters of an /ActualText share the text object's origin, and its box in equal parts: give each its own origin and
    // the height of its font. (The code points of a ligature have one box and stay where they are.)
    void spread(Glyph& glyph) const {
        const TextStyle& style = facts_.styles[glyph.style];
        if (style.angle != 0 || glyph.advance.left <= glyph.origin_x) return;
        if (!facts_.glyphs.empty() && same_box(facts_.glyphs.back().ink, glyph.ink)) return;
        const extract::FontFacts& font = fonts_.facts(style.font);
        glyph.origin_x = static_cast<float>(glyph.advance.left);
        glyph.advance.top = glyph.origin_y - font.ascent * style.size;
        glyph.advance.bottom = glyph.origin_y + font.descent * style.size;
    }

    // Code points of one ligature come as characters with the same place.
    bool joins_previous(const Glyph& glyph) const {
        if (facts_.glyphs.empty() || space_ || glyph.ink.empty()) return false;
        const Glyph& before = facts_.glyphs.back();
        return before.paint_order == glyph.paint_order && before.style == glyph.style && before.origin_x == glyph.origin_x &&
               before.origin_y == glyph.origin_y && same_box(before.ink, glyph.ink) && same_box(before.advance, glyph.advance);
    }

    void add_further(char32_t code) {
        Glyph& glyph = facts_.glyphs.back();
        if (glyph.further_count == UINT16_MAX) return;
        if (glyph.further_count == 0) glyph.first_further = static_cast<std::uint32_t>(facts_.further.size());
        facts_.further.push_back(code);
        ++glyph.further_count;
    }

    extract::StyleIndex interned(const TextStyle& style) {
        // Pages have few styles, and text stays in one for long: the search from the end is short.
        constexpr std::size_t kLongestSearch = 64;
        std::size_t count = facts_.styles.size();
        for (std::size_t back = 1; back <= std::min(count, kLongestSearch); ++back) {
            if (facts_.styles[count - back] == style) return static_cast<extract::StyleIndex>(count - back);
        }
        if (count > UINT16_MAX) return UINT16_MAX;
        facts_.styles.push_back(style);
        return static_cast<extract::StyleIndex>(count);
    }

    const PatternFills& patterns_;
    FPDF_TEXTPAGE text_;
    const PageObjects& objects_;
    const Affine& to_page_;
    FontTable& fonts_;
    PageFacts& facts_;
    FPDF_PAGEOBJECT object_ = nullptr;
    Glyph template_;
    Point origin_of_object_;   // of the object's first character, in content space
    int glyph_of_object_ = 0;  // characters met with that origin
    char32_t high_surrogate_ = 0;
    bool space_ = false;
};

}  // namespace

void read_glyphs(const PatternFills& patterns, FPDF_TEXTPAGE text, const PageObjects& objects, const Affine& to_page, FontTable& fonts,
                 PageFacts& facts) {
    GlyphReader(patterns, text, objects, to_page, fonts, facts).read();
}

}  // namespace docwright::pdf
