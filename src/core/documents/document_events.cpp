#include "core/documents/document_events.h"

namespace docwright {

Event document_event(EventType type, const DocumentRecord& document, const Actor& actor, const RequestOrigin& origin) {
    Event event{.type = type, .account = document.account, .stream = "document/" + document.lineage, .actor = actor};
    event.document = document.id;
    event.sha256 = document.sha256;
    event.trace = origin.trace;
    event.personal = {{"address", origin.address}};
    return event;
}

}  // namespace docwright
