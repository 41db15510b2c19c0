/// Hostile books, persona and connection in place of the Sandbox's own, to see what a window makes of them.
#pragma once

#include "app/tour/compiled-data.h"

#include <QString>
#include <QTranslator>

namespace bookdesk::tour {
class Stage;
}

namespace bookdesk::test {

QString markupText();
/// Markup, an override of the direction, and a zero-width space.
QString hostileText();

/// Puts markup into the name of the Sandbox's connection; hidden characters are refused there.
class HostileNames : public QTranslator
{
public:
    using QTranslator::QTranslator;

    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *note, int count) const override;
};

/// A catalogue of hostile books, for Sandboxes that start as long as it lives.
class HostileBooks
{
public:
    HostileBooks();
    ~HostileBooks();
    Q_DISABLE_COPY_MOVE(HostileBooks)

    /// @return false where it cannot be made.
    bool install();

private:
    CompiledData m_data;
};

/// Gives the personas of the stage's Sandbox hostile names, as soon as it runs.
void nameHostilePersonas(tour::Stage &stage);

} // namespace bookdesk::test
