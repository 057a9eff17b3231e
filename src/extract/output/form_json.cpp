#include "extract/output/form_json.h"

#include <algorithm>

#include "extract/output/object_json.h"
#include "extract/output/unicode.h"
#include "extract/page/keys.h"

namespace docwright::extract {
namespace {

std::string_view word(FieldType type) {
    static constexpr std::string_view kWords[] = {"text", "checkbox", "radio", "pushButton", "dropdown", "listBox", "signature"};
    return kWords[static_cast<std::size_t>(type)];
}

std::string joined_values(const std::vector<std::string>& values) {
    std::string all;
    for (const std::string& value : values) {
        if (!all.empty()) all += ", ";
        all += value;
    }
    return all;
}

std::string shown_text(const Field& field) {
    switch (field.type) {
        case FieldType::CheckBox: return field.checked ? "☑" : "☐";
        case FieldType::Signature: return field.signature.is_signed ? field.signature.signer : "";
        case FieldType::PushButton:
        case FieldType::Text:
        case FieldType::Radio:
        case FieldType::DropDown:
        case FieldType::ListBox: break;
    }
    if (field.password) return "";
    return clean_text(field.display_value.empty() ? joined_values(field.values) : field.display_value);
}

void write_value(JsonText& json, std::string_view name, const Field& field, bool exists, const std::vector<std::string>& values) {
    json.key(name);
    if (!exists) {
        json.null();
    } else if (field.multi_select) {
        json.begin_array();
        for (const std::string& value : values) json.string(value);
        json.end_array();
    } else {
        json.string(values.empty() ? std::string_view() : std::string_view(values[0]));
    }
}

void write_signature(JsonText& json, const SignatureFacts& signature) {
    json.key(key::kSignature).begin_object().member(key::kState, signature.is_signed ? "signed" : "unsigned");
    if (signature.is_signed) {
        json.member_if(key::kSigner, signature.signer)
            .member_if(key::kReason, signature.reason)
            .member_if(key::kLocation, signature.location);
        json.member_if(key::kContact, signature.contact).member_if(key::kTime, date_or_nothing(signature.time));
        json.member_if(key::kSubFilter, signature.sub_filter).flag(key::kCoversWholeFile, signature.covers_whole_file);
        json.member(key::kIntegrity, "notChecked");
    }
    json.end_object();
}

void write_widget(JsonText& json, const Writing& writing, const PageDraft& draft, const Field& field, const Widget& widget,
                  const Box& fallback) {
    const bool button = field.type == FieldType::CheckBox || field.type == FieldType::Radio;
    const auto page = static_cast<std::size_t>(widget.page_index);
    const bool placed = widget.page_index >= 0 && page < writing.frames.size();
    const PageFrame& frame = placed ? writing.frames[page] : draft.frame;
    json.begin_object().key(key::kRegion);
    write_region(json, placed ? widget.box : fallback, frame);
    if (button) json.member(key::kExportValue, widget.export_value).flag(key::kChecked, widget.checked);
    json.flag(key::kVisible, widget.visible).flag(key::kHasAppearance, widget.has_appearance);
    if (!field.password) json.member_if(key::kAppearanceText, clean_text(widget.appearance_text));
    json.end_object();
}

void write_options(JsonText& json, const Field& field) {
    if (field.options.empty()) return;
    json.key(key::kOptions).begin_array();
    for (const FieldOption& option : field.options) {
        json.begin_object()
            .member(key::kValue, option.value)
            .member(key::kLabel, option.label)
            .flag(key::kSelected, option.selected)
            .end_object();
    }
    json.end_array();
}

void write_switches(JsonText& json, const Field& field) {
    if (field.type == FieldType::CheckBox) json.flag(key::kChecked, field.checked);
    json.flag(key::kRequired, field.required).flag(key::kReadOnly, field.read_only);
    if (field.type == FieldType::Text) {
        json.flag(key::kMultiline, field.multiline);
        if (field.password) json.flag(key::kPassword, true);
        if (field.max_length > 0) json.key(key::kMaxLength).integer(field.max_length);
    }
    if (field.type == FieldType::DropDown) json.flag(key::kEditable, field.editable);
    if (field.type == FieldType::ListBox) json.flag(key::kMultiSelect, field.multi_select);
}

void write_label(JsonText& json, Writing& writing, PageDraft& draft, const Element& element) {
    if (element.label_text.empty()) return;
    json.key(key::kLabel).begin_object().key(key::kText).string(normal_form(element.label_text));
    if (element.label_element != kNoElement) {
        json.key(key::kElementId).raw(draft.numbers.reference({element.label_element, -1}, writing.slots));
    }
    json.end_object();
}

}  // namespace

void write_form(JsonText& json, Writing& writing, PageDraft& draft, int index) {
    const Element& element = draft.elements()[static_cast<std::size_t>(index)];
    const bool exists = element.object >= 0 && element.object < static_cast<int>(writing.document.fields.size());
    static const Field kNone;
    const Field& field = exists ? writing.document.fields[static_cast<std::size_t>(element.object)] : kNone;
    json.member(key::kText, shown_text(field)).key(key::kField).begin_object().member(key::kName, field.name);
    json.member_if(key::kAlternateName, clean_text(field.alternate_name)).member_if(key::kMappingName, field.mapping_name);
    write_label(json, writing, draft, element);
    json.member(key::kType, word(field.type));
    write_value(json, key::kValue, field, field.has_value && field.type != FieldType::Signature, field.values);
    if (!field.password) json.member_if(key::kDisplayValue, clean_text(field.display_value));
    if (field.has_default) write_value(json, key::kDefaultValue, field, true, field.default_values);
    write_options(json, field);
    write_switches(json, field);
    json.flag(key::kAppearanceDiffers, field.appearance_differs).member(key::kOrigin, exists ? "acroform" : "visual");
    json.key(key::kWidgets).begin_array();
    for (const Widget& widget : field.widgets) write_widget(json, writing, draft, field, widget, element.box);
    if (field.widgets.empty()) write_widget(json, writing, draft, field, Widget{.page_index = -1}, element.box);
    json.end_array();
    if (field.type == FieldType::Signature) write_signature(json, field.signature);
    json.end_object();
}

}  // namespace docwright::extract
