// The engine's own operations: the self-test, and trying forbidden things.
#include <unistd.h>

#include <cstring>

#include "engines/pdf/child.h"
#include "engines/pdf/handles.h"
#include "engines/protocol/probe_document.h"

namespace docwright {
namespace {

constexpr int kDrawnPixels = 64;

void draw(FPDF_PAGE page) {
    pdf::BitmapHandle bitmap(::FPDFBitmap_Create(kDrawnPixels, kDrawnPixels, 0));
    if (bitmap) ::FPDF_RenderPageBitmap(bitmap.get(), page, 0, 0, kDrawnPixels, kDrawnPixels, 0, 0);
}

Result<TaskResult> self_test(const json::object&, TaskFiles& files, Progress&) {
    if (files.inputs.size() != 1) return Error{Fault::InvalidInput, "The self-test reads one document."};
    std::string text = TRY(read_probe(files.inputs[0].bytes));
    if (::write(files.output, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        return Error{Fault::Internal, "The self-test cannot write its result.", std::strerror(errno)};
    }
    return TaskResult{Format::Text};
}

Result<TaskResult> forbidden_thing(const json::object& values, TaskFiles&, Progress&) {
    const json::value* thing = values.if_contains("thing");
    const json::value* other = values.if_contains("process");
    if (!thing || !thing->is_string() || !other || !other->is_int64())
        return Error{Fault::InvalidInput, "Which forbidden thing, on which process?"};
    int error_number = try_forbidden_thing(thing->get_string(), static_cast<pid_t>(other->get_int64()));
    return TaskResult{Format::Text, json::serialize(json::object{{"error_number", error_number}})};
}

}  // namespace

Result<std::string> read_probe(std::string_view document_bytes) {
    void* bytes = const_cast<char*>(document_bytes.data());  // only read: the table that the header is made from has no const
    pdf::DocumentHandle document(::FPDF_LoadMemDocument64(bytes, document_bytes.size(), nullptr));
    pdf::PageHandle page(document ? ::FPDF_LoadPage(document.get(), 0) : nullptr);
    pdf::TextPageHandle letters(page ? ::FPDFText_LoadPage(page.get()) : nullptr);
    if (!letters) return Error{Fault::Internal, "PDFium cannot read the probe document."};
    draw(page.get());
    std::string text;
    for (int i = 0; i < ::FPDFText_CountChars(letters.get()); ++i) text += static_cast<char>(::FPDFText_GetUnicode(letters.get(), i));
    return text;
}

std::span<const Operation* const> probe_operations() {
    static const Operation kSelfTest{.name = kSelfTestOperation, .body = {{}, self_test}};
    static const Operation kForbiddenThing{.name = kForbiddenThingOperation, .body = {{}, forbidden_thing}};
    static const Operation* const kOperations[] = {&kSelfTest, &kForbiddenThing};
    return kOperations;
}

}  // namespace docwright
