// The one writing connection and the queue before it: group commit.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "store/sqlite/tables.h"
#include "store/store.h"

namespace docwright {

class SqliteWriter {
public:
    SqliteWriter(std::string path, bool durable) : path_(std::move(path)), durable_(durable) {}

    Status write(const std::function<Status(Transaction&)>& work, Durability durability = Durability::OnDisk);
    // On the connection itself, with no other work beside it: migrations, settings.
    Status alone(const std::function<Status(Connection&)>& work);

private:
    struct Job {
        const std::function<Status(Transaction&)>* work;
        Durability durability;
        Status outcome = success();
        bool done = false;
        bool leads = false;
        std::condition_variable changed;
    };

    void lead(std::unique_lock<std::mutex>& lock);
    std::vector<Job*> take_batch();  // under the mutex
    void run_batch(std::vector<Job*>& batch);
    Status run_job(Job& job);
    Status connect();
    Status choose_durability(const std::vector<Job*>& batch);

    const std::string path_;
    const bool durable_;
    std::mutex mutex_;  // guards what follows; the connection belongs to whoever leads
    std::deque<Job*> waiting_;
    bool led_ = false;
    std::unique_ptr<Connection> connection_;
    Durability chosen_ = Durability::OnDisk;  // of the connection
};

}  // namespace docwright
