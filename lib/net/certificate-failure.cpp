#include "net/certificate-failure.h"

#include "core/text.h"
#include "net/errors.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QSslCertificate>
#include <QStringList>

#include <algorithm>

namespace bookdesk::net {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestProblem = 200;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(CertificateFailure)
};

CertificateFlaw flawOf(const QSslError &error)
{
    switch (error.error()) {
    case QSslError::CertificateRevoked:
    case QSslError::CertificateBlacklisted:
        return CertificateFlaw::revoked;
    case QSslError::CertificateExpired:
        return CertificateFlaw::expired;
    case QSslError::CertificateNotYetValid:
        return CertificateFlaw::notYetValid;
    case QSslError::HostNameMismatch:
        return CertificateFlaw::wrongName;
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return CertificateFlaw::unknownAuthority;
    default:
        break;
    }
    return CertificateFlaw::other;
}

/// The error that decides, or one without a certificate where there is none.
QSslError decidingError(const QList<QSslError> &found)
{
    const auto first = std::ranges::min_element(found, {}, flawOf);
    return first == found.end() ? QSslError() : *first;
}

QString day(const QDateTime &time) { return time.toUTC().date().toString(Qt::ISODate); }

QString instant(const QDateTime &time) { return time.isValid() ? time.toUTC().toString(Qt::ISODate) : QString(); }

QString namesOf(const QSslCertificate &certificate)
{
    QStringList names = certificate.subjectAlternativeNames().values();
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    names.removeDuplicates();
    names.sort();
    return names.join(u", "_s);
}

QString quoted(const QString &text) { return visible(shortened(text, longestProblem)); }

QString message(const QString &host, const QSslError &error)
{
    const QSslCertificate certificate = error.certificate();
    switch (flawOf(error)) {
    case CertificateFlaw::revoked:
        return Texts::tr("The certificate of %1 has been revoked.").arg(host);
    case CertificateFlaw::expired:
        return Texts::tr("The certificate of %1 expired on %2.").arg(host, day(certificate.expiryDate()));
    case CertificateFlaw::notYetValid:
        return Texts::tr("The certificate of %1 is not valid before %2.").arg(host, day(certificate.effectiveDate()));
    case CertificateFlaw::wrongName:
        return Texts::tr("The certificate of %1 is for another host name: %2.").arg(host, quoted(namesOf(certificate)));
    case CertificateFlaw::unknownAuthority:
        return Texts::tr("The certificate of %1 comes from an authority that this computer does not know: %2.")
            .arg(host, quoted(certificate.issuerDisplayName()));
    case CertificateFlaw::other:
        break;
    }
    return error.error() == QSslError::NoError
               ? Texts::tr("No secure connection to %1 could be set up.").arg(host)
               : Texts::tr("The connection to %1 is not trusted: %2.").arg(host, quoted(error.errorString()));
}

QString remedy(CertificateFlaw flaw)
{
    switch (flaw) {
    case CertificateFlaw::revoked:
        return Texts::tr("Do not use this server. Tell its administrator that it needs a new certificate.");
    case CertificateFlaw::expired:
        return Texts::tr("Tell the server's administrator to renew it. If that day is still to come, set this "
                         "computer's clock.");
    case CertificateFlaw::notYetValid:
        return Texts::tr("If that day is past, set this computer's clock. Otherwise tell the server's administrator.");
    case CertificateFlaw::wrongName:
        return Texts::tr("Check the address. If it is right, tell the server's administrator that the certificate "
                         "must contain this host's name.");
    case CertificateFlaw::unknownAuthority:
        return Texts::tr("If the authority is your organization's, add its CA to the connection (caFile) or, for "
                         "Microsoft's hosts, to this computer. Otherwise tell the server's administrator; Bookdesk "
                         "never ignores a bad certificate.");
    case CertificateFlaw::other:
        break;
    }
    return Texts::tr("Tell the server's administrator; Bookdesk never ignores a bad certificate.");
}

QString problems(const QList<QSslError> &found)
{
    QStringList lines;
    for (const QSslError &error : found) {
        const QString name = error.certificate().subjectInfo(QSslCertificate::CommonName).join(u", "_s);
        lines += name.isEmpty() ? error.errorString() : u"%1 (%2)"_s.arg(error.errorString(), name);
    }
    return lines.join(u'\n');
}

Facts factsOf(const QSslCertificate &certificate)
{
    if (certificate.isNull())
        return {};
    return merged({}, {foreignFact(facts::certificateSubject, certificate.subjectDisplayName()),
                       foreignFact(facts::certificateIssuer, certificate.issuerDisplayName()),
                       foreignFact(facts::certificateNames, namesOf(certificate)),
                       {facts::certificateValidFrom, instant(certificate.effectiveDate())},
                       {facts::certificateValidUntil, instant(certificate.expiryDate())}});
}

bool isMissingStatus(const QSslError &error)
{
    switch (error.error()) {
    case QSslError::OcspNoResponseFound:
    case QSslError::OcspMalformedRequest:
    case QSslError::OcspMalformedResponse:
    case QSslError::OcspInternalError:
    case QSslError::OcspTryLater:
    case QSslError::OcspSigRequred:
    case QSslError::OcspUnauthorized:
    case QSslError::OcspResponseCannotBeTrusted:
    case QSslError::OcspResponseCertIdUnknown:
    case QSslError::OcspResponseExpired:
    case QSslError::OcspStatusUnknown:
        return true;
    default:
        return false;
    }
}

} // namespace

QList<QSslError> withoutMissingStatus(const QList<QSslError> &found)
{
    QList<QSslError> rest = found;
    rest.removeIf(isMissingStatus);
    return rest;
}

CertificateFlaw certificateFlaw(const QList<QSslError> &found) { return flawOf(decidingError(found)); }

Error certificateFailure(const QString &host, const QList<QSslError> &found)
{
    const QSslError deciding = decidingError(found);
    return {errors::tlsFailed, message(host, deciding), remedy(flawOf(deciding)),
            merged({foreignFact(facts::certificateError, problems(found))}, factsOf(deciding.certificate()))};
}

} // namespace bookdesk::net
