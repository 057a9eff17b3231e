#include "docgen/package/package.h"

#include <algorithm>
#include <set>

#include "base/ascii.h"
#include "base/limits.h"
#include "base/utf8.h"

namespace docwright::docgen {
namespace {

Error damaged(std::string message) { return Error{Fault::InvalidInput, std::move(message), {}, "DAMAGED"}; }

// Two entries over the same bytes: how a small archive claims to hold a large one many times.
Status check_overlap(const std::vector<PackagePart>& parts, std::string_view archive) {
    std::vector<std::pair<std::size_t, std::size_t>> stretches;
    for (const PackagePart& part : parts) {
        const std::size_t end = static_cast<std::size_t>(part.packed.packed.data() - archive.data()) + part.packed.packed.size();
        stretches.emplace_back(part.entry.offset, end);
    }
    std::ranges::sort(stretches);
    for (std::size_t i = 1; i < stretches.size(); ++i)
        if (stretches[i].first < stretches[i - 1].second) return damaged("The template is damaged: parts of its archive overlap.");
    return success();
}

}  // namespace

bool is_part_name(std::string_view name) {
    if (name.empty() || !is_utf8(name)) return false;
    if (std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == ':' || c == 0x7F; }))
        return false;
    while (true) {
        const std::size_t slash = name.find('/');
        const std::string_view segment = name.substr(0, slash);
        if (segment.empty() || segment == "." || segment == "..") return false;
        if (slash == std::string_view::npos) return true;
        name.remove_prefix(slash + 1);
    }
}

const PackagePart* Package::find(std::string_view name) const {
    const auto found = std::ranges::find(parts, name, &PackagePart::name);
    return found == parts.end() ? nullptr : &*found;
}

Result<std::string> Package::read(const PackagePart& part) const { return archive.read(part.entry, limits::kTemplateBytes); }

Result<Package> open_package(std::string_view archive) {
    Package package{.archive = TRY(formats::ZipReader::open(archive)), .parts = {}};
    std::set<std::string> names;
    std::size_t left = limits::kTemplateBytes;
    std::string scratch;
    for (const formats::ZipEntry& entry : package.archive.entries()) {
        if (entry.name.ends_with('/')) continue;
        if (!is_part_name(entry.name)) return damaged("The template is damaged: its archive has a file name that is none of a part.");
        if (!names.insert(ascii_lowered(entry.name)).second) return damaged("The template is damaged: its archive has a file twice.");
        if (entry.bytes > left)
            return Error{Fault::LimitExceeded, "The template is too large unpacked.", "a ZIP bomb, or pictures of no document"};
        left -= entry.bytes;
        PackagePart part{.name = std::string(entry.name), .entry = entry, .packed = {}};
        part.packed = {
            .method = entry.method, .checksum = entry.checksum, .bytes = entry.bytes, .packed = TRY(package.archive.packed(entry))};
        package.parts.push_back(std::move(part));
    }
    TRY(check_overlap(package.parts, archive));
    for (const PackagePart& part : package.parts) TRY(package.archive.check(part.entry, scratch));
    return package;
}

}  // namespace docwright::docgen
