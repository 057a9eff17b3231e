#include "engines/pdf/outline.h"

#include <set>

namespace docwright::pdf {
namespace {

struct OutlineWalk {
    Destinations& destinations;
    std::vector<extract::OutlineEntry>& entries;
    std::set<QPDFObjGen> seen;  // an entry that comes again closes a cycle

    void siblings(QPDFObjectHandle item, int level) {
        while (item.isDictionary() && entries.size() < limits::kOutlineEntries) {
            if (!item.isIndirect() || !seen.insert(item.getObjGen()).second) return;
            extract::OutlineEntry entry;
            entry.title = text_at(item, "/Title");
            entry.level = level;
            contained([&] {
                extract::LinkTarget target = destinations.target_of(item);
                if (target.kind != extract::TargetKind::Page) return;
                entry.page_index = target.page_index;
                entry.has_point = target.has_point;
                entry.point = target.point;
            });
            entries.push_back(std::move(entry));
            if (level < limits::kOutlineDepth) siblings(item.getKey("/First"), level + 1);
            item = item.getKey("/Next");
        }
    }
};

}  // namespace

std::vector<extract::OutlineEntry> read_outline(ObjectModel& model, Destinations& destinations) {
    std::vector<extract::OutlineEntry> entries;
    OutlineWalk walk{destinations, entries, {}};
    contained([&] { walk.siblings(value_at(value_at(model.catalog(), "/Outlines"), "/First"), 1); });
    return entries;
}

}  // namespace docwright::pdf
