// The package that an Office document is (ECMA-376 part 2): the entries of its ZIP archive, checked as what comes from outside
// must be before one of them is used or copied: names that are parts of a package and of nothing else, no name twice, no bytes
// that belong to two entries, sizes and checksums as the directory says.
// Errors: InvalidInput with reason DAMAGED; LimitExceeded: more entries, or more bytes unpacked, than limits.h allows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "formats/zip.h"
#include "formats/zip_reader.h"

namespace docwright::docgen {

struct PackagePart {
    std::string name;  // "word/document.xml"; of any script, "/" between folders
    formats::ZipEntry entry;
    formats::PackedFile packed;
};

struct Package {
    formats::ZipReader archive;
    std::vector<PackagePart> parts;  // in the order of the directory, without folders

    const PackagePart* find(std::string_view name) const;
    Result<std::string> read(const PackagePart& part) const;
};

// `archive` outlives the package.
Result<Package> open_package(std::string_view archive);

// Whether the name is one of a part: relative, no "..", no backslash, colon or control character.
bool is_part_name(std::string_view name);

}  // namespace docwright::docgen
