// What web::Browser prints and how: plain values, without the browser. Lengths in points (1/72 inch).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engines/web/network.h"

namespace docwright::web {

// Origin of a page that was uploaded: https, so that everything of a real site works, and a name that never resolves (RFC 6761).
constexpr std::string_view kOwnHost = "document.invalid";

struct SiteFile {
    std::string_view bytes;    // the caller's, for as long as the order
    std::string content_type;  // empty: the browser looks at the bytes
};

// Where the page comes from: an address, or files of our own.
struct PageSource {
    std::string address;                         // absolute, http or https; empty: `page` of `files`
    std::string page = {};                       // "/index.html", a key of `files`
    std::map<std::string, SiteFile> files = {};  // by path: '/', then the name, not percent-encoded
};

struct Size {
    double width = 0, height = 0;
};

struct Margins {  // each may be missing: then CSS says, or the browser's centimetre holds
    std::optional<double> top, right, bottom, left;
    bool any() const { return top || right || bottom || left; }
};

struct PrintSettings {
    std::optional<Size> size;  // none: what CSS says (@page), A4 if it says nothing; given: it wins over CSS
    Margins margins;           // given: they win over CSS
    bool single_page = false;  // one page as tall as the content
    bool fit_width = true;     // content that is too wide is made smaller; else it is cut off
    bool backgrounds = true;
    bool tagged = true;          // structure for readers and extraction
    bool outline = true;         // from the headings
    std::string header, footer;  // HTML, with classes pageNumber, totalPages, title, url; both empty: none
    std::string wait_for;        // CSS selector that must match something; empty: none
    int wait_ms = 0;             // further time after the page has settled
};

// How long what may take, in milliseconds.
struct Patience {
    int load_ms = 60'000;    // until the load event (contract/pdf-services.md, 6.1)
    int script_ms = 30'000;  // the page does not answer because a script runs; and for wait_for (likewise)
    int settle_ms = 3'500;   // fonts, pictures and late scripts after the load event; then it is printed as it is
    int quiet_ms = 300;      // without a change, in a page with scripts
    int print_ms = 120'000;  // 20 times what a document of 600 pages takes
};

struct PrintOrder {
    PageSource source;
    PrintSettings settings = {};
    Network* network = nullptr;  // for everything that is not in source.files; nullptr: nothing can be reached
    Patience patience = {};
};

struct PrintReport {
    bool settled = true;          // false: printed as it was when patience.settle_ms was over
    int requests = 0;             // that the page made
    int unanswered = 0;           // of them without an answer, or with one of 400 and above
    std::string own_origin = {};  // "https://document.invalid/": links to files of the order begin with it
};

}  // namespace docwright::web
