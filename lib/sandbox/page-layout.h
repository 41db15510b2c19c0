/// The frame that the Sandbox's pages share.
#pragma once

#include "sandbox/http.h"

#include <QByteArray>
#include <QString>

namespace bookdesk::sandbox {

/// For text and attribute values.
QString escaped(const QString &text);

/// What differs from page to page.
struct PageFrame
{
    int status = 200;
    QString title;
    QString body;                ///< HTML, already escaped.
    QString head = {};           ///< More HTML for the head.
    QByteArray scriptHash = {};  ///< The one inline script that may run: `sha256-…`.
    QByteArray formTargets = {}; ///< Where forms may lead besides this server.
};

/// The page with its style and a Content-Security-Policy that allows nothing else.
Response framedPage(const PageFrame &frame);

/// `sha256-…` of an inline script or style.
QByteArray contentHash(const QByteArray &content);

} // namespace bookdesk::sandbox
