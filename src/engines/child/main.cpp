// docwright-engine: reads what comes from outside. Started by docwright only.
#include "engines/child/parent.h"
#include "engines/office/kind.h"
#include "engines/pdf/kind.h"
#include "engines/web/kind.h"
#include "operations/all.h"

int main(int argument_count, char** arguments) {
    docwright::pdf::PdfKind pdf;
    docwright::office::OfficeKind office;
    docwright::web::WebKind web;
    docwright::EngineKind* kinds[] = {&pdf, &office, &web};
    return docwright::engine_main(argument_count, arguments, docwright::engine_operations(), kinds);
}
