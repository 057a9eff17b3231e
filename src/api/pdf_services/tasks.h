// Tasks on the wire (contract/pdf-services.md, 3): the answer to a poll, waiting with `Prefer: wait=N`, cancelling.
#pragma once

#include "api/pdf_services/call.h"

namespace docwright::pdf_services {

http::Handler poll_task(Service& service);     // GET /tasks/{id}
http::Response cancel_task(const Call& call);  // DELETE /tasks/{id}

json::object task_json(const TaskView& task);

// Seconds of `Prefer: …, wait=N`, at most limits::kWaitSeconds; 0 without or with anything unreadable.
int preferred_wait(const http::Request& request);

}  // namespace docwright::pdf_services
