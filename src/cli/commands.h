// The commands of `docwright`: each adds itself with its options and help to the program, and leaves its exit code behind.
#pragma once

namespace CLI {
class App;
}

namespace docwright {

void add_serve_command(CLI::App& program, int& exit_code);
void add_run_command(CLI::App& program, int& exit_code);
void add_extract_command(CLI::App& program, int& exit_code);
void add_generate_command(CLI::App& program, int& exit_code);
void add_template_command(CLI::App& program, int& exit_code);
void add_watch_command(CLI::App& program, int& exit_code);
void add_operations_command(CLI::App& program, int& exit_code);
void add_openapi_command(CLI::App& program, int& exit_code);
void add_keys_command(CLI::App& program, int& exit_code);
void add_doctor_command(CLI::App& program, int& exit_code);
void add_fetcher_command(CLI::App& program, int& exit_code);
void add_config_command(CLI::App& program, int& exit_code);
void add_tasks_command(CLI::App& program, int& exit_code);
void add_audit_command(CLI::App& program, int& exit_code);

}  // namespace docwright
