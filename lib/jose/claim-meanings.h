/// ClaimMeanings: what a token's claims mean, in plain words.
#pragma once

#include "core/clock.h"
#include "core/json.h"
#include "core/result.h"

#include <QHash>
#include <QLocale>
#include <QString>

namespace bookdesk::jose {

/// What the values of a token are compared with to explain them. A plain value.
struct ClaimContext
{
    QString issuer;   ///< Of the connection.
    QString audience; ///< Of the API.
    QString clientId; ///< Ours.
};

/// What a claim's value says against the token.
enum class ClaimWarning { none, version1, expired };

ClaimWarning warningOf(const QString &name, const Json &value, TimePoint now);

/// The texts are data (`resources/claims/*.json`). A key is the claim's name, followed by a dot and the value (or the
/// value's class, for `aud`, `iss`, `azp` and `exp`) if that changes the meaning, and `header.` precedes header
/// members. In a claim's text, `%1` is replaced by the time, or by the names of the values in a list or of the members
/// of an object, and `%n` by the number of entries. What cannot be replaced is left off with everything behind it. A
/// plain value. Any thread. Sources: RFC 7519 section 4.1, OpenID Connect Core 1.0 sections 2 and 5.1, the IANA
/// registry of JSON Web Token claims, RFC 8176 (`amr`), Microsoft's claims references (access tokens, ID tokens,
/// optional claims) and its list of built-in roles (`wids`).
class ClaimMeanings
{
public:
    /// Those in @p locale's language, or else in English.
    static ClaimMeanings forLocale(const QLocale &locale = QLocale());
    /// Errors: json.*.
    static Result<ClaimMeanings> read(const QByteArray &json);

    /// Safe to show. Empty for a claim without a description.
    QString claim(const QString &name, const Json &value, const ClaimContext &context, TimePoint now) const;
    /// Of a claim whatever its value is; may be empty.
    QString anyClaim(const QString &name) const;
    QString headerMember(const QString &name) const { return m_texts.value(QStringLiteral("header.") + name); }

private:
    QString textFor(const QString &name, const Json &value, const ClaimContext &context, TimePoint now) const;
    QString namesOf(const QString &claim, const Json &value) const;

    QHash<QString, QString> m_texts;
};

} // namespace bookdesk::jose
