/// What screen readers say although the focus is elsewhere: "Copied", the outcome of a call.
#pragma once

#include <QString>

class QWidget;

namespace bookdesk::widgets {

/// Has screen readers say @p text, which has just appeared in @p widget or is shown nowhere. The names of all other
/// widgets stay as they are: each window has a label of its own for this, which takes no room.
void announce(QWidget &widget, const QString &text);

/// A card's headline and the sentences below it, if there are any, for screen readers.
QString headlineAndText(const QString &headline, const QString &text);

/// Forgets what was announced last in the window of @p widget, if it was announced for that widget or a part of it.
void forgetAnnouncement(QWidget &widget);

} // namespace bookdesk::widgets
