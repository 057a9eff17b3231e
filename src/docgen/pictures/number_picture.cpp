#include "docgen/pictures/number_picture.h"

#include <algorithm>
#include <vector>

namespace docwright::docgen {
namespace {

enum class ItemKind { Zero, Space, Drop, Point, Group, Minus, Plus, Literal };  // Zero "0", Space "#", Drop "x"

struct Item {
    ItemKind kind;
    std::string text = {};  // Literal
};

bool is_digit(const Item& item) { return item.kind == ItemKind::Zero || item.kind == ItemKind::Space || item.kind == ItemKind::Drop; }

ItemKind kind_of(char c) {
    switch (c) {
        case '0': return ItemKind::Zero;
        case '#': return ItemKind::Space;
        case 'x': return ItemKind::Drop;
        case '.': return ItemKind::Point;
        case ',': return ItemKind::Group;
        case '-': return ItemKind::Minus;
        case '+': return ItemKind::Plus;
        default: return ItemKind::Literal;
    }
}

void add_literal(std::vector<Item>& items, std::string_view text) {
    if (items.empty() || items.back().kind != ItemKind::Literal) items.push_back({ItemKind::Literal});
    items.back().text += text;
}

// Quoted text is literal; the name between backquotes is a caption's number, which a template's value does not have.
std::vector<std::vector<Item>> sections_of(std::string_view picture) {
    std::vector<std::vector<Item>> sections(1);
    for (std::size_t at = 0; at < picture.size(); ++at) {
        const char c = picture[at];
        if (c == '\'' || c == '"' || c == '`') {
            const std::size_t end = std::min(picture.find(c, at + 1), picture.size());
            if (c != '`') add_literal(sections.back(), picture.substr(at + 1, end - at - 1));
            at = end;
        } else if (c == ';') {
            sections.emplace_back();
        } else if (const ItemKind kind = kind_of(c); kind == ItemKind::Literal) {
            add_literal(sections.back(), picture.substr(at, 1));
        } else {
            sections.back().push_back({kind});
        }
    }
    return sections;
}

// Where the point stands among the items; their number where there is none. A full stop beside no digit is a literal.
std::size_t point_of(std::vector<Item>& items) {
    std::size_t point = items.size();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].kind != ItemKind::Point) continue;
        const bool beside_digit = (i > 0 && is_digit(items[i - 1])) || (i + 1 < items.size() && is_digit(items[i + 1]));
        if (point == items.size() && beside_digit) {
            point = i;
        } else {
            items[i] = {ItemKind::Literal, "."};
        }
    }
    return point;
}

class Writer {
public:
    Writer(std::vector<Item> items, const Decimal& number) : items_(std::move(items)), point_(point_of(items_)) {
        const auto places =
            std::ranges::count_if(items_.begin() + static_cast<std::ptrdiff_t>(std::min(point_, items_.size())), items_.end(), is_digit);
        const Decimal shown = rounded(number, static_cast<int>(places));
        digits_ = digits_of(shown);
        negative_ = shown.negative();
        zero_ = shown.zero();
    }

    std::string text(bool own_sign) {
        std::string out = whole() + fraction();
        const bool has_sign =
            std::ranges::any_of(items_, [](const Item& item) { return item.kind == ItemKind::Minus || item.kind == ItemKind::Plus; });
        return (negative_ && own_sign && !has_sign ? "-" : "") + out;
    }

private:
    // Left of the point, from right to left.
    std::string whole() {
        std::string reversed;
        std::size_t left = digits_.whole.size(), shown = 0;
        const auto group =
            std::ranges::find(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(point_), ItemKind::Group, &Item::kind);
        const bool grouped = group != items_.begin() + static_cast<std::ptrdiff_t>(point_);
        std::size_t first_digit = point_;
        for (std::size_t i = point_; i-- > 0;)
            if (is_digit(items_[i])) first_digit = i;
        auto put = [&](char digit) {
            if (grouped && shown > 0 && shown % kGroup == 0) reversed += ',';
            reversed += digit;
            ++shown;
        };
        for (std::size_t i = point_; i-- > 0;) {
            const Item& item = items_[i];
            if (!is_digit(item)) {
                std::string part = sign_or_text(item);
                std::ranges::reverse(part);
                reversed += part;
                continue;
            }
            if (left > 0) {
                put(digits_.whole[--left]);
            } else if (item.kind == ItemKind::Space) {
                reversed += ' ';
            } else {
                put('0');
            }
            if (i == first_digit && item.kind != ItemKind::Drop)
                while (left > 0) put(digits_.whole[--left]);
        }
        std::ranges::reverse(reversed);
        return reversed;
    }

    std::string fraction() {
        std::string out;
        std::size_t next = 0;
        const std::size_t worth = digits_.fraction.find_last_not_of('0') + 1;  // 0 where all are zeros
        bool any = false;
        for (std::size_t i = point_ + 1; i < items_.size(); ++i) {
            const Item& item = items_[i];
            if (!is_digit(item)) {
                out += sign_or_text(item);
                continue;
            }
            const char digit = next < digits_.fraction.size() ? digits_.fraction[next] : '0';
            if (item.kind != ItemKind::Space || next < worth) {
                if (!any) out += '.';
                any = true;
                out += digit;
            }
            ++next;
        }
        return out;
    }

    std::string sign_or_text(const Item& item) const {
        switch (item.kind) {
            case ItemKind::Minus: return negative_ ? "-" : " ";
            case ItemKind::Plus: return zero_ ? " " : negative_ ? "-" : "+";
            case ItemKind::Literal: return item.text;
            default: return {};
        }
    }

    static constexpr std::size_t kGroup = 3;
    std::vector<Item> items_;
    std::size_t point_;
    Digits digits_;
    bool negative_ = false, zero_ = false;
};

std::string literal_text(const std::vector<Item>& items) {
    std::string out;
    for (const Item& item : items) {
        if (item.kind == ItemKind::Literal) out += item.text;
        if (item.kind == ItemKind::Minus) out += '-';
        if (item.kind == ItemKind::Plus) out += '+';
        if (item.kind == ItemKind::Point) out += '.';
        if (item.kind == ItemKind::Group) out += ',';
    }
    return out;
}

}  // namespace

std::string show_number(const Decimal& number, std::string_view picture) {
    std::vector<std::vector<Item>> sections = sections_of(picture);
    constexpr std::size_t kNegative = 1, kZero = 2;
    std::size_t chosen = 0;
    if (number.negative() && sections.size() > kNegative) chosen = kNegative;
    if (number.zero() && sections.size() > kZero) chosen = kZero;
    std::vector<Item>& items = sections[chosen];
    if (std::ranges::none_of(items, is_digit)) return literal_text(items);
    return Writer(std::move(items), number).text(chosen == 0);
}

}  // namespace docwright::docgen
