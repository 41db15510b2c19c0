#include "identity/raw-browser.h"

#include <QHostAddress>
#include <QSignalSpy>
#include <QTest>

namespace bookdesk::test {

QByteArray RawAnswer::header(const QByteArray &name) const
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

RawBrowser::RawBrowser(quint16 port, bool isV6)
{
    QSignalSpy states(&m_socket, &QAbstractSocket::stateChanged);
    m_socket.connectToHost(QHostAddress(isV6 ? QHostAddress::LocalHostIPv6 : QHostAddress::LocalHost), port);
    while (m_socket.state() == QAbstractSocket::ConnectingState || m_socket.state() == QAbstractSocket::HostLookupState)
        states.wait();
}

void RawBrowser::send(const QByteArray &bytes)
{
    m_socket.write(bytes);
    m_socket.flush();
}

RawAnswer RawBrowser::answer()
{
    QSignalSpy closed(&m_socket, &QAbstractSocket::disconnected);
    if (!isClosed())
        closed.wait(30'000);
    const QByteArray bytes = m_socket.readAll();
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    RawAnswer answer;
    if (end < 0)
        return answer;
    answer.head = bytes.first(end);
    answer.body = bytes.sliced(end + 4);
    answer.status = answer.head.split(' ').value(1).toInt();
    return answer;
}

QByteArray formOf(const FormValues &values)
{
    QByteArrayList pairs;
    for (const auto &[name, value] : values)
        pairs += name.toPercentEncoding() + '=' + value.toPercentEncoding();
    return pairs.join('&');
}

QByteArray getRequest(const QByteArray &target, const QByteArray &host, const QByteArray &moreHeaders)
{
    return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + moreHeaders + "\r\n";
}

QByteArray postRequest(const QByteArray &target, const QByteArray &host, const QByteArray &form)
{
    return "POST " + target + " HTTP/1.1\r\nHost: " + host +
           "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + QByteArray::number(form.size()) +
           "\r\n\r\n" + form;
}

RawAnswer exchange(quint16 port, const QByteArray &request, bool isV6)
{
    RawBrowser browser(port, isV6);
    browser.send(request);
    return browser.answer();
}

} // namespace bookdesk::test
