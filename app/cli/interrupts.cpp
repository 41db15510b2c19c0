#include "cli/interrupts.h"

#include "cli/errors.h"

#include <QCoreApplication>

namespace bookdesk::cli {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Interrupts)
};

} // namespace

void Interrupts::tell(bool isToldToEnd)
{
    m_wasToldToEnd = isToldToEnd;
    m_haveCome = true;
    Q_EMIT came();
}

Error interruptedError(const Interrupts &interrupts)
{
    return interrupts.wasToldToEnd()
               ? Error{errors::toldToEnd, Texts::tr("The program was told to end before the work was done.")}
               : Error{errors::interrupted, Texts::tr("Interrupted before the work was done.")};
}

} // namespace bookdesk::cli
