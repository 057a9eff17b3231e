// One confined office child that converts what lines of JSON on standard input order, and answers each with a line.
// For tests and measurements of the engine by itself:
//     {"operation": "pdf-from-word", "file": "a.docx", "name": "a.docx", "password": "", "values": {}, "output": "a.pdf"}
//     {"ok": true, "milliseconds": 21.4, "resident_mb": 240, "data": {…}}   or   {"ok": false, "fault", "reason", "message", "detail"}
// Options: --unconfined leaves out Landlock, system calls and limits; --keep-network the network namespace.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "base/fault_table.h"
#include "base/file_descriptor.h"
#include "base/temporary_folder.h"
#include "engines/office/kind.h"
#include "engines/sandbox/namespaces.h"
#include "operations/all.h"

namespace {

using namespace docwright;

constexpr UserIds kNobody{65534, 65534};

class Unheard final : public Progress {
    void report(int, int) override {}
};

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

int resident_megabytes() {
    std::ifstream status("/proc/self/statm");
    long all = 0, resident = 0;
    status >> all >> resident;
    return static_cast<int>(resident * 4 / 1024);
}

std::string word(const json::object& order, const char* key) {
    const json::value* value = order.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : "";
}

// What the two sides say to each other: the order's line, then the bytes; back come the answer's line and the bytes of the PDF.
void send_block(int channel, std::string_view bytes) {
    std::uint64_t size = bytes.size();
    if (::write(channel, &size, sizeof size) != sizeof size) ::_exit(1);
    while (!bytes.empty()) {
        ssize_t sent = ::write(channel, bytes.data(), bytes.size());
        if (sent <= 0) ::_exit(1);
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

bool receive_block(int channel, std::string& bytes) {
    std::uint64_t size = 0;
    if (::recv(channel, &size, sizeof size, MSG_WAITALL) != sizeof size) return false;
    bytes.assign(size, '\0');
    for (std::size_t done = 0; done < size;) {
        ssize_t got = ::read(channel, bytes.data() + done, size - done);
        if (got <= 0) return false;
        done += static_cast<std::size_t>(got);
    }
    return true;
}

json::object failure(const Error& error) {
    return {{"ok", false},
            {"fault", fault_row(error.fault).name},
            {"reason", error.reason},
            {"code", task_code(error)},
            {"message", error.message},
            {"detail", error.detail}};
}

json::object do_order(const json::object& order, std::string_view bytes, EngineKind& kind, std::string& pdf) {
    const Operation* operation = operation_named(all_operations(), word(order, "operation"));
    if (!operation) return {{"ok", false}, {"message", "no such operation"}};
    const json::value* given = order.if_contains("values");
    Result<json::object> values = parse_values(*operation, given && given->is_object() ? given->get_object() : json::object{});
    if (!values.ok()) return failure(values.error());
    TaskFiles files{.inputs = {{bytes, word(order, "name"), "", word(order, "password")}}, .input_time = 1'700'000'000'000'000};
    const FileDescriptor output(::memfd_create("output", MFD_CLOEXEC));
    files.output = output.get();
    if (Status begun = kind.begin_job({}, files); !begun.ok()) return failure(begun.error());
    Unheard progress;
    const auto start = std::chrono::steady_clock::now();
    Result<TaskResult> result = operation->body.run(values.value(), files, progress);
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
    if (Status ended = kind.end_job(); !ended.ok()) return failure(ended.error());
    json::object answer = result.ok() ? json::object{{"ok", true}, {"data", json::parse(result.value().data)}} : failure(result.error());
    answer["milliseconds"] = taken.count();
    answer["resident_mb"] = resident_megabytes();
    pdf.resize(static_cast<std::size_t>(::lseek(output.get(), 0, SEEK_END)));
    if (::pread(output.get(), pdf.data(), pdf.size(), 0) != static_cast<ssize_t>(pdf.size())) pdf.clear();
    return answer;
}

[[noreturn]] void serve(const std::string& folder, const std::set<std::string>& options) {
    auto need = [&](const Status& step) {
        if (step.ok()) return;
        send_block(kChildChannel, json::serialize(failure(step.error())));
        send_block(kChildChannel, "");
        ::_exit(1);
    };
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const auto start = std::chrono::steady_clock::now();
    const bool confined = !options.contains("--unconfined");
    if (!options.contains("--keep-network")) need(enter_namespaces());
    if (::geteuid() == 0 && confined) need(become_user(kNobody));
    need(drop_privileges());
    office::OfficeKind kind;
    const ChildFolders folders{.own = folder + "/own", .job = {}};
    std::filesystem::create_directory(folders.own);
    need(kind.use_means_of_this_machine(confined));
    need(kind.confine_child(folders));
    need(kind.warm_up(folders));
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
    send_block(kChildChannel,
               json::serialize(json::object{
                   {"ok", true}, {"milliseconds", taken.count()}, {"resident_mb", resident_megabytes()}, {"process", ::getpid()}}));
    send_block(kChildChannel, "");
    for (std::string order, bytes; receive_block(kChildChannel, order) && receive_block(kChildChannel, bytes);) {
        std::string pdf;
        const json::object answer = do_order(json::parse(order).get_object(), bytes, kind, pdf);
        send_block(kChildChannel, json::serialize(answer));
        send_block(kChildChannel, pdf);
    }
    ::_exit(0);
}

bool pass_answer(int channel, const std::string& output) {
    std::string answer, pdf;
    if (!receive_block(channel, answer) || !receive_block(channel, pdf)) {
        std::cout << R"({"ok": false, "message": "the child has ended"})" << std::endl;
        return false;
    }
    if (!output.empty() && !pdf.empty()) std::ofstream(output, std::ios::binary) << pdf;
    std::cout << answer << std::endl;
    return true;
}

}  // namespace

int main(int count, char** arguments) {
    const std::set<std::string> options(arguments + 1, arguments + count);
    const TemporaryFolder folder;
    if (::geteuid() == 0 && !options.contains("--unconfined") && ::chown(folder.path.c_str(), kNobody.user, kNobody.group) != 0) return 1;
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return 1;
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(ends[1], kChildChannel);
        serve(folder.path, options);
    }
    ::close(ends[1]);
    bool alive = pass_answer(ends[0], "");
    for (std::string line; alive && std::getline(std::cin, line);) {
        const json::object order = json::parse(line).get_object();
        send_block(ends[0], line);
        send_block(ends[0], read_file(word(order, "file")));
        alive = pass_answer(ends[0], word(order, "output"));
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) std::cerr << "child ended by signal " << WTERMSIG(status) << std::endl;
    std::size_t left = 0;
    for (const char* place : {"/own/documents", "/own/temporary"}) {
        for (const auto& each : std::filesystem::recursive_directory_iterator(folder.path.string() + place))
            left += each.is_directory() ? 0 : 1;
    }
    std::cerr << "left in scratch: " << left << std::endl;
    return alive ? 0 : 1;
}
