// Any bytes as an uploaded page. Promises: a refusal has words; else the page is one of the files, every file has a path that leads
// nowhere but below the root and comes back from its spelling in a URL, and all of them together stay within the limits.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "base/limits.h"
#include "engines/web/requests.h"
#include "engines/web/uploaded_page.h"

namespace {

using namespace docwright;

void require(bool promise) {
    if (!promise) std::abort();
}

bool leads_out(const std::string& path) {
    const std::string framed = path + "/";
    return !path.starts_with('/') || framed.contains("/../") || framed.contains("/./") || path.contains('\\') || path.contains('\0');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view upload(reinterpret_cast<const char*>(data), size);  // the interface's own type
    const Result<web::UploadedPage> page = web::read_upload(upload);
    if (!page.ok()) {
        const Fault fault = page.error().fault;
        require(fault == Fault::InvalidInput || fault == Fault::Unsupported || fault == Fault::LimitExceeded);
        require(!page.error().message.empty());
        return 0;
    }
    const web::PageSource& source = page.value().source;
    require(source.address.empty() && source.files.contains(source.page) && source.files.size() <= limits::kSiteFiles);
    std::uint64_t total = 0;
    for (const auto& [path, file] : source.files) {
        require(!leads_out(path) && web::decoded_path(web::encoded_path(path)) == path);
        require(file.bytes.size() <= limits::kWebFileBytes);
        total += file.bytes.size();
    }
    require(total <= limits::kSiteBytes);
    return 0;
}
