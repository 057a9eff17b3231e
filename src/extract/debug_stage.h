// The stages of the extraction whose decisions can be looked at (debug_pictures.h).
#pragma once

namespace docwright::extract {

enum class DebugStage { None, Lines, Blocks, Tables, Elements };

}  // namespace docwright::extract
