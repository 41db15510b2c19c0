#include "pages/connections/form-row.h"

#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/labels.h"

#include <QEvent>
#include <QFocusEvent>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

FormRow::FormRow(QWidget *field, QWidget *parent)
    : QWidget(parent)
    , m_field(field)
    , m_name(widgets::fieldLabel({}, field))
    , m_below(widgets::label({}, widgets::Look::smallMuted, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_name->setParent(parent);
    // Level with the first line of a field that has several.
    const int line = std::min(field->sizeHint().height(), metrics.px(30));
    m_name->setContentsMargins(0, (line - m_name->sizeHint().height()) / 2, 0, 0);
    m_below->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics.px(3));
    column->addWidget(field);
    column->addWidget(m_below);
    field->installEventFilter(this);
    showBelow();
}

void FormRow::setName(const QString &name)
{
    m_name->setText(name);
    m_field->setAccessibleName(name);
}

void FormRow::setHint(const QString &hint)
{
    m_hint = hint;
    showBelow();
}

void FormRow::setComplaint(const QString &complaint)
{
    if (m_complaint == complaint)
        return;
    m_complaint = complaint;
    showBelow();
}

void FormRow::setShown(bool isShown)
{
    setVisible(isShown);
    m_name->setVisible(isShown);
}

bool FormRow::eventFilter(QObject *watched, QEvent *event)
{
    // A menu or another window takes the focus only for a while.
    const bool isLeft = event->type() == QEvent::FocusOut &&
                        static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason &&
                        static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason;
    if (isLeft)
        Q_EMIT left();
    return QWidget::eventFilter(watched, event);
}

void FormRow::showBelow()
{
    const bool isWrong = !m_complaint.isEmpty();
    m_below->setText(isWrong ? m_complaint : m_hint);
    widgets::setTone(*m_below, isWrong ? u"bad"_s : u"muted"_s);
    m_below->setVisible(!m_below->text().isEmpty());
    m_field->setAccessibleDescription(m_below->text());
    style::setStyleProperty(*m_field, "wrong", isWrong);
}

} // namespace bookdesk::pages
