// Records about documents stand in the stream of their lineage (contract/events.md, 1).
#pragma once

#include "core/accounts/caller.h"
#include "core/events/append.h"

namespace docwright {

Event document_event(EventType type, const DocumentRecord& document, const Actor& actor, const RequestOrigin& origin = {});

}  // namespace docwright
