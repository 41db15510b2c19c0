/// Rows of a settings card: a name at the left and what can be chosen at the right.
#pragma once

#include "workspace/settings.h"

#include <QList>
#include <QString>

class QGridLayout;
class QLabel;
class QRadioButton;
class QSpinBox;
class QWidget;

namespace bookdesk::widgets {
class Card;
}

namespace bookdesk::pages {

/// A grid in the card's body with the names in its first column.
QGridLayout *addRows(widgets::Card &card);

/// Adds the row of @p setting, with a lock where the organization has set it. @p content is the control or a widget
/// with several.
void addRow(QGridLayout &rows, const QString &name, QWidget &content, const workspace::Settings &settings,
            workspace::Setting setting);

/// Why a control is locked.
QString lockReason();

/// A choice of a row. Screen readers hear the row's name, too.
QRadioButton *choice(const QString &row, const QString &text, const QString &objectName, QWidget *parent);

/// Choices side by side.
QWidget *sideBySide(const QList<QRadioButton *> &choices, QWidget *parent);

/// A number to type. @p name for screen readers.
QSpinBox *numberField(const QString &name, const QString &objectName, int least, int most, QWidget *parent);

/// A wrapping muted text under a control.
QLabel *hint(const QString &text, QWidget *parent);

} // namespace bookdesk::pages
