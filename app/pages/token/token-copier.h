/// TokenCopier: copies a token once the person has agreed, and says that it did.
#pragma once

#include "core/secret.h"
#include "pages/token/token-clipboard.h"

#include <QObject>
#include <QString>

class QWidget;

namespace bookdesk::pages {

/// Asks once in a session. GUI thread.
class TokenCopier : public QObject
{
    Q_OBJECT

public:
    /// @param page the parent of its question.
    explicit TokenCopier(QWidget *page);

    void copy(const Secret &text);
    /// Somebody else is signed in: an open question has no effect, and the next copy asks again.
    void forgetConsent();

Q_SIGNALS:
    /// A sentence on what was done; empty when the clipboard was cleared.
    void said(const QString &text);

private:
    void copyNow(const Secret &text);

    QWidget *m_page;
    TokenClipboard m_clipboard;
    int m_session = 0;
    bool m_mayCopy = false;
};

} // namespace bookdesk::pages
