// POST /documents/upload (contract/pdf-services.md, 2.1): one part named "file", streamed to core as it comes.
#pragma once

#include "api/pdf_services/service.h"

namespace docwright::pdf_services {

http::Handler upload(Service& service);

}  // namespace docwright::pdf_services
