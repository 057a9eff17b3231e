#include "engines/pdf/fields.h"

#include <algorithm>
#include <set>

#include "engines/pdf/appearance_text.h"
#include "engines/pdf/page_notes.h"
#include "engines/pdf/signatures.h"

namespace docwright::pdf {
namespace {

using extract::Field;
using extract::FieldOption;
using extract::FieldType;
using extract::Widget;

// Field flags (ISO 32000-2, tables 226, 229, 231, 233).
constexpr std::int64_t kReadOnly = 1 << 0;
constexpr std::int64_t kRequired = 1 << 1;
constexpr std::int64_t kMultiline = 1 << 12;
constexpr std::int64_t kPassword = 1 << 13;
constexpr std::int64_t kRadio = 1 << 15;
constexpr std::int64_t kPushButton = 1 << 16;
constexpr std::int64_t kCombo = 1 << 17;
constexpr std::int64_t kEdit = 1 << 18;
constexpr std::int64_t kMultiSelect = 1 << 21;
constexpr int kDeepestField = 64;

// A string, a name or a stream of text.
std::string value_text(QPDFObjectHandle value) {
    if (!value.isStream()) return text_of(value);
    std::string bytes = stream_text(value, limits::kFieldValueBytes);
    return bytes.empty() ? bytes : text_of(QPDFObjectHandle::newString(bytes));
}

std::vector<std::string> values_of(QPDFObjectHandle value) {
    std::vector<std::string> values;
    if (value.isArray()) {
        for (int i = 0; i < std::min(value.getArrayNItems(), static_cast<int>(limits::kFieldOptions)); ++i) {
            values.push_back(value_text(value.getArrayItem(i)));
        }
    } else if (value.isString() || value.isName() || value.isStream()) {
        values.push_back(value_text(value));
    }
    return values;
}

FieldType type_of(const std::string& kind, std::int64_t flags) {
    if (kind == "Btn") return flags & kPushButton ? FieldType::PushButton : flags & kRadio ? FieldType::Radio : FieldType::CheckBox;
    if (kind == "Ch") return flags & kCombo ? FieldType::DropDown : FieldType::ListBox;
    if (kind == "Sig") return FieldType::Signature;
    return FieldType::Text;
}

// The name of a button's state that is not Off, "" if it has none.
std::string on_state_of(QPDFObjectHandle widget) {
    QPDFObjectHandle normal = value_at(value_at(widget, "/AP"), "/N");
    if (normal.isDictionary()) {
        for (const std::string& key : normal.getKeys()) {
            if (key != "/Off") return valid_utf8(key.substr(1));
        }
    }
    QPDFObjectHandle down = value_at(value_at(widget, "/AP"), "/D");
    if (down.isDictionary()) {
        for (const std::string& key : down.getKeys()) {
            if (key != "/Off") return valid_utf8(key.substr(1));
        }
    }
    std::string state = name_at(widget, "/AS");
    return state == "Off" ? "" : state;
}

std::vector<FieldOption> options_of(QPDFObjectHandle list) {
    std::vector<FieldOption> options;
    for (int i = 0; list.isArray() && i < std::min(list.getArrayNItems(), static_cast<int>(limits::kFieldOptions)); ++i) {
        QPDFObjectHandle item = list.getArrayItem(i);
        if (item.isArray() && item.getArrayNItems() >= 2) {
            options.push_back({text_of(item.getArrayItem(0)), text_of(item.getArrayItem(1)), false});
        } else {
            std::string text = item.isArray() && item.getArrayNItems() == 1 ? text_of(item.getArrayItem(0)) : text_of(item);
            options.push_back({text, text, false});
        }
    }
    return options;
}

std::string joined_text(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

// Line ends as they are drawn are no difference, nor is white space around.
std::string normalised(std::string_view text) {
    std::string kept;
    for (char c : text) {
        bool white = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!white) kept += c;
    }
    return kept;
}

class FieldReader {
public:
    explicit FieldReader(ObjectModel& model) : model_(model), layers_(model.catalog()) {}

    std::vector<Field> read() {
        QPDFObjectHandle form = value_at(model_.catalog(), "/AcroForm");
        if (!form.isDictionary()) return {};  // then widgets are no fields for any viewer, and no page need be looked at
        contained([&] { list_widgets(); });
        QPDFObjectHandle roots = value_at(form, "/Fields");
        for (int i = 0; roots.isArray() && i < roots.getArrayNItems(); ++i) {
            contained([&] { enter(roots.getArrayItem(i), "", 0); });
        }
        for (QPDFObjectHandle widget : page_widgets_) {
            contained([&] {
                if (!visited_.contains(widget.getObjGen())) enter(top_of(widget), "", 0);
            });
        }
        return std::move(fields_);
    }

private:
    void list_widgets() {
        for (int page = 0; page < model_.page_count(); ++page) {
            QPDFObjectHandle list = value_at(model_.page(page), "/Annots");
            for (int i = 0; list.isArray() && i < std::min(list.getArrayNItems(), static_cast<int>(limits::kAnnotationsPerPage)); ++i) {
                QPDFObjectHandle item = list.getArrayItem(i);
                if (name_at(item, "/Subtype") != "Widget" || !item.isIndirect() || page_widgets_.size() >= limits::kFields) continue;
                if (page_of_.emplace(item.getObjGen(), page).second) page_widgets_.push_back(item);
            }
        }
    }

    static QPDFObjectHandle top_of(QPDFObjectHandle node) {
        for (int depth = 0; depth < kDeepestField; ++depth) {
            QPDFObjectHandle parent = value_at(node, "/Parent");
            if (!parent.isDictionary()) break;
            node = parent;
        }
        return node;
    }

    void enter(QPDFObjectHandle node, const std::string& above, int depth) {
        if (depth > kDeepestField || fields_.size() >= limits::kFields || !node.isDictionary()) return;
        if (node.isIndirect() && !visited_.insert(node.getObjGen()).second) return;
        std::string part = text_at(node, "/T");
        std::string name = above.empty() ? part : part.empty() ? above : above + "." + part;
        QPDFObjectHandle kids = node.getKey("/Kids");
        std::vector<QPDFObjectHandle> widgets;
        bool has_field_kids = false;
        for (int i = 0; kids.isArray() && i < std::min(kids.getArrayNItems(), static_cast<int>(limits::kFields)); ++i) {
            QPDFObjectHandle kid = kids.getArrayItem(i);
            if (!value_at(kid, "/T").isNull() || value_at(kid, "/Kids").isArray()) {
                has_field_kids = true;
                contained([&] { enter(kid, name, depth + 1); });
            } else if (kid.isDictionary()) {
                if (kid.isIndirect()) visited_.insert(kid.getObjGen());
                widgets.push_back(kid);
            }
        }
        if (has_field_kids && widgets.empty()) return;
        if (!kids.isArray() || kids.getArrayNItems() == 0) {
            if (name_at(node, "/Subtype") == "Widget" || !value_at(node, "/Rect").isNull()) widgets.push_back(node);
        }
        if (inherited(node, "/FT").isName()) add_field(node, name, widgets);
    }

    void add_field(QPDFObjectHandle node, const std::string& name, const std::vector<QPDFObjectHandle>& widgets) {
        Field field;
        field.name = name;
        field.alternate_name = text_of(inherited(node, "/TU"));
        field.mapping_name = text_of(inherited(node, "/TM"));
        QPDFObjectHandle flag_value = inherited(node, "/Ff");
        std::int64_t flags = flag_value.isInteger() ? flag_value.getIntValue() : 0;
        field.type = type_of(name_of(inherited(node, "/FT")), flags);
        field.read_only = flags & kReadOnly;
        field.required = flags & kRequired;
        QPDFObjectHandle value = inherited(node, "/V");
        field.default_values = values_of(inherited(node, "/DV"));
        field.has_default = !field.default_values.empty();
        for (const QPDFObjectHandle& widget : widgets) field.widgets.push_back(widget_of(widget, field.type));
        switch (field.type) {
            case FieldType::Text: fill_text(field, flags, node, value); break;
            case FieldType::CheckBox:
            case FieldType::Radio: fill_button(field, node, value); break;
            case FieldType::DropDown:
            case FieldType::ListBox: fill_choice(field, flags, node, value); break;
            case FieldType::Signature: field.signature = read_signature(model_, value); break;
            case FieldType::PushButton: break;
        }
        compare_appearance(field);
        fields_.push_back(std::move(field));
    }

    Widget widget_of(QPDFObjectHandle annotation, FieldType type) {
        Widget widget;
        auto page = page_of_.find(annotation.getObjGen());
        widget.page_index =
            annotation.isIndirect() && page != page_of_.end() ? page->second : model_.page_index(value_at(annotation, "/P"));
        if (widget.page_index >= 0) widget.box = box_of_rect(annotation, model_.map_of(widget.page_index));
        widget.visible = !is_hidden_annotation(annotation, layers_);
        widget.has_appearance = has_appearance(annotation);
        if (type == FieldType::CheckBox || type == FieldType::Radio) {
            widget.export_value = on_state_of(annotation);
            std::string state = name_at(annotation, "/AS");
            widget.checked = !state.empty() && state != "Off";
        } else if (widget.has_appearance && type != FieldType::Signature && type != FieldType::PushButton) {
            contained([&] { widget.appearance_text = appearance_text(value_at(value_at(annotation, "/AP"), "/N")); });
        }
        return widget;
    }

    static void fill_text(Field& field, std::int64_t flags, QPDFObjectHandle node, QPDFObjectHandle value) {
        field.multiline = flags & kMultiline;
        field.password = flags & kPassword;
        field.values = values_of(value);
        field.has_value = !field.values.empty();
        QPDFObjectHandle most = inherited(node, "/MaxLen");
        if (most.isInteger()) field.max_length = static_cast<int>(std::clamp(most.getIntValue(), 0LL, static_cast<long long>(INT32_MAX)));
        field.display_value = joined_text(field.values);
    }

    static void fill_button(Field& field, QPDFObjectHandle node, QPDFObjectHandle value) {
        std::string state = value_text(value);
        if (state.empty()) {
            // Without a stored value the widgets' own states are all there is.
            auto checked = std::ranges::find_if(field.widgets, [](const Widget& widget) { return widget.checked; });
            state = checked == field.widgets.end() ? "Off" : checked->export_value;
        }
        field.has_value = true;
        field.values = {state};
        field.checked = state != "Off";
        QPDFObjectHandle labels = inherited(node, "/Opt");
        field.display_value = field.checked ? state : "";
        for (std::size_t i = 0; i < field.widgets.size(); ++i) {
            Widget& widget = field.widgets[i];
            std::string label =
                labels.isArray() && static_cast<int>(i) < labels.getArrayNItems() ? text_of(labels.getArrayItem(static_cast<int>(i))) : "";
            if (label.empty()) label = widget.export_value;
            if (field.checked && widget.export_value == state) field.display_value = label;
            if (field.type == FieldType::Radio)
                field.options.push_back({widget.export_value, label, field.checked && widget.export_value == state});
        }
    }

    static void fill_choice(Field& field, std::int64_t flags, QPDFObjectHandle node, QPDFObjectHandle value) {
        field.editable = field.type == FieldType::DropDown && (flags & kEdit);
        field.multi_select = flags & kMultiSelect;
        field.options = options_of(inherited(node, "/Opt"));
        field.values = values_of(value);
        field.has_value = !field.values.empty();
        std::set<std::string> chosen(field.values.begin(), field.values.end());
        for (FieldOption& option : field.options) option.selected = chosen.contains(option.value) || chosen.contains(option.label);
        QPDFObjectHandle indexes = inherited(node, "/I");
        for (int i = 0; field.values.empty() && indexes.isArray() && i < indexes.getArrayNItems(); ++i) {
            QPDFObjectHandle index = indexes.getArrayItem(i);
            if (index.isInteger() && index.getIntValue() >= 0 && index.getIntValue() < static_cast<long long>(field.options.size())) {
                field.options[static_cast<std::size_t>(index.getIntValue())].selected = true;
            }
        }
        std::vector<std::string> shown;
        std::map<std::string, std::string> label_of;
        for (const FieldOption& option : field.options) label_of.emplace(option.value, option.label);
        for (const std::string& each : field.values) shown.push_back(label_of.contains(each) ? label_of[each] : each);
        field.display_value = joined_text(shown);
    }

    // A list box draws all its options: only what is drawn for one value can be compared with it.
    static void compare_appearance(Field& field) {
        if (field.type != FieldType::Text && field.type != FieldType::DropDown) return;
        for (const Widget& widget : field.widgets) {
            if (!widget.has_appearance || widget.appearance_text.empty() || field.password) continue;
            if (normalised(widget.appearance_text) == normalised(field.display_value)) continue;
            field.appearance_differs = true;
            field.display_value = widget.appearance_text;
            return;
        }
    }

    ObjectModel& model_;
    HiddenLayers layers_;
    std::vector<Field> fields_;
    std::set<QPDFObjGen> visited_;
    std::map<QPDFObjGen, int> page_of_;
    std::vector<QPDFObjectHandle> page_widgets_;
};

}  // namespace

std::vector<Field> read_fields(ObjectModel& model) { return FieldReader(model).read(); }

}  // namespace docwright::pdf
