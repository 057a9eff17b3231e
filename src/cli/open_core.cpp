#include "cli/open_core.h"

#include <fmt/format.h>
#include <unistd.h>

#include "blobs/directory.h"
#include "store/sqlite/sqlite_store.h"

namespace docwright {
namespace {

std::string instance_name() {
    char host[256] = "docwright";
    gethostname(host, sizeof host - 1);
    return fmt::format("{}-{}", host, getpid());
}

}  // namespace

Result<OpenedCore> open_core(const Configuration& configuration, Sharing sharing, Clock& clock, Random& random) {
    OpenedCore opened{.folder = TRY(open_data_folder(configuration.data, sharing, random)), .core = nullptr};
    auto store = TRY(open_sqlite_store({.path = opened.folder.database()}));
    auto blobs = TRY(open_directory_blobs({.folder = opened.folder.path, .alone = sharing == Sharing::Alone}, random));
    CoreOptions options{.credential_key = opened.folder.credential_key,
                        .log_name = configuration.log_name,
                        .instance = instance_name(),
                        .retention_hours = configuration.document_hours,
                        .rotation_grace_hours = configuration.rotation_grace_hours};
    opened.core = std::make_unique<Core>(std::move(store), std::move(blobs), clock, random, std::move(options));
    return opened;
}

}  // namespace docwright
