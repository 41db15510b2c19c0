/// Hosts and addresses as people should read them: look-alike letters of other scripts cannot pass for a known host.
#pragma once

#include <QString>
#include <QUrl>

namespace bookdesk {

/// The host in ASCII, as it is looked up (`xn--…`). Where it has other letters, they follow in parentheses, with a
/// warning if the host is not all of one script. Safe to show as plain text. Source: Unicode Technical Standard 39.
QString hostText(const QUrl &url);

/// The host in the same way, with the port behind its ASCII form: the URL's own, or else @p usualPort; none where both
/// are missing.
QString hostAndPortText(const QUrl &url, int usualPort = -1);
/// The same without other letters, for programs.
QString asciiHostAndPort(const QUrl &url, int usualPort = -1);

/// The whole address in the same way, percent-encoded and without a password.
QString addressText(const QUrl &url);

} // namespace bookdesk
