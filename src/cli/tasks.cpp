// docwright tasks: dead letters of the installation and their replay, beside a running server or without one.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "base/time_text.h"
#include "cli/commands.h"
#include "cli/on_core.h"
#include "cli/saying.h"

namespace docwright {
namespace {

struct TasksOptions {
    std::shared_ptr<SettingsOptions> settings;
    std::string account;
    std::string task;
    bool json = false;
};

const Actor kActor{.kind = "cli", .id = "docwright tasks"};

Status list_dead(Core& core, const TasksOptions& options) {
    json::array all;
    for (const TaskRecord& task : TRY(core.tasks.dead_letters(options.account))) {
        if (!options.json) {
            say(fmt::format("{}  {}  {}  created {}  lost {} times  {}", task.id, task.account, task.operation,
                            utc_text_seconds(task.created_at), task.losses + task.rescues, task.error_message));
        }
        all.push_back(json::object{{"taskId", task.id},
                                   {"account", task.account},
                                   {"operation", task.operation},
                                   {"created", utc_text_seconds(task.created_at)},
                                   {"losses", task.losses + task.rescues},
                                   {"code", task.error_code},
                                   {"message", task.error_message}});
    }
    if (options.json) say(json::serialize(all));
    return success();
}

Status replay(Core& core, const TasksOptions& options) {
    TRY(core.tasks.replay(TRY(account_named(core, options.account)), options.task, kActor));
    say(options.json ? json::serialize(json::object{{"taskId", options.task}, {"status", "PENDING"}})
                     : fmt::format("{} will run again", options.task));
    return success();
}

std::shared_ptr<TasksOptions> add_word(CLI::App& tasks, const char* name, const char* help, int& exit_code,
                                       Status (*work)(Core&, const TasksOptions&), CLI::App*& command) {
    command = tasks.add_subcommand(name, help);
    auto options = std::make_shared<TasksOptions>();
    options->settings = add_settings_options(*command, WithListen::No);
    command->add_flag("--json", options->json, "Print JSON.");
    command->callback([options, work, &exit_code] {
        exit_code = work_on_core(*options->settings, [&](Core& core, Clock&) { return work(core, *options); });
    });
    return options;
}

}  // namespace

void add_tasks_command(CLI::App& program, int& exit_code) {
    CLI::App* tasks = program.add_subcommand("tasks", "List dead letters and replay them.");
    tasks->require_subcommand(1);
    tasks->footer(
        "Examples:\n"
        "  docwright tasks dead --json\n"
        "  docwright tasks replay TASK_ID");
    CLI::App* command = nullptr;
    auto dead = add_word(*tasks, "dead", "Show the tasks whose engine was lost too often.", exit_code, list_dead, command);
    command->add_option("--account", dead->account, "Of this account only.");
    auto replayed = add_word(*tasks, "replay", "Run a dead or failed task once more.", exit_code, replay, command);
    command->add_option("TASK_ID", replayed->task)->required();
    command->add_option("--account", replayed->account, "Account of the task. Default: the only one.");
}

}  // namespace docwright
