#include "net/network-failure.h"

#include "core/address-text.h"
#include "net/answer-body.h"
#include "net/certificate-failure.h"
#include "net/errors.h"
#include "net/proxy-failure.h"

#include <QCoreApplication>
#include <QLocale>
#include <QNetworkReply>
#include <QTimer>
#include <QVariant>

namespace bookdesk::net {
namespace {

using namespace Qt::StringLiterals;

constexpr const char *cutProperty = "bookdeskCutReason";
constexpr const char *mostBytesProperty = "bookdeskMostBytes";
constexpr const char *proxyProperty = "bookdeskProxy";
constexpr const char *tlsProperty = "bookdeskTlsProblems";

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(NetworkFailure)
};

/// True where Qt's error, if any, only repeats the HTTP status: that is an answer like any other.
bool isAnswer(int status, QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::NoError:
        return status > 0;
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return status >= 400;
    default:
        break;
    }
    const bool isMadeOfStatus =
        (error > QNetworkReply::UnknownProxyError && error <= QNetworkReply::UnknownContentError) ||
        (error > QNetworkReply::ProtocolFailure && error <= QNetworkReply::UnknownServerError);
    return isMadeOfStatus && status >= 400;
}

Error brokenError(const QString &host)
{
    return {errors::broken, Texts::tr("%1 closed the connection before its answer was complete.").arg(host),
            Texts::tr("Try again. If it happens again, there may be a problem with the server or the network.")};
}

/// @p mostBytes the longest answer that is accepted; 0 where there is no such bound.
QString tooLargeText(const QString &host, qlonglong mostBytes)
{
    if (mostBytes == 0)
        return Texts::tr("The answer from %1 is larger than Bookdesk accepts.").arg(host);
    return Texts::tr("The answer from %1 is larger than the %2 that Bookdesk accepts.")
        .arg(host, QLocale().formattedDataSize(mostBytes, 0, QLocale::DataSizeTraditionalFormat));
}

Error cutError(CutReason reason, const QString &host, qlonglong mostBytes = 0)
{
    switch (reason) {
    case CutReason::tooLarge:
        return {errors::tooLarge, tooLargeText(host, mostBytes),
                Texts::tr("Check the address. If it is right, tell the server's administrator.")};
    case CutReason::stopped:
        return {errors::stopped, Texts::tr("The request to %1 was stopped.").arg(host)};
    case CutReason::brokenOff:
        return brokenError(host);
    case CutReason::unreadable:
        return {errors::broken, Texts::tr("The answer from %1 cannot be unpacked.").arg(host), Texts::tr("Try again.")};
    case CutReason::timedOut:
        break;
    }
    return {errors::timedOut, Texts::tr("%1 did not answer in time.").arg(host),
            Texts::tr("Check the network connection and try again.")};
}

Error qtError(const QNetworkReply &reply, const QString &host)
{
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        return {errors::nameNotFound, Texts::tr("The name %1 was not found.").arg(host),
                Texts::tr("Check the address and the network connection.")};
    case QNetworkReply::SslHandshakeFailedError:
        return certificateFailure(host, reply.property(tlsProperty).value<QList<QSslError>>());
    case QNetworkReply::OperationCanceledError:
    case QNetworkReply::TimeoutError:
        return cutError(CutReason::timedOut, host);
    case QNetworkReply::ProtocolUnknownError:
        return {errors::urlRefused, Texts::tr("The address cannot be used, because only https is accepted."),
                Texts::tr("Use an address that begins with https://.")};
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError: // It was not sent again.
    case QNetworkReply::ProtocolFailure:
        return brokenError(host);
    default:
        break;
    }
    if (reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid())
        return brokenError(host);
    return {errors::connectionFailed, Texts::tr("No connection to %1 could be made.").arg(host),
            Texts::tr("Check that the server is running and that the network connection works.")};
}

/// The reason where the proxy is to blame. The only connection is the one to it, so it is to blame where none could be
/// made, which Qt 6.4 reports as an unknown error.
std::optional<QAbstractSocket::SocketError> proxyReason(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::ProxyNotFoundError:
        return QAbstractSocket::ProxyNotFoundError;
    case QNetworkReply::ProxyTimeoutError:
        return QAbstractSocket::ProxyConnectionTimeoutError;
    case QNetworkReply::ProxyConnectionClosedError:
        return QAbstractSocket::ProxyConnectionClosedError;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::UnknownProxyError:
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::UnknownNetworkError:
        return QAbstractSocket::ProxyConnectionRefusedError;
    default:
        break;
    }
    return std::nullopt;
}

Error replyError(const QNetworkReply &reply, const QString &host)
{
    const QVariant proxy = reply.property(proxyProperty);
    if (!proxy.isValid())
        return qtError(reply, host);
    if (const auto reason = proxyReason(reply.error()))
        return proxyUnreachable(proxy.value<Proxy>(), *reason, reply.errorString());
    if (reply.error() == QNetworkReply::ProxyAuthenticationRequiredError)
        return proxyRefused(proxy.value<Proxy>(), reply.url(), {407, u"407"_s, {u"Basic"_s}, {}});
    return qtError(reply, host);
}

qlonglong announcedBytes(const QNetworkReply &reply)
{
    const bool hasBody = reply.operation() != QNetworkAccessManager::HeadOperation;
    return hasBody ? reply.header(QNetworkRequest::ContentLengthHeader).toLongLong() : 0;
}

std::optional<CutReason> cutReason(BodyState state)
{
    switch (state) {
    case BodyState::fine:
        break;
    case BodyState::tooLarge:
        return CutReason::tooLarge;
    case BodyState::unreadable:
        return CutReason::unreadable;
    case BodyState::brokenOff:
        return CutReason::brokenOff;
    }
    return std::nullopt;
}

void cutUnlessFine(QNetworkReply *reply, BodyState state)
{
    if (const std::optional<CutReason> reason = cutReason(state))
        cut(reply, *reason);
}

} // namespace

void cut(QNetworkReply *reply, CutReason reason)
{
    if (reply->isFinished())
        return;
    reply->setProperty(cutProperty, static_cast<int>(reason));
    reply->abort();
}

void holdWithin(QNetworkReply *reply, AnswerBounds bounds)
{
    const qsizetype most = bounds.bytes;
    // Qt keeps reading in a thread of its own, however late the signals below arrive. One byte more than the bound must
    // fit in, so that an answer that exceeds it is noticed.
    reply->setReadBufferSize(most + 1);
    reply->setProperty(mostBytesProperty, static_cast<qlonglong>(most));
    QObject::connect(reply, &QNetworkReply::metaDataChanged, reply, [reply, most] {
        if (announcedBytes(*reply) > most)
            cut(reply, CutReason::tooLarge);
        else
            cutUnlessFine(reply, expectBody(*reply, most));
    });
    QObject::connect(reply, &QNetworkReply::readyRead, reply, [reply, most] {
        cutUnlessFine(reply, takeInBody(*reply));
        if (bodySize(*reply) > most)
            cut(reply, CutReason::tooLarge);
    });
    QTimer::singleShot(bounds.time, reply, [reply] { cut(reply, CutReason::timedOut); });
}

void markFaultyBody(QNetworkReply *reply)
{
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool hasBody = reply->operation() != QNetworkAccessManager::HeadOperation && status != 304;
    if (!hasBody || networkFailure(*reply))
        return;
    if (const std::optional<CutReason> reason = cutReason(endBody(*reply)))
        reply->setProperty(cutProperty, static_cast<int>(*reason));
}

void noteTlsProblems(QNetworkReply *reply, const QList<QSslError> &problems)
{
    reply->setProperty(tlsProperty, QVariant::fromValue(problems));
}

void noteProxy(QNetworkReply *reply, const Proxy &proxy)
{
    reply->setProperty(proxyProperty, QVariant::fromValue(proxy));
}

bool wasGivenUp(const QNetworkReply &reply)
{
    return reply.error() == QNetworkReply::OperationCanceledError || reply.error() == QNetworkReply::TimeoutError;
}

std::optional<Error> networkFailure(const QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QVariant reason = reply.property(cutProperty);
    if (!reason.isValid() && isAnswer(status, reply.error()))
        return std::nullopt;
    const QString host = hostAndPortText(reply.url());
    Error error = reason.isValid() ? cutError(static_cast<CutReason>(reason.toInt()), host,
                                              reply.property(mostBytesProperty).toLongLong())
                                   : replyError(reply, host);
    Facts facts{{facts::host, asciiHostAndPort(reply.url())}};
    // Qt's words say nothing of a call that was ended here, nor which of the certificate's errors decides.
    if (!reason.isValid() && error.code.kind() != ErrorKind::tls)
        facts.push_back(foreignFact(facts::networkError, reply.errorString()));
    error.facts = merged(facts, error.facts);
    if (const QVariant proxy = reply.property(proxyProperty); proxy.isValid())
        error.facts = merged(error.facts, proxyFacts(proxy.value<Proxy>()));
    return error;
}

} // namespace bookdesk::net
