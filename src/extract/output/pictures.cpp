#include "extract/output/pictures.h"

#include <algorithm>
#include <utility>

#include "base/hashing.h"
#include "base/limits.h"
#include "extract/output/record_kinds.h"
#include "extract/page/byte_codec.h"
#include "extract/page/keys.h"
#include "formats/jpeg.h"
#include "formats/png.h"

namespace docwright::extract {
namespace {

constexpr double kRenditionDpi = 150;
constexpr double kPointsPerInch = 72;

template <class Archive>
void fields(Archive& a, StoredPicture& picture) {
    for (std::string* text : {&picture.name, &picture.element_id, &picture.format, &picture.origin, &picture.sha256}) keep(a, *text);
    keep(a, picture.width);
    keep(a, picture.height);
    keep_exact(a, picture.dpi);
}

bool same_picture(const PictureOrder& a, const PictureOrder& b) {
    return a.page_index == b.page_index && a.plain_jpeg == b.plain_jpeg && a.region.left == b.region.left && a.region.top == b.region.top &&
           a.region.right == b.region.right && a.region.bottom == b.region.bottom;
}

}  // namespace

// The file inside the document, if it can stand for the picture.
std::optional<Pictures::Made> Pictures::embedded(const PictureOrder& order) {
    if (!order.plain_jpeg) return std::nullopt;
    Result<std::string> bytes = source_->jpeg_bytes(order.page_index, *order.plain_jpeg);
    if (!bytes.ok()) return std::nullopt;
    const std::optional<formats::JpegSize> size = formats::jpeg_size(bytes.value());
    if (!size || order.region.width() <= 0) return std::nullopt;
    Made made{.facts = {.name = ".jpg", .format = "jpeg", .origin = "embedded"}, .bytes = std::move(bytes).take()};
    made.facts.width = size->width;
    made.facts.height = size->height;
    made.facts.dpi = size->width * kPointsPerInch / order.region.width();
    made.facts.sha256 = hex(sha256(made.bytes));
    return made;
}

Pictures::Made Pictures::packed(const Bitmap& pixels) {
    Made made{.facts = {.name = ".png", .format = "png", .origin = "rendered"}, .bytes = {}};
    made.facts.width = pixels.width;
    made.facts.height = pixels.height;
    made.facts.dpi = pixels.dpi;
    made.bytes = formats::encode_png(pixels.width, pixels.height, pixels.channels, pixels.pixels, pixels.dpi);
    made.facts.sha256 = hex(sha256(made.bytes));
    return made;
}

std::optional<Pictures::Made> Pictures::made_now(const PictureOrder& order) {
    if (std::optional<Made> made = embedded(order)) return made;
    const Result<Bitmap> bitmap = source_->render(order.page_index, order.region, kRenditionDpi);
    if (!bitmap.ok() || bitmap.value().width < 1 || bitmap.value().height < 1) return std::nullopt;
    return packed(bitmap.value());
}

void Pictures::prepare(const PictureOrder& order, WorkerThreads& workers) {
    if (limit_reached_ || files_.size() < earlier_.size()) return;  // an earlier attempt may have made it
    workers_ = &workers;
    Prepared prepared{.order = order, .made = {}};
    if (std::optional<Made> made = embedded(order)) {
        prepared.made = workers.run([made = std::move(made)]() mutable { return std::move(made); });
    } else {
        Result<Bitmap> bitmap = source_->render(order.page_index, order.region, kRenditionDpi);
        if (!bitmap.ok() || bitmap.value().width < 1 || bitmap.value().height < 1) return;
        prepared.made = workers.run([pixels = std::move(bitmap).take()] { return std::optional<Made>(packed(pixels)); });
    }
    prepared_.push_back(std::move(prepared));
    const auto bitmaps = static_cast<std::size_t>(workers.count()) + 1;
    if (prepared_.size() > bitmaps) workers.wait(prepared_[prepared_.size() - 1 - bitmaps].made);
}

std::optional<Pictures::Made> Pictures::made_of(const PictureOrder& order) {
    const auto prepared = std::ranges::find_if(prepared_, [&](const Prepared& each) { return same_picture(each.order, order); });
    if (prepared == prepared_.end()) return made_now(order);
    std::optional<Made> made = workers_->take(prepared->made);
    // What was prepared for a page before this one is not asked for any more.
    prepared_.erase(prepared);
    std::erase_if(prepared_, [&](const Prepared& each) { return each.order.page_index < order.page_index; });
    return made;
}

void Pictures::found(RecordPlace place, std::string_view bytes) {
    ByteReader reader(bytes);
    StoredPicture picture;
    fields(reader, picture);
    if (!reader.ok() || reader.left() == 0) return;
    picture.bytes = {place.offset + (bytes.size() - reader.left()), static_cast<std::uint32_t>(reader.left())};
    earlier_[picture.name.substr(0, picture.name.rfind('.'))] = picture;
}

Result<const StoredPicture*> Pictures::make(const PictureOrder& order) {
    if (limit_reached_) return nullptr;
    if (const auto earlier = earlier_.find(order.stem); earlier != earlier_.end() && earlier->second.element_id == order.element_id) {
        total_bytes_ += earlier->second.bytes.size;
        files_.push_back(earlier->second);
        return &files_.back();
    }
    std::optional<Made> made = made_of(order);
    if (!made) return nullptr;
    limit_reached_ = total_bytes_ + made->bytes.size() > limits::kPictureBytesPerTask;
    if (limit_reached_) return nullptr;
    total_bytes_ += made->bytes.size();
    made->facts.name = order.stem + made->facts.name;  // it was the extension so far
    made->facts.element_id = order.element_id;
    ByteWriter writer;
    fields(writer, made->facts);
    writer.raw(made->bytes.data(), made->bytes.size());
    const std::string record = writer.take();
    const RecordPlace place = TRY(log_->append(static_cast<std::uint32_t>(RecordKind::Picture), 0, record));
    const auto size = static_cast<std::uint32_t>(made->bytes.size());
    made->facts.bytes = {place.offset + place.size - size, size};
    files_.push_back(std::move(made->facts));
    return &files_.back();
}

void write_rendition(JsonText& json, const StoredPicture& picture) {
    json.begin_object()
        .member(key::kFormat, picture.format)
        .key(key::kWidth)
        .integer(picture.width)
        .key(key::kHeight)
        .integer(picture.height);
    json.key(key::kDpi).decimal(picture.dpi).member(key::kOrigin, picture.origin).key(key::kBytes).integer(picture.bytes.size);
    json.member(key::kSha256, picture.sha256).end_object();
}

}  // namespace docwright::extract
