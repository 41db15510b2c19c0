#include "core/core-dumps.h"

#include <QtGlobal>

#include <sys/resource.h>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace bookdesk {

void keepMemoryPrivate()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_CORE, &limit) == 0) {
        limit.rlim_cur = 0;
        ::setrlimit(RLIMIT_CORE, &limit);
    }
#ifdef Q_OS_LINUX
    // The limit does not hold where the system hands dumps to a program; and it does not keep debuggers out.
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

} // namespace bookdesk
