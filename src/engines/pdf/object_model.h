// A document as qpdf sees it: dictionaries and arrays, for what PDFium's interface does not say (fields, annotations, metadata,
// outline). qpdf keeps every object it has read, so the model is read anew from time to time; nobody may keep a handle over
// refresh(). qpdf throws: callers run inside contained().
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/pdf_limits.h"
#include "engines/pdf/page_map.h"
#include "engines/pdf/qpdf.h"

namespace docwright::pdf {

class ObjectModel {
public:
    // nullptr: qpdf cannot read it, though PDFium may.
    static std::unique_ptr<ObjectModel> open(std::string_view bytes, const std::string& password);

    QPDF& file() { return *file_; }
    std::string_view bytes() const { return bytes_; }
    bool repaired() const { return repaired_; }
    QPDFObjectHandle catalog() { return file_->getRoot(); }

    int page_count() const { return static_cast<int>(page_ids_.size()); }
    QPDFObjectHandle page(int page_index);               // null: no such page, or it is written inside its parent
    int page_index(const QPDFObjectHandle& page) const;  // -1: none
    PageMap map_of(int page_index);
    double user_unit(int page_index);

    // Frees what qpdf has kept, if it is much.
    void page_done();
    void read_anew();  // forgets all that was read and changed

private:
    ObjectModel(std::string_view bytes, std::string password) : bytes_(bytes), password_(std::move(password)) {}
    void list_pages();

    std::string_view bytes_;
    std::string password_;
    std::unique_ptr<QPDF> file_;
    std::vector<QPDFObjGen> page_ids_;
    std::map<QPDFObjGen, int> index_by_id_;
    bool repaired_ = false;
    int pages_since_reading_ = 0;
};

// Runs `read` on qpdf's objects; what it throws on a broken part of a file ends only that part.
template <class Read>
void contained(Read read) {
    try {
        read();
    } catch (const std::exception&) {
        // A broken part tells nothing; what was read before it stays.
    }
}

// ---- values, forgiving about types -----------------------------------------------------------------------------------

std::string valid_utf8(std::string_view text);  // broken bytes read as Latin-1
std::string text_of(QPDFObjectHandle value);    // string or name as UTF-8, else ""
std::string text_at(QPDFObjectHandle dictionary, const std::string& key);
std::string name_of(QPDFObjectHandle value);  // without the slash, else ""
std::string name_at(QPDFObjectHandle dictionary, const std::string& key);
double number_of(QPDFObjectHandle value, double otherwise);
double number_at(QPDFObjectHandle dictionary, const std::string& key, double otherwise);
std::int64_t integer_at(QPDFObjectHandle dictionary, const std::string& key, std::int64_t otherwise);
QPDFObjectHandle value_at(QPDFObjectHandle dictionary, const std::string& key);  // null for anything but a dictionary or stream
QPDFObjectHandle inherited(QPDFObjectHandle node, const std::string& key);       // own or of the nearest /Parent
bool rectangle_of(QPDFObjectHandle value, double (&corners)[4]);                 // left, bottom, right, top, put in order
// Decoded bytes of a stream, at most so many; "" if it cannot be decoded.
std::string stream_text(QPDFObjectHandle stream, std::size_t most_bytes);

// Names and values of a name tree, in the tree's order (ISO 32000-2, 7.9.6). Bounded against cycles and size.
std::vector<std::pair<std::string, QPDFObjectHandle>> name_tree_entries(QPDFObjectHandle root);

}  // namespace docwright::pdf
