/// No copy of this program's memory is written to a file when it crashes, and no other program may read it.
#pragma once

namespace bookdesk {

/// Called first in each program's main. On Linux no other program of the same person may attach to this one, either.
/// Its children begin without core dumps, and may turn them on. Source: prctl(2), setrlimit(2).
void keepMemoryPrivate();

} // namespace bookdesk
