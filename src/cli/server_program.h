// The server put together from a configuration: core, engines, HTTP, in the order in which they start and the reverse in
// which they stop.
#pragma once

#include <memory>
#include <string>

#include "base/log.h"
#include "cli/configuration.h"
#include "cli/first_credential.h"

namespace docwright {

class ServerProgram {
public:
    // Opens state, binds the address, starts the engines and waits for their self-test. Nothing is served yet.
    static Result<std::unique_ptr<ServerProgram>> prepare(const LoadedConfiguration& configuration, Clock& clock, Random& random,
                                                          const Log& log);
    ~ServerProgram();

    const std::optional<FirstCredential>& first_credential() const;  // made by this start
    std::string url() const;
    std::string credentials_path() const;

    void start();
    // Requests and tasks under way get the configured grace; then leases are handed back.
    void stop(std::string_view reason);

    struct State;  // for the functions of server_program.cpp only

private:
    explicit ServerProgram(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace docwright
