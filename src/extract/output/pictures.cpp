#include "extract/output/pictures.h"

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

struct Made {
    StoredPicture facts;
    std::string bytes;
};

// The file inside the document, if it can stand for the picture.
std::optional<Made> embedded(PageSource& source, const PictureOrder& order) {
    if (!order.plain_jpeg) return std::nullopt;
    Result<std::string> bytes = source.jpeg_bytes(order.page_index, *order.plain_jpeg);
    if (!bytes.ok()) return std::nullopt;
    const std::optional<formats::JpegSize> size = formats::jpeg_size(bytes.value());
    if (!size || order.region.width() <= 0) return std::nullopt;
    Made made{.facts = {.name = order.stem + ".jpg", .element_id = order.element_id, .format = "jpeg", .origin = "embedded"}};
    made.facts.width = size->width;
    made.facts.height = size->height;
    made.facts.dpi = size->width * kPointsPerInch / order.region.width();
    made.bytes = std::move(bytes).take();
    return made;
}

std::optional<Made> rendered(PageSource& source, const PictureOrder& order) {
    Result<Bitmap> bitmap = source.render(order.page_index, order.region, kRenditionDpi);
    if (!bitmap.ok()) return std::nullopt;
    const Bitmap& pixels = bitmap.value();
    if (pixels.width < 1 || pixels.height < 1) return std::nullopt;
    Made made{.facts = {.name = order.stem + ".png", .element_id = order.element_id, .format = "png", .origin = "rendered"}};
    made.facts.width = pixels.width;
    made.facts.height = pixels.height;
    made.facts.dpi = pixels.dpi;
    made.bytes = formats::encode_png(pixels.width, pixels.height, pixels.channels, pixels.pixels, pixels.dpi);
    return made;
}

}  // namespace

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
    std::optional<Made> made = embedded(*source_, order);
    if (!made) made = rendered(*source_, order);
    if (!made) return nullptr;
    limit_reached_ = total_bytes_ + made->bytes.size() > limits::kPictureBytesPerTask;
    if (limit_reached_) return nullptr;
    total_bytes_ += made->bytes.size();
    made->facts.sha256 = hex(sha256(made->bytes));
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
