#include "core/core-dumps.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

// Needs the one above.
#include <werapi.h>

namespace bookdesk {

void keepMemoryPrivate()
{
    ::SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    // A report of a crash goes without the heap.
    ::WerSetFlags(WER_FAULT_REPORTING_FLAG_NOHEAP);
}

} // namespace bookdesk
