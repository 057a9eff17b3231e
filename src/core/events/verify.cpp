#include "core/events/verify.h"

#include <algorithm>

#include "core/events/verify_records.h"
#include "core/events/verify_streams.h"

namespace docwright {

Result<Verification> verify_log(const Store& store, const Blobs& blobs, const OnStreamHead& on_head) {
    Verification verification;
    TRY(store.read([&](const View& view) -> Status {
        TRY(RecordWalk(view.events, verification).walk());
        return StreamWalk(store, view, blobs, on_head, verification).walk();
    }));
    // The first bad record first; what is about no record comes after.
    std::ranges::stable_sort(verification.findings, {}, [](const Finding& finding) {
        return finding.position == 0 ? std::numeric_limits<std::int64_t>::max() : finding.position;
    });
    return verification;
}

}  // namespace docwright
