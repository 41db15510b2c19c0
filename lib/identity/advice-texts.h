/// The parts of which advice on a sign-in is made: who acts and where, and the places in its texts.
#pragma once

#include "identity/sign-in-advice.h"

#include <QMap>
#include <QString>

#include <optional>

namespace bookdesk::identity {

/// Longer words of a server or page are shortened.
inline constexpr qsizetype longestAdviceWord = 200;

/// What is put in place of `{name}`, by its name. Safe to show.
using AdvicePlaces = QMap<QString, QString>;

/// @p unknownUser is used where the name is not known.
AdvicePlaces placesFor(const AdviceContext &context, const QString &user, const QString &unknownUser);

/// Nothing where something that the text needs is not known.
std::optional<QString> filledIn(const QString &text, const AdvicePlaces &places);

QString whoActs(AdviceActor actor, const AdviceContext &context);
/// Whether it makes sense to try again; may be empty.
QString whoActsNote(const Advice &advice);
QString whereIsIt(AdvicePlace place, const AdviceContext &context);

/// "When: 2026-11-26 13:26 UTC. Correlation ID: …."; what is missing is left out.
QString whenAndWhich(const OAuthError &error);

} // namespace bookdesk::identity
