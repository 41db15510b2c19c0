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

struct Rule
{
    QRegularExpression pattern;
    QString replacement;
};

const std::vector<Rule> &rules()
{
    static const std::vector<Rule> all = [] {
        const auto option = QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption;
        // `code` in a JSON body is an error code; in a form or a query it is the authorization code.
        QStringList inJson = secretNames();
        inJson.removeAll(QStringLiteral("code"));
        const QString mark = removedMark();
        return std::vector<Rule>{
            {QRegularExpression(QStringLiteral("\\beyJ[\\w-]{4,}\\.[\\w-]*(?:\\.[\\w-]*){1,3}")), mark},
            {QRegularExpression(QStringLiteral("\\b(bearer|basic)[ \\t]+[\\w.~+/=-]{8,}"), option),
             QStringLiteral("\\1 ") + mark},
            {QRegularExpression(QStringLiteral("\"(%1)\"(\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*\"").arg(anyName(inJson)),
                                option),
             QStringLiteral("\"\\1\"\\2\"") + mark + QLatin1Char('"')},
            {QRegularExpression(QStringLiteral("\\b(%1)=[^&\\s\"']+").arg(anyName(secretNames())), option),
             QStringLiteral("\\1=") + mark},
            {QRegularExpression(QStringLiteral("^((?:proxy-)?authorization|(?:set-)?cookie):[ \\t]*\\S.*$"), option),
             QStringLiteral("\\1: ") + mark},
        };
    }();
    return all;
}

} // namespace

QString removedMark() { return QStringLiteral("\u2039removed\u203A"); }

bool isSecretName(QStringView name)
{
    for (const QString &secret : secretNames()) {
        if (name.compare(secret, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

QString redacted(const QString &text)
{
    QString result = text;
    for (const Rule &rule : rules())
        result.replace(rule.pattern, rule.replacement);
    return result;
}

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
