// The table of contract/pdf-services.md, section 15: fixed routes here, those of operations from the registry.
#include "api/pdf_services/documents.h"
#include "api/pdf_services/operations.h"
#include "api/pdf_services/service.h"
#include "api/pdf_services/tasks.h"
#include "api/pdf_services/upload.h"

namespace docwright::pdf_services {
namespace {

void add_operation(Service& service, http::Router& router, const Operation& operation, std::string_view route) {
    constexpr std::string_view kMethod = "POST";
    auto work = [&operation](const Call& call) { return submit(call, operation); };
    router.add({std::string(kMethod), std::string(route.substr(kMethod.size() + 1)), handler_of(service, Counted::Yes, work)});
}

}  // namespace

void add_routes(Service& service, http::Router& router) {
    router.add({"POST", "/documents/upload", upload(service)});
    router.add({"GET", "/documents/{id}/download", handler_of(service, Counted::No, download)});
    router.add({"DELETE", "/documents/{id}", handler_of(service, Counted::Yes, remove_document)});
    if (service.settings.document_info) router.add({"GET", "/documents/{id}", handler_of(service, Counted::No, describe_document)});
    router.add({"POST", "/documents/{id}/share", handler_of(service, Counted::Yes, share)});
    router.add({"GET", "/share/{token}", shared_download(service)});
    router.add({"GET", "/tasks/{id}", poll_task(service)});
    router.add({"DELETE", "/tasks/{id}", handler_of(service, Counted::Yes, cancel_task)});
    for (const Operation* operation : service.operations) {
        add_operation(service, router, *operation, operation->route);
        for (std::string_view alias : operation->aliases) add_operation(service, router, *operation, alias);
    }
}

}  // namespace docwright::pdf_services
