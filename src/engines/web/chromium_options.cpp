#include "engines/web/chromium_options.h"

#include "base/limits.h"

namespace docwright::web {
namespace {

constexpr const char* kOptions[] = {
    "--headless",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    // nothing on its own account: no look at servers, no reports, no components, no extensions
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-domain-reliability",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--metrics-recording-only",
    "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,PaintHolding",
    // no way out beside the requests that we answer: speculation rules are never reported to Fetch, and only this stops them
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--block-new-web-contents",
    "--disk-cache-size=1",
    // there is no screen: nothing to keep smooth, to show, to hear or to save power for
    "--disable-gpu",
    "--mute-audio",
    "--hide-scrollbars",
    "--disable-threaded-compositing",
    "--num-raster-threads=1",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    // pictures that load when they are seen: on paper all are, and a print would wait two seconds for them
    "--blink-settings=lazyLoadEnabled=false",
    // text is placed as on paper, not as on a screen's pixels
    "--font-render-hinting=none",
};

}  // namespace

std::vector<std::string> browser_options(const std::string& folder, bool one_renderer) {
    std::vector<std::string> options(std::begin(kOptions), std::end(kOptions));
    options.push_back("--user-data-dir=" + folder);
    options.push_back("--js-flags=--max-old-space-size=" + std::to_string(limits::kScriptHeapMegabytes));
    if (one_renderer) options.emplace_back("--renderer-process-limit=1");
    return options;
}

std::vector<std::string> browser_environment(const std::string& folder) {
    std::vector<std::string> surroundings = {"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "TZ=UTC"};
    for (const char* name : {"HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"}) {
        surroundings.push_back(std::string(name) + "=" + folder);
    }
    return surroundings;
}

}  // namespace docwright::web
