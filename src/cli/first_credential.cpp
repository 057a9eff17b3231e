#include "cli/first_credential.h"

#include <fmt/format.h>

#include <map>

namespace docwright {
namespace {

std::map<std::string, std::string> assignments(std::string_view text) {
    std::map<std::string, std::string> out;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        std::size_t equals = line.find('=');
        if (equals != std::string_view::npos) out.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    return out;
}

Status write_credentials(const DataFolder& folder, const std::string& host, const FirstCredential& pair) {
    return write_private_file(folder.credentials(),
                              fmt::format("HOST={}\nCLIENT_ID={}\nCLIENT_SECRET={}\n", host, pair.client_id, pair.client_secret));
}

Result<std::optional<FirstCredential>> kept_pair(const DataFolder& folder, std::string* host = nullptr) {
    Result<std::string> text = read_small_file(folder.credentials());
    if (!text.ok() && text.error().fault == Fault::NotFound) return std::optional<FirstCredential>();
    if (!text.ok()) return text.error();
    auto values = assignments(text.value());
    if (host) *host = values["HOST"];
    if (values["CLIENT_ID"].empty() || values["CLIENT_SECRET"].empty()) return std::optional<FirstCredential>();
    return std::optional<FirstCredential>({values["CLIENT_ID"], values["CLIENT_SECRET"]});
}

}  // namespace

Result<std::optional<FirstCredential>> make_first_credential(Core& core, const DataFolder& folder, Random& random,
                                                             const std::string& host) {
    const Actor actor{.kind = "server", .id = core.parts().options.instance};
    if (!TRY(core.accounts.credentials()).empty()) return std::optional<FirstCredential>();
    std::optional<FirstCredential> pair = TRY(kept_pair(folder));
    if (!pair) {
        CredentialPair fresh = new_pair(random);
        pair = FirstCredential{fresh.client_id, fresh.client_secret};
        TRY(write_credentials(folder, host, *pair));
    }
    const bool made = TRY(core.accounts.bootstrap(pair->client_id, pair->client_secret, actor));
    if (!made) return std::optional<FirstCredential>();
    return pair;
}

Status note_host(const DataFolder& folder, const std::string& host) {
    std::string written;
    std::optional<FirstCredential> pair = TRY(kept_pair(folder, &written));
    if (!pair || written == host) return success();
    return write_credentials(folder, host, *pair);
}

}  // namespace docwright
