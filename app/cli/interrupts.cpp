#include "cli/interrupts.h"

namespace bookdesk::cli {

void Interrupts::tell()
{
    m_haveCome = true;
    Q_EMIT came();
}

} // namespace bookdesk::cli
