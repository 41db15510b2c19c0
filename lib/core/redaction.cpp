#include "core/redaction.h"

#include "core/known-secrets.h"

#include <QMutex>
#include <QMutexLocker>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace bookdesk {
namespace {

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
        QStringList inJson = secretNames();
        inJson.removeIf([](const QString &name) { return !isSecretMember(name); });
        // Quantifiers are possessive where texts may be long: backtracking would exhaust PCRE's stack.
        return std::vector<QRegularExpression>{
            QRegularExpression(QStringLiteral("\\b(eyJ[\\w-]{4,}+\\.[\\w-]*+(?:\\.[\\w-]*+){1,3}+)")),
            QRegularExpression(QStringLiteral("\\b(?:bearer|basic)[ \\t]++([\\w.~+/=-]{8,}+)"), option),
            QRegularExpression(
                QStringLiteral("\"(?:%1)\"\\s*+:\\s*+\"((?:[^\"\\\\]++|\\\\(?s:.)?)*+)").arg(anyName(inJson)), option),
            QRegularExpression(QStringLiteral("\\b(?:%1)=([^&\\s\"']++)").arg(anyName(secretNames())), option),
            QRegularExpression(QStringLiteral("^(?:(?:proxy-)?authorization|(?:set-)?cookie):[ \\t]*+(\\S.*+)$"),
                               option),
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

/// Masks what @p find finds until it finds nothing more: a quote or a line break that is hidden may have been the end
/// of another secret. Texts that need many rounds are made to; nothing of them is shown.
template <class Find> QString maskedThroughout(QString text, Find find)
{
    constexpr int mostRounds = 8;
    for (int round = 0; round < mostRounds; ++round) {
        QString next = masked(text, find(text));
        if (next == text)
            return text;
        text = std::move(next);
    }
    return removedMark();
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

bool isSecretMember(QStringView name)
{
    // In a form or a query it is the authorization code.
    return isSecretName(name) && name.compare(u"code", Qt::CaseInsensitive) != 0;
}

QString redactedHeader(QStringView name, QByteArrayView value)
{
    // IANA's registry "HTTP Authentication Schemes". Only compared with: a secret is not in it.
    static constexpr std::array schemes{"Basic",        "Bearer",      "Concealed",     "Digest",    "DPoP",
                                        "GNAP",         "HOBA",        "Mutual",        "Negotiate", "OAuth",
                                        "PrivateToken", "SCRAM-SHA-1", "SCRAM-SHA-256", "vapid"};
    const qsizetype blank = value.indexOf(' ');
    const bool hasScheme = name.compare(u"authorization", Qt::CaseInsensitive) == 0 ||
                           name.compare(u"proxy-authorization", Qt::CaseInsensitive) == 0;
    if (!hasScheme || blank < 0 || value.sliced(blank).trimmed().isEmpty())
        return removedMark();
    const QByteArrayView scheme = value.first(blank);
    const bool isRegistered = std::ranges::any_of(
        schemes, [scheme](const char *known) { return scheme.compare(known, Qt::CaseInsensitive) == 0; });
    return isRegistered ? QString::fromLatin1(scheme) + QLatin1Char(' ') + removedMark() : removedMark();
}

QString redacted(const QString &text) { return maskedThroughout(text, secretsByShape); }

QByteArrayView withoutCutWord(QByteArrayView text, qsizetype most)
{
    if (text.size() < most)
        return text;
    const QByteArrayView cut = text.first(most);
    const auto end = std::find_if(cut.crbegin(), cut.crend(),
                                  [](char letter) { return QByteArrayView(" \t\r\n\"'&<>,;").contains(letter); });
    return cut.first(std::distance(end, cut.crend()));
}

struct Redactor::Shared
{
    Shared(Clock clock, std::chrono::milliseconds memory)
        : secrets(std::move(clock), memory)
    {}

    QMutex mutex;
    KnownSecrets secrets;
};

// Longer than any request or sign-in lasts, so that no late answer can echo a forgotten secret.
Redactor::Redactor()
    : Redactor(systemNow, std::chrono::minutes{10})
{}

Redactor::Redactor(Clock clock, std::chrono::milliseconds memory)
    : m_shared(std::make_shared<Shared>(std::move(clock), memory))
{}

void Redactor::learn(const Secret &secret) const
{
    const QMutexLocker locker(&m_shared->mutex);
    m_shared->secrets.learn(secret);
}

void Redactor::learn(const std::vector<Secret> &secrets) const
{
    for (const Secret &secret : secrets)
        learn(secret);
}

QString Redactor::redacted(const QString &text) const
{
    return maskedThroughout(text, [this](const QString &part) {
        Stretches found = secretsByShape(part);
        const QMutexLocker locker(&m_shared->mutex);
        m_shared->secrets.addOccurrences(found, part);
        return found;
    });
}

class HeldSecrets::Group
{
public:
    explicit Group(std::shared_ptr<Redactor::Shared> redactor)
        : m_redactor(std::move(redactor))
    {
        const QMutexLocker locker(&m_redactor->mutex);
        m_owner = m_redactor->secrets.newOwner();
    }
    ~Group()
    {
        const QMutexLocker locker(&m_redactor->mutex);
        m_redactor->secrets.forget(m_owner);
    }
    Group(const Group &) = delete;
    Group &operator=(const Group &) = delete;

    void replace(std::vector<Secret> secrets)
    {
        const QMutexLocker locker(&m_redactor->mutex);
        for (const Secret &secret : m_held)
            m_redactor->secrets.release(secret, m_owner);
        for (const Secret &secret : secrets)
            m_redactor->secrets.hold(secret, m_owner);
        m_held = std::move(secrets);
    }

private:
    std::shared_ptr<Redactor::Shared> m_redactor;
    KnownSecrets::Owner m_owner = 0;
    std::vector<Secret> m_held;
};

HeldSecrets::HeldSecrets(const Redactor &redactor)
    : m_group(std::make_unique<Group>(redactor.m_shared))
{}

HeldSecrets::~HeldSecrets() = default;
HeldSecrets::HeldSecrets(HeldSecrets &&) noexcept = default;
HeldSecrets &HeldSecrets::operator=(HeldSecrets &&) noexcept = default;

void HeldSecrets::replace(std::vector<Secret> secrets) { m_group->replace(std::move(secrets)); }

} // namespace bookdesk
