/// Visitor: a small user agent that walks the Sandbox's sign-in page in place of a browser.
#pragma once

#include "core/task-scope.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <memory>
#include <stop_token>

class QNetworkAccessManager;

namespace bookdesk::sandbox {

/// What the visitor saw last: the page of the redirect listener.
struct VisitedPage
{
    int status = 0;
    QUrl url;
    QString text; ///< The page's body as received.
};

/// What to do on the sign-in page.
struct Visit
{
    QString personaId; ///< "riley", …
    bool declines = false;
    QString userCode = {}; ///< To type where a page asks for a code.
};

/// Loads the URL that a browser would be given, fills in the form as the page says, follows redirects and self-posting
/// forms and keeps cookies as a browser would. One thread; destroying it stops what is under way.
class Visitor
{
public:
    /// @param certificateAuthority PEM to trust besides the system's, or empty.
    explicit Visitor(const QByteArray &certificateAuthority);
    ~Visitor();

    /// Errors: sandbox.visit-failed.
    Task<VisitedPage> visit(QUrl url, Visit visit);

private:
    ScopedTask<VisitedPage> walk(QUrl url, Visit visit, std::stop_token stop);

    std::unique_ptr<QNetworkAccessManager> m_manager;
    QByteArray m_certificateAuthority;
    TaskScope m_scope;
};

} // namespace bookdesk::sandbox
