// docwright openapi: the OpenAPI document that the server serves.
#include <CLI/CLI.hpp>
#include <memory>

#include "api/platform/openapi.h"
#include "cli/commands.h"
#include "cli/saying.h"
#include "operations/all.h"

namespace docwright {

void add_openapi_command(CLI::App& program, int&) {
    CLI::App* command = program.add_subcommand("openapi", "Print the OpenAPI 3.1 document of the PDF Services API.");
    command->footer("Example:\n  docwright openapi --server https://docs.example.org/pdf-services/api > openapi.json");
    auto server = std::make_shared<std::string>("/pdf-services/api");  // shared with the callback
    command->add_option("--server", *server, "Base URL written into the document.");
    command->callback([server] { say(json::serialize(platform::openapi_document(all_operations(), *server))); });
}

}  // namespace docwright
