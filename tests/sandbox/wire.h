/// Wire: plain HTTP requests over real sockets, for tests of the Sandbox.
#pragma once

#include "sandbox/http.h"

#include <QByteArray>
#include <QHostAddress>
#include <QString>

namespace bookdesk::test {

/// Sends @p bytes unchanged to a port of this computer and reads until the answer is complete.
/// The answer's header names are in lower case.
sandbox::Response exchangeRaw(quint16 port, const QByteArray &bytes,
                              const QHostAddress &address = QHostAddress(QHostAddress::LocalHost));

/// A request with the headers that every request has; @p extra are whole lines with their ends.
QByteArray requestText(const QByteArray &method, const QByteArray &target, quint16 port, const QByteArray &extra = {},
                       const QByteArray &body = {});

/// The response's header, or empty.
QByteArray headerOf(const sandbox::Response &response, const QByteArray &name);

} // namespace bookdesk::test
