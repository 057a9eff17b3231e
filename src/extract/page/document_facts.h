// What the document holds beside its pages: metadata, fonts, form fields, outline, attachments, signatures.
// Filled by engines/pdf/. Units and origin as in page_facts.h. Dates are ISO 8601 in UTC, empty if the file has none.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extract/page/page_facts.h"

namespace docwright::extract {

enum class FieldType { Text, CheckBox, Radio, PushButton, DropDown, ListBox, Signature };

struct Widget {
    int page_index = -1;  // -1: on no page
    Box box;
    std::string export_value;  // on-state name of a check box or radio button
    bool checked = false;
    bool visible = true;
    bool has_appearance = false;
    std::string appearance_text;  // what its drawing shows
};

struct FieldOption {
    std::string value;
    std::string label;
    bool selected = false;
};

struct SignatureFacts {
    bool is_signed = false;
    std::string signer, reason, location, contact;
    std::string time;
    std::string sub_filter;
    bool covers_whole_file = false;
    bool certifies = false;  // a certifying (DocMDP) signature
};

struct Field {
    std::string name;  // fully qualified
    std::string alternate_name;
    std::string mapping_name;
    FieldType type = FieldType::Text;
    bool has_value = false;
    std::vector<std::string> values;  // one, or several of a multi-select list
    std::string display_value;        // what the page shows
    bool has_default = false;
    std::vector<std::string> default_values;
    std::vector<FieldOption> options;
    bool checked = false;
    bool required = false;
    bool read_only = false;
    bool multiline = false;
    bool password = false;
    bool editable = false;
    bool multi_select = false;
    int max_length = 0;               // 0: none
    bool appearance_differs = false;  // the drawn text is not the stored value
    std::vector<Widget> widgets;
    SignatureFacts signature;
};

struct OutlineEntry {
    std::string title;
    int level = 1;        // from 1
    int page_index = -1;  // -1: no page target
    bool has_point = false;
    Point point;  // in that page's space
};

struct Attachment {
    std::string name;
    std::int64_t bytes = -1;
    std::string media_type;
};

struct EncryptionFacts {
    std::string cipher;  // RC4_40, RC4_128, AES_128, AES_256
    int revision = 0;
    bool has_user_password = false;        // one is needed to open it
    bool has_owner_password = false;       // other than the user's
    std::vector<std::string> permissions;  // words of contract/pdf-services.md, 11.1
};

struct DocumentFacts {
    int page_count = 0;
    std::string pdf_version;  // "1.7"
    std::string title, author, subject, keywords, creator, producer;
    std::string creation_date, modification_date;
    std::string language;  // of the catalogue
    bool encrypted = false;
    EncryptionFacts encryption;
    bool linearized = false;
    bool has_acroform = false;  // the catalogue has a form entry, also an empty one
    bool xfa = false;
    bool tagged = false;
    bool repaired = false;                // the file was damaged and has been rebuilt while reading
    std::string pdfa_level, pdfua_level;  // as claimed in the metadata
    std::vector<FontFacts> fonts;         // by FontIndex; grows while pages are read
    std::vector<Field> fields;
    std::vector<OutlineEntry> outline;
    std::vector<Attachment> attachments;
};

}  // namespace docwright::extract
