#include "extract/output/picture_orders.h"

#include "extract/output/object_json.h"

namespace docwright::extract {
namespace {

// The image that is all of a picture and may stand for it as it is in the file.
const ImagePlacement* only_image(const AnalysedPage& page, const Element& element) {
    const Figure& figure = element.figure;
    if (element.type != ElementType::Image || figure.images.size() != 1 || !figure.drawings.empty() || !figure.lines.empty())
        return nullptr;
    return figure.images[0] < page.facts.images.size() ? &page.facts.images[figure.images[0]] : nullptr;
}

}  // namespace

Box piece_box(const Element& element) {
    Box box = element.box;
    for (const Cell& cell : element.table.table.cells) box = joined(box, cell.box);
    return box;
}

std::optional<PictureOrder> picture_order(const AnalysedPage& page, const Element& element, Renditions renditions) {
    const bool table = element.type == ElementType::Table;
    if (!table && element.type != ElementType::Image && element.type != ElementType::Formula) return std::nullopt;
    if (renditions == Renditions::None || (table && renditions != Renditions::All)) return std::nullopt;
    PictureOrder order{
        .stem = {}, .element_id = {}, .page_index = page.facts.page_index, .region = table ? piece_box(element) : element.box};
    const ImagePlacement* image = only_image(page, element);
    if (image && image->plain_jpeg && image->upright && !image->mask && drawn_whole(*image)) order.plain_jpeg = image->object;
    return order;
}

void prepare_pictures(const ReadyPage& ready, const OutputOptions& options, WorkerThreads& workers, Pictures& pictures) {
    for (const Element& element : ready.elements.elements) {
        if (auto order = picture_order(ready.page, element, options.renditions)) pictures.prepare(*order, workers);
    }
}

}  // namespace docwright::extract
