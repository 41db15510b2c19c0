/// Interrupts: turns Ctrl+C and polite requests to end into a signal in the event loop.
#pragma once

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

Q_SIGNALS:
    void came();

private:
    /// The platform's part; calls `tell` on this thread.
    class Source;
    void tell();

    bool m_haveCome = false;
    std::unique_ptr<Source> m_source;
};

} // namespace bookdesk::cli
