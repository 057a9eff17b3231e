// Download, delete and share of documents (contract/pdf-services.md, 2.2 to 2.5).
#pragma once

#include "api/pdf_services/call.h"

namespace docwright::pdf_services {

http::Response download(const Call& call);           // GET /documents/{id}/download[?filename=name]
http::Response remove_document(const Call& call);    // DELETE /documents/{id}
http::Response describe_document(const Call& call);  // GET /documents/{id}, when the setting is on
http::Response share(const Call& call);              // POST /documents/{id}/share
http::Handler shared_download(Service& service);     // GET /share/{token}[?view=1], without a credential

}  // namespace docwright::pdf_services
