#include "core/redaction.h"

#include <QMutex>
#include <QMutexLocker>
#include <QRegularExpression>
#include <QStringList>
#include <QUrl>

namespace bookdesk {
namespace {

constexpr qsizetype shortestSecret = 8;

const QStringList &secretNames()
{
    static const QStringList names{
        QStringLiteral("authorization"), QStringLiteral("proxy-authorization"),
        QStringLiteral("cookie"),        QStringLiteral("set-cookie"),
        QStringLiteral("access_token"),  QStringLiteral("id_token"),
        QStringLiteral("refresh_token"), QStringLiteral("code_verifier"),
        QStringLiteral("client_secret"), QStringLiteral("client_assertion"),
        QStringLiteral("assertion"),     QStringLiteral("device_code"),
        QStringLiteral("id_token_hint"), QStringLiteral("password"),
        QStringLiteral("code"),
    };
    return names;
}

QString anyName(const QStringList &names)
{
    QStringList patterns;
    for (const QString &name : names)
        patterns += QRegularExpression::escape(name);
    return patterns.join(QLatin1Char('|'));
}

/// Each captures, as its first group, what is secret.
const std::vector<QRegularExpression> &rules()
{
    static const std::vector<QRegularExpression> all = [] {
        const auto option = QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption;
        // `code` in a JSON body is an error code; in a form or a query it is the authorization code.
        QStringList inJson = secretNames();
        inJson.removeAll(QStringLiteral("code"));
        // Quantifiers are possessive where texts are long: PCRE's stack has no room for the ways back.
        return std::vector<QRegularExpression>{
            QRegularExpression(QStringLiteral("\\b(eyJ[\\w-]{4,}\\.[\\w-]*(?:\\.[\\w-]*){1,3})")),
            QRegularExpression(QStringLiteral("\\b(?:bearer|basic)[ \\t]+([\\w.~+/=-]{8,})"), option),
            QRegularExpression(
                QStringLiteral("\"(?:%1)\"\\s*:\\s*\"((?:[^\"\\\\]++|\\\\(?s:.)?)*+)").arg(anyName(inJson)), option),
            QRegularExpression(QStringLiteral("\\b(?:%1)=([^&\\s\"']+)").arg(anyName(secretNames())), option),
            QRegularExpression(QStringLiteral("^(?:(?:proxy-)?authorization|(?:set-)?cookie):[ \\t]*(\\S.*)$"), option),
        };
    }();
    return all;
}

Stretches secretsByShape(const QString &text)
{
    Stretches found;
    for (const QRegularExpression &rule : rules())
        addMatches(found, rule, text);
    return found;
}

} // namespace

bool isSecretName(QStringView name)
{
    for (const QString &secret : secretNames()) {
        if (name.compare(secret, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

QString redacted(const QString &text) { return masked(text, secretsByShape(text)); }

struct Redactor::Known
{
    QMutex mutex;
    std::vector<Secret> secrets;
};

Redactor::Redactor()
    : m_known(std::make_shared<Known>())
{}

void Redactor::learn(const Secret &secret) const
{
    if (secret.size() < shortestSecret)
        return;
    const QMutexLocker locker(&m_known->mutex);
    for (const Secret &known : m_known->secrets) {
        if (known == secret)
            return;
    }
    m_known->secrets.push_back(secret);
}

QString Redactor::redacted(const QString &text) const
{
    QString result = text;
    {
        const QMutexLocker locker(&m_known->mutex);
        for (const Secret &secret : m_known->secrets) {
            const QByteArray bytes = secret.reveal().toByteArray();
            result.replace(QString::fromUtf8(bytes), removedMark());
            result.replace(QString::fromLatin1(bytes.toPercentEncoding()), removedMark(), Qt::CaseInsensitive);
        }
    }
    return bookdesk::redacted(result);
}

} // namespace bookdesk
