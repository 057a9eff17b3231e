// What every rewriting of a PDF through qpdf shares. qpdf throws: callers catch, or run inside contained().
#pragma once

#include "engines/pdf/qpdf.h"

#include <qpdf/QPDFWriter.hh>

#include <string>

#include "base/clock.h"

namespace docwright::pdf {

// The whole file, with the writer's options as they were set.
std::string write_to_memory(QPDFWriter& writer);

// Sets those dates of creation and change that the document information dictionary has: "D:20260131235959Z" (ISO 32000-2, 7.9.4).
void date_information(QPDF& file, Microseconds time);

}  // namespace docwright::pdf
