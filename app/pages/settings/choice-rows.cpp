#include "pages/settings/choice-rows.h"

#include "style/metrics.h"
#include "widgets/card.h"
#include "widgets/flow-layout.h"
#include "widgets/labels.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Look;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ChoiceRows)
};

/// The one that the row's name is level with.
const QWidget &firstControl(const QWidget &content)
{
    const QList<QWidget *> parts = content.findChildren<QWidget *>();
    const auto first =
        std::ranges::find_if(parts, [](const QWidget *part) { return part->focusPolicy() != Qt::NoFocus; });
    return first == parts.end() ? content : **first;
}

/// Disables @p control and gives its reason, under it and to screen readers.
QWidget *locked(QWidget &control)
{
    control.setEnabled(false);
    const QList<QWidget *> parts = control.findChildren<QWidget *>();
    for (QWidget *part : parts)
        if (part->focusPolicy() != Qt::NoFocus)
            part->setAccessibleDescription(lockReason());
    auto *content = new QWidget(control.parentWidget());
    auto *note = new QHBoxLayout;
    note->setSpacing(style::metricsOf(control).px(6));
    note->addWidget(new widgets::IconLabel(u"lock"_s, style::Role::muted, content));
    note->addWidget(hint(lockReason(), content), 1);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::metricsOf(control).px(6));
    column->addWidget(&control);
    column->addLayout(note);
    return content;
}

} // namespace

QGridLayout *addRows(widgets::Card &card)
{
    const style::Metrics metrics = style::metricsOf(card);
    auto *rows = new QGridLayout;
    rows->setColumnMinimumWidth(0, metrics.px(142));
    rows->setColumnStretch(1, 1);
    rows->setHorizontalSpacing(metrics.gap());
    rows->setVerticalSpacing(metrics.px(14));
    card.body()->addLayout(rows);
    return rows;
}

QString lockReason() { return Texts::tr("Your organization has set this."); }

void addRow(QGridLayout &rows, const QString &name, QWidget &content, const workspace::Settings &settings,
            workspace::Setting setting)
{
    const int row = rows.rowCount();
    QLabel *label = widgets::label(name, Look::body);
    label->setContentsMargins(0, (firstControl(content).sizeHint().height() - label->sizeHint().height()) / 2, 0, 0);
    rows.addWidget(label, row, 0, Qt::AlignTop);
    rows.addWidget(settings.isLocked(setting) ? locked(content) : &content, row, 1);
}

QRadioButton *choice(const QString &row, const QString &text, const QString &objectName, QWidget *parent)
{
    auto *button = new QRadioButton(text, parent);
    button->setObjectName(objectName);
    button->setAccessibleName(Texts::tr("%1: %2", "setting and choice").arg(row, text));
    return button;
}

QWidget *sideBySide(const QList<QRadioButton *> &choices, QWidget *parent)
{
    auto *row = new QWidget(parent);
    auto *layout = new widgets::FlowLayout(style::metricsOf(*row).px(14), row);
    for (QRadioButton *button : choices)
        layout->addWidget(button);
    return row;
}

QSpinBox *numberField(const QString &name, const QString &objectName, int least, int most, QWidget *parent)
{
    auto *field = new QSpinBox(parent);
    field->setObjectName(objectName);
    field->setRange(least, most);
    field->setMinimumWidth(style::metricsOf(*field).px(84));
    field->setAccessibleName(name);
    // Qt's own field inside is what has the focus.
    field->findChild<QLineEdit *>()->setAccessibleName(name);
    return field;
}

QLabel *hint(const QString &text, QWidget *parent)
{
    QLabel *label = widgets::label(text, Look::smallMuted, parent);
    label->setWordWrap(true);
    return label;
}

} // namespace bookdesk::pages
