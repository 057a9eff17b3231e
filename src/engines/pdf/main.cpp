// docwright-engine: reads what comes from outside. Started by docwright only.
#include "engines/pdf/parent.h"
#include "operations/all.h"

int main(int argument_count, char** arguments) { return docwright::engine_main(argument_count, arguments, docwright::all_operations()); }
