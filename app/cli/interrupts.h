/// Interrupts: turns Ctrl+C and polite requests to end into a signal in the event loop.
#pragma once

#include "core/error.h"

#include <QObject>

#include <memory>

namespace bookdesk::cli {

/// While it lives, the first SIGINT or SIGTERM (Ctrl+C or Ctrl+Break on Windows) emits `came`; a second one ends the
/// program as usual. One at a time, on the main thread.
class Interrupts : public QObject
{
    Q_OBJECT

public:
    Interrupts();
    ~Interrupts() override;

    bool haveCome() const { return m_haveCome; }
    /// The first one did not come from the person but from something that ends programs (SIGTERM).
    bool wasToldToEnd() const { return m_wasToldToEnd; }

Q_SIGNALS:
    void came();

private:
    /// The platform's part; calls `tell` on this thread.
    class Source;
    void tell(bool isToldToEnd);

    bool m_haveCome = false;
    bool m_wasToldToEnd = false;
    std::unique_ptr<Source> m_source;
};

/// Why something ended that an interrupt has ended: cli.interrupted, or cli.told-to-end where it was not the person.
Error interruptedError(const Interrupts &interrupts);

} // namespace bookdesk::cli
