#include "engines/web/session_network.h"

#include <fcntl.h>

#include "outgoing/session/session_client.h"

namespace docwright::web {
namespace {

class SessionNetwork final : public Network {
public:
    explicit SessionNetwork(FileDescriptor socket) : client_(std::move(socket)) {}

    std::uint32_t begin(const NetworkRequest& request) override {
        return client_.begin({.url = request.url, .method = request.method, .headers = request.headers, .body = request.body});
    }
    std::vector<NetworkArrival> take() override {
        SessionReplies replies = client_.take();
        std::vector<NetworkArrival> arrivals;
        for (SessionFailure& failure : replies.failures) arrivals.push_back({failure.id, std::move(failure.error)});
        for (SessionAnswer& answer : replies.answers) {
            arrivals.push_back({answer.id, NetworkAnswer{answer.status, std::move(answer.headers), std::move(answer.body)}});
        }
        return arrivals;
    }
    int descriptor() const override { return client_.descriptor(); }
    short events() const override { return client_.events(); }

private:
    SessionClient client_;
};

}  // namespace

std::unique_ptr<Network> network_over(int descriptor) {
    FileDescriptor own(descriptor < 0 ? -1 : ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
    if (!own.open()) return nullptr;
    return std::make_unique<SessionNetwork>(std::move(own));
}

}  // namespace docwright::web
