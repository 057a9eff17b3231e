// The fetcher with a resolver of its own, and without a way to the open internet: for the tests of the fetcher's process only.
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "outgoing/address_policy.h"
#include "outgoing/failure.h"
#include "outgoing/fetcher/fetcher_main.h"

namespace {

using namespace docwright;

// Name → its answers, one after the other; the last stays.
using Answers = std::map<std::string, std::vector<std::vector<std::string>>>;

Answers answers() {
    return {{"site.example", {{"127.0.0.1"}}},
            {"loopback.example", {{"127.0.0.1"}}},
            {"mapped.example", {{"::ffff:127.0.0.1"}}},
            {"nat64.example", {{"64:ff9b::7f00:1"}}},
            {"6to4.example", {{"2002:7f00:1::"}}},
            {"zero.example", {{"0.0.0.0"}}},
            {"metadata.example", {{"169.254.169.254"}}},
            {"mixed.example", {{"8.8.8.8", "127.0.0.1"}}},
            {"rebinding.example", {{"8.8.8.8"}, {"127.0.0.1"}}},
            {"turning.example", {{"127.0.0.1"}, {"127.0.0.2"}}}};
}

Network naming_network() {
    Network network = system_network();
    auto known = std::make_shared<Answers>(answers());  // shared by the copies of the function
    network.resolve = [known](const std::string& name, Deadline) -> Result<std::vector<Address>> {
        const auto found = known->find(name);
        if (found == known->end()) return fetch_failed(Fault::InvalidInput, "The host " + name + " does not exist.");
        std::vector<Address> addresses;
        for (const std::string& text : found->second.front()) addresses.push_back(*parse_address(text));
        if (found->second.size() > 1) found->second.erase(found->second.begin());
        return addresses;
    };
    network.dial = [dial = network.dial](const Address& address, std::uint16_t port, Deadline deadline) -> Result<FileDescriptor> {
        if (is_public(address)) return fetch_failed(Fault::Unavailable, "Not in a test.");
        return dial(address, port, deadline);
    };
    return network;
}

}  // namespace

int main(int count, char** arguments) {
    return docwright::fetcher_main(count == 4 ? static_cast<pid_t>(std::atol(arguments[3])) : 0, naming_network());
}
