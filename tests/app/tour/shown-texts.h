/// What a person can read or hear in a window, with the place where it is.
#pragma once

#include <QList>
#include <QString>

class QWidget;

namespace bookdesk::test {

struct ShownText
{
    QString where; ///< "QPushButton reload, tool tip"
    QString text;
};

/// Every text of @p window and of what is visible in it: labels, buttons, tabs, headers, cells, tool tips,
/// placeholders, and the names and descriptions for screen readers.
QList<ShownText> shownTexts(const QWidget &window);

/// The texts that do not fit where they are and are cut off without a sign.
QList<ShownText> clippedTexts(const QWidget &window);

} // namespace bookdesk::test
