#include "cli/interrupts.h"

namespace bookdesk::cli {

void Interrupts::tell(bool isToldToEnd)
{
    m_wasToldToEnd = isToldToEnd;
    m_haveCome = true;
    Q_EMIT came();
}

} // namespace bookdesk::cli
