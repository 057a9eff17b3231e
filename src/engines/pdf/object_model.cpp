#include "engines/pdf/object_model.h"

#include <qpdf/Pipeline.hh>
#include <qpdf/QUtil.hh>

#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>

#include "base/utf8.h"

namespace docwright::pdf {
namespace {

constexpr int kDeepestTree = 64;  // page and name trees of real files are under ten levels

// Collects decoded bytes up to a limit, so that a small stream cannot become a large one.
class LimitedSink final : public Pipeline {
public:
    explicit LimitedSink(std::size_t most) : Pipeline("limited", nullptr), most_(most) {}
    void write(unsigned char const* data, std::size_t size) override {
        if (text.size() + size > most_) throw std::length_error("stream is too long");
        text.append(reinterpret_cast<const char*>(data), size);
    }
    void finish() override {}
    std::string text;

private:
    std::size_t most_;
};

void walk_names(QPDFObjectHandle node, int depth, std::set<QPDFObjGen>& seen,
                std::vector<std::pair<std::string, QPDFObjectHandle>>& found) {
    if (depth > kDeepestTree || !node.isDictionary() || (node.isIndirect() && !seen.insert(node.getObjGen()).second)) return;
    QPDFObjectHandle names = node.getKey("/Names");
    if (names.isArray()) {
        for (int i = 0; i + 1 < names.getArrayNItems() && found.size() < limits::kNamedObjects; i += 2) {
            QPDFObjectHandle name = names.getArrayItem(i);
            if (name.isString()) found.emplace_back(name.getStringValue(), names.getArrayItem(i + 1));
        }
    }
    QPDFObjectHandle kids = node.getKey("/Kids");
    if (!kids.isArray()) return;
    for (int i = 0; i < kids.getArrayNItems() && found.size() < limits::kNamedObjects; ++i)
        walk_names(kids.getArrayItem(i), depth + 1, seen, found);
}

// The page tree from page to page. Nodes are found again by their places in it, so that between two pages the model may be read
// anew: of all handles it keeps only the numbers.
class PageWalk {
public:
    // The next page, or none at the end of what can be read.
    std::optional<QPDFObjectHandle> next(QPDFObjectHandle root) {
        if (nodes_.empty() && !enter(root)) return std::nullopt;
        while (!kids_.empty()) {
            if (places_.back() >= kids_.back().getArrayNItems()) {
                leave();
                continue;
            }
            QPDFObjectHandle kid = kids_.back().getArrayItem(places_.back()++);
            if (!kid.isDictionary()) continue;
            if (!kid.getKey("/Kids").isArray()) return kid;
            enter(kid);
        }
        return std::nullopt;
    }

    void find_again(QPDFObjectHandle root) {
        kids_.clear();
        for (std::size_t depth = 0; depth < places_.size(); ++depth) {
            QPDFObjectHandle node = depth == 0 ? root : kids_.back().getArrayItem(places_[depth - 1] - 1);
            kids_.push_back(node.getKey("/Kids"));
        }
    }

private:
    bool enter(QPDFObjectHandle node) {
        if (nodes_.size() > static_cast<std::size_t>(kDeepestTree) || !node.isDictionary() || !node.getKey("/Kids").isArray()) return false;
        if (std::ranges::find(nodes_, node.getObjGen()) != nodes_.end()) return false;  // under itself: a cycle
        nodes_.push_back(node.getObjGen());
        kids_.push_back(node.getKey("/Kids"));
        places_.push_back(0);
        return true;
    }
    void leave() {
        nodes_.pop_back();
        kids_.pop_back();
        places_.pop_back();
    }

    // Of the nodes on the way down: numbers, kids, place of the next kid.
    std::vector<QPDFObjGen> nodes_;
    std::vector<QPDFObjectHandle> kids_;
    std::vector<int> places_;
};

}  // namespace

std::unique_ptr<ObjectModel> ObjectModel::open(std::string_view bytes, const std::string& password) {
    std::unique_ptr<ObjectModel> model(new ObjectModel(bytes, password));
    try {
        model->read_anew();
        model->list_pages();
    } catch (const std::exception&) {
        return nullptr;  // the caller goes on with what PDFium says
    }
    return model;
}

void ObjectModel::read_anew() {
    auto file = std::make_unique<QPDF>();
    file->setSuppressWarnings(true);
    file->processMemoryFile("document", bytes_.data(), bytes_.size(), password_.empty() ? nullptr : password_.c_str());
    for (const QPDFExc& warning : file->getWarnings()) {
        if (warning.getMessageDetail().find("reconstruct") != std::string::npos) repaired_ = true;
    }
    file_ = std::move(file);
    pages_since_reading_ = 0;
}

void ObjectModel::list_pages() {
    constexpr std::size_t kPagesAtOnce = 1024;  // qpdf keeps about 3 KB of each that the walk looks at
    PageWalk walk;
    QPDFObjectHandle root = catalog().getKey("/Pages");
    if (root.isDictionary() && !root.getKey("/Kids").isArray()) page_ids_.push_back(root.getObjGen());
    while (page_ids_.size() < static_cast<std::size_t>(limits::kPages)) {
        const std::optional<QPDFObjectHandle> page = walk.next(root);
        if (!page) break;
        page_ids_.push_back(page->getObjGen());
        if (page_ids_.size() % kPagesAtOnce != 0) continue;
        read_anew();
        root = catalog().getKey("/Pages");
        walk.find_again(root);
    }
    for (std::size_t i = 0; i < page_ids_.size(); ++i) index_by_id_.emplace(page_ids_[i], static_cast<int>(i));
    pages_since_reading_ = page_count();
    page_done();
}

void ObjectModel::page_done() {
    constexpr int kPagesKept = 256;  // qpdf keeps about 6 KB a page
    if (++pages_since_reading_ > kPagesKept) contained([&] { read_anew(); });
}

QPDFObjectHandle ObjectModel::page(int page_index) {
    if (page_index < 0 || page_index >= page_count()) return QPDFObjectHandle::newNull();
    QPDFObjGen id = page_ids_[static_cast<std::size_t>(page_index)];
    return id.isIndirect() ? file_->getObjectByObjGen(id) : QPDFObjectHandle::newNull();
}

int ObjectModel::page_index(const QPDFObjectHandle& page) const {
    auto found = index_by_id_.find(QPDFObjectHandle(page).getObjGen());
    return found == index_by_id_.end() || !found->first.isIndirect() ? -1 : found->second;
}

double ObjectModel::user_unit(int page_index) {
    double unit = number_at(page(page_index), "/UserUnit", 1);
    constexpr double kLargest = 75'000;  // as viewers allow: 15,000,000 inches
    return unit > 0 && unit <= kLargest ? unit : 1;
}

PageMap ObjectModel::map_of(int page_index) {
    QPDFObjectHandle dictionary = page(page_index);
    double media[4] = {0, 0, 612, 792};
    rectangle_of(inherited(dictionary, "/MediaBox"), media);
    double crop[4];
    bool cropped = rectangle_of(inherited(dictionary, "/CropBox"), crop);
    if (cropped) {
        double both[4] = {std::max(media[0], crop[0]), std::max(media[1], crop[1]), std::min(media[2], crop[2]),
                          std::min(media[3], crop[3])};
        if (both[0] < both[2] && both[1] < both[3]) std::copy(both, both + 4, media);
    }
    int rotation = static_cast<int>(number_of(inherited(dictionary, "/Rotate"), 0));
    return page_map(media[0], media[1], media[2], media[3], ((rotation % 360 + 360) % 360) / 90, user_unit(page_index));
}

// ---- values -----------------------------------------------------------------------------------------------------------

std::string valid_utf8(std::string_view text) {
    if (is_utf8(text)) return std::string(text);
    std::string valid;
    for (char c : text) valid += QUtil::toUTF8(static_cast<unsigned char>(c));
    return valid;
}

std::string text_of(QPDFObjectHandle value) {
    if (value.isString()) return valid_utf8(value.getUTF8Value());
    if (value.isName()) return name_of(value);
    return {};
}

std::string text_at(QPDFObjectHandle dictionary, const std::string& key) { return text_of(value_at(dictionary, key)); }

std::string name_of(QPDFObjectHandle value) { return value.isName() ? valid_utf8(value.getName().substr(1)) : std::string(); }

std::string name_at(QPDFObjectHandle dictionary, const std::string& key) { return name_of(value_at(dictionary, key)); }

double number_of(QPDFObjectHandle value, double otherwise) { return value.isNumber() ? value.getNumericValue() : otherwise; }

double number_at(QPDFObjectHandle dictionary, const std::string& key, double otherwise) {
    return number_of(value_at(dictionary, key), otherwise);
}

std::int64_t integer_at(QPDFObjectHandle dictionary, const std::string& key, std::int64_t otherwise) {
    QPDFObjectHandle value = value_at(dictionary, key);
    return value.isInteger() ? value.getIntValue() : otherwise;
}

QPDFObjectHandle value_at(QPDFObjectHandle dictionary, const std::string& key) {
    if (dictionary.isStream()) return dictionary.getDict().getKey(key);
    return dictionary.isDictionary() ? dictionary.getKey(key) : QPDFObjectHandle::newNull();
}

QPDFObjectHandle inherited(QPDFObjectHandle node, const std::string& key) {
    for (int depth = 0; depth < kDeepestTree && node.isDictionary(); ++depth) {
        QPDFObjectHandle value = node.getKey(key);
        if (!value.isNull()) return value;
        node = node.getKey("/Parent");
    }
    return QPDFObjectHandle::newNull();
}

bool rectangle_of(QPDFObjectHandle value, double (&corners)[4]) {
    if (!value.isArray() || value.getArrayNItems() < 4) return false;
    double read[4];
    for (int i = 0; i < 4; ++i) {
        QPDFObjectHandle number = value.getArrayItem(i);
        if (!number.isNumber()) return false;
        read[i] = number.getNumericValue();
    }
    corners[0] = std::min(read[0], read[2]);
    corners[1] = std::min(read[1], read[3]);
    corners[2] = std::max(read[0], read[2]);
    corners[3] = std::max(read[1], read[3]);
    return true;
}

std::string stream_text(QPDFObjectHandle stream, std::size_t most_bytes) {
    if (!stream.isStream()) return {};
    LimitedSink sink(most_bytes);
    bool decoded = false;
    contained([&] { decoded = stream.pipeStreamData(&sink, 0, qpdf_dl_generalized, true); });
    return decoded ? std::move(sink.text) : std::string();
}

std::vector<std::pair<std::string, QPDFObjectHandle>> name_tree_entries(QPDFObjectHandle root) {
    std::vector<std::pair<std::string, QPDFObjectHandle>> found;
    std::set<QPDFObjGen> seen;
    walk_names(root, 0, seen, found);
    return found;
}

}  // namespace docwright::pdf
