#include "pages/activity/exchange-text.h"

#include "core/address-text.h"
#include "core/durations.h"
#include "core/text.h"
#include "net/errors.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QUrl>
#include <QUuid>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

using std::chrono::microseconds;
using widgets::Kind;
using widgets::PaintedChip;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

constexpr int httpPort = 80;
constexpr int httpsPort = 443;

Kind kindOfStatus(int status)
{
    if (status == 429)
        return Kind::warn;
    if (status >= 400)
        return Kind::bad;
    return status >= 200 && status < 300 ? Kind::ok : Kind::neutral;
}

QString failureText(const QString &code)
{
    if (code == net::errors::timedOut.toString())
        return Texts::tr("no answer: time-out");
    if (code == net::errors::stopped.toString())
        return Texts::tr("no answer: stopped");
    if (code == net::errors::nameNotFound.toString())
        return Texts::tr("no answer: name not found");
    if (code == net::errors::connectionFailed.toString())
        return Texts::tr("no answer: no connection");
    if (code == net::errors::tlsFailed.toString())
        return Texts::tr("no answer: certificate");
    if (code == net::errors::urlRefused.toString())
        return Texts::tr("not sent: address");
    return Texts::tr("no usable answer");
}

/// A tenant's ID tells nobody anything in a list, and hides what follows it.
QString withoutTenant(const QString &target)
{
    const QString first = target.section(u'/', 1, 1);
    const bool isId = first.size() == 36 && !QUuid::fromString(first).isNull();
    return isId ? u"/…"_s + target.mid(first.size() + 1) : target;
}

QString phaseName(net::Phase phase)
{
    switch (phase) {
    case net::Phase::name:
        return Texts::tr("Name");
    case net::Phase::connect:
        return Texts::tr("Connect");
    case net::Phase::tls:
        return Texts::tr("TLS");
    case net::Phase::firstByte:
        return Texts::tr("First byte");
    case net::Phase::body:
        break;
    }
    return Texts::tr("Body");
}

QString phaseNote(const net::Exchange &exchange, const net::PhaseTime &phase)
{
    const bool isMeasured = phase.state == net::PhaseState::measured;
    switch (phase.phase) {
    case net::Phase::name:
        return exchange.milestones.connecting ? Texts::tr("found") : QString();
    case net::Phase::connect:
        return isMeasured && exchange.isSecured() ? Texts::tr("with TLS") : QString();
    case net::Phase::tls:
        return exchange.tlsVersion.mid(u"TLS "_s.size());
    case net::Phase::body:
        return exchange.responseBytes > 0 ? sizeText(exchange.responseBytes) : QString();
    case net::Phase::firstByte:
        break;
    }
    return {};
}

QString figureOf(const net::Exchange &exchange, const net::PhaseTime &phase)
{
    switch (phase.state) {
    case net::PhaseState::measured:
        return tookText(phase.length);
    case net::PhaseState::reused:
        return Texts::tr("reused");
    case net::PhaseState::notMeasured:
        return Texts::tr("not measured");
    case net::PhaseState::waiting:
        break;
    }
    return exchange.isUnderWay() ? Texts::tr("to come") : Texts::tr("not reached");
}

} // namespace

QString methodText(const net::Exchange &exchange) { return visible(QString::fromLatin1(exchange.method)); }

QString placeText(net::RequestKind kind)
{
    return kind == net::RequestKind::api ? Texts::tr("api") : Texts::tr("login");
}

QString whereText(const net::Exchange &exchange)
{
    const QUrl url(exchange.url);
    const QString place = placeText(exchange.kind);
    const QString target = withoutTenant(url.toString(QUrl::FullyEncoded | QUrl::RemoveScheme | QUrl::RemoveAuthority));
    return u"%1 · %2"_s.arg(place, visible(target));
}

QString startText(const net::Exchange &exchange)
{
    const auto sinceEpoch = std::chrono::duration_cast<std::chrono::milliseconds>(exchange.started.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(sinceEpoch.count()).toString(u"HH:mm:ss.zzz"_s);
}

PaintedChip statusChip(const net::Exchange &exchange)
{
    if (exchange.isInBrowser)
        return {Kind::neutral, Texts::tr("opened in browser"), {}};
    if (exchange.isUnderWay())
        return {Kind::accent, Texts::tr("running"), u"refresh"_s};
    if (!exchange.failure.isEmpty())
        return {Kind::bad, failureText(exchange.failureCode), u"cross"_s};
    return {kindOfStatus(exchange.status), QString::number(exchange.status), {}};
}

PaintedChip fullStatusChip(const net::Exchange &exchange)
{
    PaintedChip chip = statusChip(exchange);
    if (exchange.status != 0 && exchange.failure.isEmpty())
        chip.text = u"%1 %2"_s.arg(QString::number(exchange.status), shortened(visible(exchange.reason), 60)).trimmed();
    return chip;
}

QString tookText(microseconds time)
{
    const QLocale locale = QLocale::c();
    const double milliseconds = static_cast<double>(time.count()) / 1000;
    if (milliseconds >= 1000)
        return Texts::tr("%1 s").arg(locale.toString(milliseconds / 1000, 'f', 1));
    return Texts::tr("%1 ms").arg(locale.toString(milliseconds, 'f', milliseconds < 10 ? 1 : 0));
}

QString sizeText(qint64 bytes)
{
    const QLocale locale = QLocale::c();
    if (bytes < 1000)
        return Texts::tr("%n bytes", nullptr, static_cast<int>(bytes));
    if (bytes < 1'000'000)
        return Texts::tr("%1 KB").arg(locale.toString(static_cast<double>(bytes) / 1e3, 'f', bytes < 10'000 ? 1 : 0));
    return Texts::tr("%1 MB").arg(locale.toString(static_cast<double>(bytes) / 1e6, 'f', 1));
}

microseconds lasted(const net::Exchange &exchange, TimePoint now)
{
    if (exchange.duration)
        return *exchange.duration;
    return std::max(microseconds{0}, std::chrono::duration_cast<microseconds>(now - exchange.started));
}

PhaseText phaseText(const net::Exchange &exchange, const net::PhaseTime &phase)
{
    return {phaseName(phase.phase), phaseNote(exchange, phase), figureOf(exchange, phase)};
}

QString connectionText(const net::Exchange &exchange)
{
    const QUrl url(exchange.url);
    QStringList facts{hostAndPortText(url, exchange.isSecured() ? httpsPort : httpPort)};
    if (exchange.status != 0)
        facts += u"HTTP/1.1"_s;
    if (!exchange.tlsVersion.isEmpty())
        facts += exchange.tlsVersion;
    QStringList lines{facts.join(u" · "_s)};
    if (exchange.isConnectionReused())
        lines += Texts::tr("connection reused");
    if (!exchange.proxy.isEmpty())
        lines += Texts::tr("through %1").arg(visible(exchange.proxy));
    if (!exchange.certificateAuthority.isEmpty())
        lines += Texts::tr("certificate from %1").arg(shortened(visible(exchange.certificateAuthority), 200));
    return lines.join(u'\n');
}

QString headersText(const net::Headers &headers)
{
    QStringList lines;
    for (const auto &[name, value] : headers)
        lines += visible(QString::fromUtf8(name)) + u": "_s + visible(QString::fromUtf8(value));
    return lines.join(u'\n');
}

QString progressText(const net::Exchange &exchange, TimePoint now)
{
    const microseconds end = lasted(exchange, now);
    microseconds begin{0};
    for (const net::PhaseTime &phase : net::phaseTimes(exchange, end)) {
        if (phase.state == net::PhaseState::measured)
            begin = phase.begin;
    }
    const QString time = tookText(std::max(microseconds{0}, end - begin));
    const auto patience = std::chrono::duration_cast<std::chrono::seconds>(exchange.patience);
    const QString limit = durationText(patience);
    const net::Milestones &at = exchange.milestones;
    if (net::isSendingUnreported(exchange) && !at.answered && !at.encrypted)
        return Texts::tr("waiting for the answer for %1, gives up after %2").arg(time, limit);
    if (at.answered)
        return Texts::tr("receiving for %1, gives up after %2 without progress").arg(time, limit);
    if (at.sent || at.encrypted)
        return Texts::tr("connected, waiting for the first byte for %1, gives up after %2").arg(time, limit);
    if (at.connecting)
        return Texts::tr("connecting for %1, gives up after %2").arg(time, limit);
    return Texts::tr("looking for the server for %1, gives up after %2").arg(time, limit);
}

} // namespace bookdesk::pages
