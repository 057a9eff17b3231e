#include "store/records.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace docwright {
namespace {

template <class State, std::size_t count>
using Words = std::array<std::pair<State, std::string_view>, count>;

constexpr Words<AccountState, 2> kAccountWords = {{{AccountState::Active, "ACTIVE"}, {AccountState::Closed, "CLOSED"}}};
constexpr Words<CredentialState, 3> kCredentialWords = {
    {{CredentialState::Active, "ACTIVE"}, {CredentialState::Revoked, "REVOKED"}, {CredentialState::Expired, "EXPIRED"}}};
constexpr Words<DocumentState, 3> kDocumentWords = {
    {{DocumentState::Stored, "STORED"}, {DocumentState::Deleted, "DELETED"}, {DocumentState::Expired, "EXPIRED"}}};
constexpr Words<TaskState, 7> kTaskWords = {{{TaskState::Pending, "PENDING"},
                                             {TaskState::InProgress, "IN_PROGRESS"},
                                             {TaskState::Waiting, "WAITING"},
                                             {TaskState::Completed, "COMPLETED"},
                                             {TaskState::Failed, "FAILED"},
                                             {TaskState::Dead, "DEAD"},
                                             {TaskState::Cancelled, "CANCELLED"}}};

template <class State, std::size_t count>
std::string_view word_in(const Words<State, count>& words, State state) {
    auto entry = std::ranges::find(words, state, &std::pair<State, std::string_view>::first);
    assert(entry != words.end());
    return entry->second;
}

template <class State, std::size_t count>
State state_in(const Words<State, count>& words, std::string_view word) {
    auto entry = std::ranges::find(words, word, &std::pair<State, std::string_view>::second);
    assert(entry != words.end());
    return entry->first;
}

}  // namespace

std::string_view word(AccountState state) { return word_in(kAccountWords, state); }
std::string_view word(CredentialState state) { return word_in(kCredentialWords, state); }
std::string_view word(DocumentState state) { return word_in(kDocumentWords, state); }
std::string_view word(TaskState state) { return word_in(kTaskWords, state); }
AccountState account_state(std::string_view word) { return state_in(kAccountWords, word); }
CredentialState credential_state(std::string_view word) { return state_in(kCredentialWords, word); }
DocumentState document_state(std::string_view word) { return state_in(kDocumentWords, word); }
TaskState task_state(std::string_view word) { return state_in(kTaskWords, word); }

bool is_final(TaskState state) {
    return state == TaskState::Completed || state == TaskState::Failed || state == TaskState::Dead || state == TaskState::Cancelled;
}

}  // namespace docwright
