// Any text → Target. Holds: what was understood, written again, is understood the same; and a location resolves against it
// or is refused.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "outgoing/address_policy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace docwright;
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const Result<Target> target = parse_target(text);
    if (target.ok()) {
        const Result<Target> again = parse_target(target.value().url());
        // Escapes may make a URL of nearly the allowed length too long.
        if (again.ok() && (again.value().url() != target.value().url() || again.value().address != target.value().address)) std::abort();
        if (!again.ok() && size < 2000) std::abort();
        if (judge_target(target.value(), {}).ok() && target.value().address && !is_public(*target.value().address)) std::abort();
    }
    const Result<Target> base = parse_target("https://example.com/a/b?c");
    if (!base.ok()) std::abort();
    const Result<Target> resolved = resolve_location(base.value(), text);
    if (resolved.ok() && resolved.value().host.empty()) std::abort();
    return 0;
}
