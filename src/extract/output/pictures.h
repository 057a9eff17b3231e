// The picture files of a result: rendered or copied once, kept on scratch until the ZIP is written, found again by a later
// attempt (contract/structure-info.md, 2.1 and 4.4).
// Fails with what the log fails with; a picture that cannot be rendered is none. Memory: one picture, and 200 bytes a file.
#pragma once

#include <cstdint>
#include <deque>
#include <future>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/worker_threads.h"
#include "extract/output/json_text.h"
#include "extract/output/record_log.h"
#include "extract/page/page_source.h"

namespace docwright::extract {

struct StoredPicture {
    std::string name;  // in the ZIP, with extension
    std::string element_id;
    std::string format;  // png or jpeg
    std::string origin;  // embedded or rendered
    int width = 0;       // pixels
    int height = 0;
    double dpi = 0;
    std::string sha256;
    RecordPlace bytes;
};

// What to show: a region of a page, and the image object whose bytes may stand for it.
struct PictureOrder {
    std::string stem;  // name without extension
    std::string element_id;
    int page_index = 0;
    Box region;
    std::optional<std::uint32_t> plain_jpeg;  // ImagePlacement::object
};

class Pictures {
public:
    explicit Pictures(PageSource& source) : source_(&source) {}

    // Before the first make(): where the files go. The log is read before, and found() called with what it holds.
    void keep_in(RecordLog& log) { log_ = &log; }

    // What an earlier attempt left in a Picture record. Records that make no sense are passed over.
    void found(RecordPlace place, std::string_view bytes);

    // Draws a picture that make() will be asked for, and has it packed by `workers`; stem and element id are not looked at.
    // Memory: as many bitmaps as there are threads, and the packed pictures until make() takes them.
    void prepare(const PictureOrder& order, WorkerThreads& workers);

    // nullptr: it cannot be rendered, or the limit of the task is reached.
    Result<const StoredPicture*> make(const PictureOrder& order);

    const std::vector<StoredPicture>& files() const { return files_; }  // in the order made
    bool limit_reached() const { return limit_reached_; }

private:
    struct Made {
        StoredPicture facts;  // as far as no id is needed
        std::string bytes;
    };
    struct Prepared {
        PictureOrder order;
        std::future<std::optional<Made>> made;
    };
    static Made packed(const Bitmap& pixels);
    std::optional<Made> embedded(const PictureOrder& order);
    std::optional<Made> made_now(const PictureOrder& order);
    std::optional<Made> made_of(const PictureOrder& order);
    PageSource* source_;
    RecordLog* log_ = nullptr;
    std::map<std::string, StoredPicture> earlier_;  // by stem
    std::deque<Prepared> prepared_;                 // in the order of make(), as far as foreseen
    WorkerThreads* workers_ = nullptr;              // of `prepared_`
    std::vector<StoredPicture> files_;
    std::uint64_t total_bytes_ = 0;
    bool limit_reached_ = false;
};

void write_rendition(JsonText& json, const StoredPicture& picture);  // the object

}  // namespace docwright::extract
