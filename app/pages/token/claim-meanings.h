/// ClaimMeanings: what a token's claims mean, in plain words.
#pragma once

#include "core/clock.h"
#include "core/json.h"
#include "core/result.h"

#include <QHash>
#include <QLocale>
#include <QString>

namespace bookdesk::pages {

/// What the values of a token are compared with to explain them. A plain value.
struct ClaimContext
{
    QString issuer;   ///< Of the connection.
    QString audience; ///< Of the API.
    QString clientId; ///< Ours.
};

/// The texts are data (`resources/claims/*.json`): the key is the claim's name, followed by a dot and the value's class
/// if that changes the meaning, and `header.` before header members. A plain value. Any thread.
class ClaimMeanings
{
public:
    /// Those in @p locale's language, or else in English.
    static ClaimMeanings forLocale(const QLocale &locale = QLocale());
    /// Errors: json.*.
    static Result<ClaimMeanings> read(const QByteArray &json);

    /// Empty for a claim without a description.
    QString claim(const QString &name, const Json &value, const ClaimContext &context, TimePoint now) const;
    QString headerMember(const QString &name) const { return m_texts.value(QStringLiteral("header.") + name); }

private:
    QHash<QString, QString> m_texts;
};

} // namespace bookdesk::pages
