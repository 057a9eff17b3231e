// Whether a page of HTML can still change once it has loaded: whether anything in it runs or loads late. A page that cannot needs
// no look inside before it is printed, which would start the engine of scripts in a page that has none.
#pragma once

#include <string_view>

namespace docwright::web {

// True only where the bytes show it: no script, no handler of an event, no frame, no refresh, no font of its own, no style sheet
// but its own <style>; in an encoding that keeps ASCII. Never true by mistake for UTF-8, nearly never for others.
bool stays_as_loaded(std::string_view html);

}  // namespace docwright::web
