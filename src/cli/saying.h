// How commands speak to a person: results on standard output, problems on standard error.
#pragma once

#include <string_view>

#include "base/result.h"

namespace docwright {

void say(std::string_view text);  // with a line end

// The message, and the detail, which on the command line is the same person's business. Gives the exit code.
int complain(const Error& error);
int complain_usage(const Error& error);

}  // namespace docwright
