// An uploaded page → what the browser gets: one HTML file, or a ZIP with one HTML file at its top level (or index.html among
// several; one folder around everything is looked through) and what it refers to.
// Errors: Unsupported with reason NOT_HTML; InvalidInput with reason DAMAGED (the archive), or without one (which page?);
// LimitExceeded (limits::kSiteFiles, kSiteBytes, kWebFileBytes).
#pragma once

#include <list>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engines/web/print_order.h"

namespace docwright::web {

struct UploadedPage {
    PageSource source;                // views into `unpacked`, or into the upload itself
    std::list<std::string> unpacked;  // a list: its strings stay where they are
};

// `upload` must outlive the result.
Result<UploadedPage> read_upload(std::string_view upload);

// What a web server would say of it; empty: let the browser look at the bytes.
std::string content_type_of(std::string_view file_name, std::string_view bytes);

// "text/html", and "; charset=utf-8" where the file does not name its encoding (by byte order mark or <meta>) and is UTF-8: a
// browser takes such a file from a server for Windows-1252.
std::string html_type_of(std::string_view html);

}  // namespace docwright::web
