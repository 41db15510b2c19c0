#include "net/trusted-url.h"

#include "core/address-text.h"
#include "core/text.h"
#include "net/errors.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

namespace bookdesk::net {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype largestCertificateFile = 1024 * 1024;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(TrustedUrl)
};

/// @param message has a place for the address. @param remedy what is wrong with it, turned into advice.
auto refused(const QUrl &url, const QString &message, const QString &remedy)
{
    const QString shown = shortened(addressText(url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery)), 300);
    return failure(errors::urlRefused, message.arg(shown), remedy, {{facts::url, shown}});
}

auto invalidCertificates(const QString &message)
{
    return failure(errors::certificateInvalid, message,
                   Texts::tr("Provide the authority's certificates in PEM form and nothing else."));
}

QStringList pemLabels(const QByteArray &pem)
{
    static const QRegularExpression begin(u"^-----BEGIN ([^-\\r\\n]*)-----"_s, QRegularExpression::MultilineOption);
    QStringList labels;
    auto matches = begin.globalMatch(QString::fromLatin1(pem));
    while (matches.hasNext())
        labels += matches.next().captured(1);
    return labels;
}

} // namespace

bool isLoopbackHost(const QString &host)
{
    if (host.compare("localhost"_L1, Qt::CaseInsensitive) == 0)
        return true;
    const QHostAddress address(host);
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return address.toString() == host && address.isInSubnet(QHostAddress(u"127.0.0.0"_s), 8);
    return address.scopeId().isEmpty() && address == QHostAddress(QHostAddress::LocalHostIPv6);
}

Result<QUrl> trustedUrl(const QUrl &url)
{
    if (!url.isValid() || url.isRelative())
        return refused(url, Texts::tr("The address “%1” cannot be used, because it is not complete."),
                       Texts::tr("Use an address that begins with https:// and names a host."));
    const QString scheme = url.scheme();
    if (scheme != "https"_L1 && scheme != "http"_L1)
        return refused(url, Texts::tr("The address “%1” cannot be used, because it is not an https address."),
                       Texts::tr("Use an address that begins with https://."));
    if (url.host().isEmpty())
        return refused(url, Texts::tr("The address “%1” cannot be used, because it names no host."),
                       Texts::tr("Use an address that begins with https:// and names a host."));
    if (url.authority(QUrl::FullyEncoded).contains(u'@'))
        return refused(url,
                       Texts::tr("The address “%1” cannot be used, because it contains a user name or a password."),
                       Texts::tr("Remove everything before the @."));
    if (scheme == "http"_L1 && !isLoopbackHost(url.host()))
        return refused(url,
                       Texts::tr("The address “%1” cannot be used, because http is accepted for this computer only."),
                       Texts::tr("Use https."));
    return url;
}

Result<QList<QSslCertificate>> readCertificates(const QByteArray &pem)
{
    if (pem.size() > largestCertificateFile)
        return invalidCertificates(
            Texts::tr("The CA certificates cannot be used, because they are larger than 1 MiB."));
    const QStringList labels = pemLabels(pem);
    if (labels.isEmpty())
        return invalidCertificates(
            Texts::tr("The CA certificates cannot be used, because none of them is in PEM form."));
    for (const QString &label : labels) {
        if (label.contains("PRIVATE KEY"_L1))
            return invalidCertificates(Texts::tr("The CA certificates cannot be used, because there is a private key "
                                                 "among them. Provide only the certificates."));
        if (label != "CERTIFICATE"_L1)
            return invalidCertificates(
                Texts::tr("The CA certificates cannot be used, because there is something else among them (“%1”).")
                    .arg(shortened(visible(label), 60)));
    }
    QList<QSslCertificate> certificates = QSslCertificate::fromData(pem, QSsl::Pem);
    const bool hasBroken = std::ranges::any_of(certificates, &QSslCertificate::isNull);
    if (hasBroken || certificates.size() != labels.size())
        return invalidCertificates(
            Texts::tr("The CA certificates cannot be used, because at least one of them is damaged."));
    return certificates;
}

QByteArray pemOf(const QList<QSslCertificate> &certificates)
{
    QByteArray pem;
    for (const QSslCertificate &certificate : certificates)
        pem += certificate.toPem();
    return pem;
}

QStringList certificateLines(const QList<QSslCertificate> &certificates)
{
    QStringList lines;
    for (const QSslCertificate &certificate : certificates) {
        const QString print = QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':'));
        lines.append(Texts::tr("%1, valid until %2")
                         .arg(certificate.subjectDisplayName(), certificate.expiryDate().date().toString(Qt::ISODate)));
        lines.append(Texts::tr("SHA-256 %1").arg(print));
    }
    return lines;
}

} // namespace bookdesk::net
