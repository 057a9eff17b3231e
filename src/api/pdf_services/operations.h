// POST <route of an operation> → a task (contract/pdf-services.md, 3.1 and 5), for every operation of the registry.
#pragma once

#include "api/pdf_services/call.h"

namespace docwright::pdf_services {

http::Response submit(const Call& call, const Operation& operation);

// 200 on create/*, 202 elsewhere, unless the setting says otherwise.
int created_status(const Operation& operation, CreatedStatus setting);

}  // namespace docwright::pdf_services
