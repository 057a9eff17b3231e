// Finding a document for somebody, and how long it lives: what documents and tasks have in common.
#pragma once

#include "core/parts.h"

namespace docwright {

Error document_not_found();

// Error: NotFound for unknown, foreign, deleted and expired alike.
Result<DocumentRecord> stored_document(const DocumentStore& documents, const Parts& parts, std::string_view account, std::string_view id);

// How long documents of this account live after their last use.
Result<Microseconds> retention(const AccountStore& accounts, const Parts& parts, std::string_view account);

// A use lengthens the life. Written only if it gains a noticeable part of it, so that most uses cost nothing.
Status note_document_use(Transaction& transaction, const Parts& parts, const DocumentRecord& document);

}  // namespace docwright
