// What a page cannot reach, what a tenant's next document cannot see, and what is left when a browser has ended.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/file_descriptor.h"
#include "engines/web/browser_for_test.h"

namespace docwright::web {
namespace {

namespace fs = std::filesystem;

// Takes every connection to a port of this machine, and counts them.
class Listener {
public:
    Listener() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_addr.s_addr = htonl(INADDR_ANY);
        socklen_t size = sizeof place;
        ::bind(socket_.get(), reinterpret_cast<sockaddr*>(&place), size);  // the interface's own cast
        ::listen(socket_.get(), 128);
        ::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&place), &size);
        port = std::to_string(ntohs(place.sin_port));
    }
    int connections() {
        while (true) {
            const FileDescriptor one(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
            if (!one.open()) return count_;
            ++count_;
        }
    }
    std::string port;

private:
    FileDescriptor socket_;
    int count_ = 0;
};

// Everything a page may try to get out. HOST is a name or an address.
std::string page_that_tries_everything(const std::string& origin, const std::string& host) {
    std::string html = R"HTML(<!doctype html><head>
<link rel=preconnect href="ORIGIN"><link rel=dns-prefetch href="ORIGIN"><link rel=prefetch href="ORIGIN/prefetch">
<link rel=prerender href="ORIGIN/prerender"><link rel=preload as=image href="ORIGIN/preload"><link rel=modulepreload href="ORIGIN/m.js">
<link rel=stylesheet href="ORIGIN/a.css"><link rel=icon href="ORIGIN/icon.ico"><link rel=manifest href="ORIGIN/manifest.json">
<script type=speculationrules>{"prefetch":[{"source":"list","urls":["ORIGIN/spec1"]}],"prerender":[{"source":"list","urls":["ORIGIN/spec2"]}]}</script>
<style>@import "ORIGIN/import.css"; @font-face{font-family:F;src:url(ORIGIN/f.woff2)} p{font-family:F;background:url(ORIGIN/bg)}</style></head>
<p ping="ORIGIN/ping">text <img src="ORIGIN/img"><img src="//HOST/img2"><img srcset="ORIGIN/set 2x">
<iframe src="ORIGIN/frame"></iframe><object data="ORIGIN/object"></object><embed src="ORIGIN/embed"><video src="ORIGIN/video"></video>
<audio src="ORIGIN/audio"></audio><svg><image href="ORIGIN/svgimg"/><use href="ORIGIN/use#x"/></svg>
<iframe src="file:///etc/passwd"></iframe><embed src="file:///etc/passwd"><img src="file:///usr/share/pixmaps/debian-logo.png">
<form id=form action="ORIGIN/form" method=post target=frame></form><iframe name=frame></iframe>
<script>
const quiet = (work) => { try { const p = work(); if (p && p.catch) p.catch(() => {}); } catch (e) {} };
quiet(() => fetch('ORIGIN/fetch')); quiet(() => fetch('ORIGIN/nocors', {mode: 'no-cors', keepalive: true}));
quiet(() => navigator.sendBeacon('ORIGIN/beacon', 'x')); quiet(() => new EventSource('ORIGIN/events'));
quiet(() => new WebSocket('ws://HOST/socket')); quiet(() => new WebTransport('https://HOST/transport'));
quiet(() => { const x = new XMLHttpRequest(); x.open('POST', 'ORIGIN/xhr'); x.send('x'); });
quiet(() => new Worker(URL.createObjectURL(new Blob(["fetch('ORIGIN/worker').catch(()=>0); importScripts('ORIGIN/import.js')"]))));
quiet(() => new SharedWorker(URL.createObjectURL(new Blob(["fetch('ORIGIN/shared').catch(()=>0)"]))));
quiet(() => navigator.serviceWorker.register('/sw.js')); quiet(() => import('ORIGIN/module.js'));
quiet(() => window.open('ORIGIN/popup')); quiet(() => document.getElementById('form').submit());
quiet(() => { const c = new RTCPeerConnection({iceServers: [{urls: 'stun:HOST'}, {urls: 'turn:HOST', username: 'a', credential: 'b'}]});
  c.createDataChannel('x'); c.createOffer().then((o) => c.setLocalDescription(o)); });
quiet(() => fetch('file:///etc/passwd').then((r) => r.text()).then((t) => document.body.append(t)));
</script>)HTML";
    for (const auto& [word, value] : {std::pair<std::string, std::string>{"ORIGIN", origin}, {"HOST", host}}) {
        for (std::size_t at = html.find(word); at != std::string::npos; at = html.find(word, at + value.size()))
            html.replace(at, word.size(), value);
    }
    return html;
}

TEST(APageThatTriesEverything, reaches_nothing_and_reads_no_file) {
    BrowserUnderTest under_test;
    ASSERT_TRUE(under_test.browser);
    Listener listener;
    for (const char* host : {"127.0.0.1", "localhost", "ip6-localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"}) {
        const std::string place = std::string(host) + ":" + listener.port;
        const std::string html = page_that_tries_everything("http://" + place, place);
        PrintOrder order = order_of(html, {.wait_ms = 300});
        const std::string script = "self.addEventListener('install', () => fetch('http://" + place + "/sw').catch(() => 0))";
        order.source.files["/sw.js"] = {script, "text/javascript"};
        const Print print = web::print(*under_test.browser, order);
        EXPECT_TRUE(print.report.ok()) << host << print.report.error().message;
        EXPECT_EQ(listener.connections(), 0) << host;
        EXPECT_THAT(text_of_pdf(print.pdf), testing::Not(testing::HasSubstr("root:"))) << host;
        ASSERT_TRUE(under_test.browser->rest().ok());
    }
    EXPECT_EQ(listener.connections(), 0);
}

TEST(ATenantsNextDocument, sees_nothing_of_the_one_before_in_the_same_page) {
    BrowserUnderTest under_test(true);
    ASSERT_TRUE(under_test.browser);
    under_test.browser->work_for("tenant");
    const std::string leave = R"(<p id=out>left</p><script>
      localStorage.k = sessionStorage.k = 'secret'; document.cookie = 'c=secret;path=/'; window.name = 'secret';
      history.pushState('secret', '', '/secret'); indexedDB.open('secret'); caches.open('secret');
      window.blobAddress = URL.createObjectURL(new Blob(['secret']));
      new BroadcastChannel('c').postMessage('secret'); navigator.clipboard.writeText('secret').catch(() => 0);</script>)";
    const std::string look = R"(<p id=out>looking</p><script>
      (async () => {
        const found = [localStorage.k, sessionStorage.k, document.cookie, window.name, JSON.stringify(history.state), history.length];
        found.push((await indexedDB.databases()).length, (await caches.keys()).length);
        document.getElementById('out').textContent = 'found ' + found.join(';');
      })();</script>)";
    EXPECT_THAT(text_of_pdf(web::print(*under_test.browser, order_of(leave)).pdf), testing::HasSubstr("left"));
    ASSERT_TRUE(under_test.browser->rest().ok());
    EXPECT_THAT(text_of_pdf(web::print(*under_test.browser, order_of(look)).pdf), testing::ContainsRegex("found ;;;;null;2;0;0"));
    ASSERT_TRUE(under_test.browser->rest().ok());
    under_test.browser->work_for("another tenant");
    EXPECT_THAT(text_of_pdf(web::print(*under_test.browser, order_of(look)).pdf), testing::ContainsRegex("found ;;;;null;2;0;0"));
}

int processes_of_group(pid_t group) {
    int count = 0;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        std::ifstream stat(entry.path() / "stat");
        std::string text;
        if (!std::getline(stat, text)) continue;
        int parent = 0, its_group = 0;
        char state = 0;
        const std::size_t name_ends = text.rfind(')');
        if (name_ends == std::string::npos) continue;
        if (std::sscanf(text.c_str() + name_ends + 1, " %c %d %d", &state, &parent, &its_group) == 3 && its_group == group && state != 'Z')
            ++count;
    }
    return count;
}

int open_descriptors() { return static_cast<int>(std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator())); }

TEST(ABrowserThatHasEnded, leaves_no_process_and_no_descriptor) {
    const int before = open_descriptors();
    pid_t group = 0;
    {
        BrowserUnderTest under_test;
        ASSERT_TRUE(under_test.browser);
        group = under_test.browser->process();
        const std::string html = "<title>VerySecretTitle</title><p>x<script>localStorage.k='VerySecretValue'</script>";
        ASSERT_TRUE(web::print(*under_test.browser, order_of(html)).report.ok());
        ASSERT_TRUE(under_test.browser->rest().ok());
        EXPECT_GT(processes_of_group(group), 1);
    }
    for (int i = 0; i < 100 && processes_of_group(group) > 0; ++i) ::usleep(20'000);
    EXPECT_EQ(processes_of_group(group), 0);
    EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace docwright::web
