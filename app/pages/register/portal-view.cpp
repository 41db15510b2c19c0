#include "pages/register/portal-view.h"

#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Look;

PortalView::PortalView(QWidget *parent)
    : QScrollArea(parent)
{
    setObjectName(u"portalSteps"_s);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
}

void PortalView::setSteps(const std::vector<registration::PortalStep> &steps)
{
    if (steps == m_steps && widget())
        return;
    m_steps = steps;
    const style::Metrics metrics = style::metricsOf(*this);
    const int place = verticalScrollBar()->value();
    auto *content = new QWidget(this);
    content->setProperty("ground", u"clear"_s);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(metrics.px(12), metrics.px(12), metrics.px(12), metrics.px(12));
    column->setSpacing(metrics.px(16));
    int number = 0;
    for (const registration::PortalStep &step : steps)
        column->addWidget(makeStep(++number, step));
    column->addStretch(1);
    setWidget(content);
    column->activate();
    content->resize(viewport()->width(), content->sizeHint().height());
    verticalScrollBar()->setValue(place);
}

void PortalView::setOutdated(bool isOutdated)
{
    if (widget())
        widget()->setEnabled(!isOutdated);
}

QWidget *PortalView::makeStep(int number, const registration::PortalStep &step)
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *row = new QWidget(this);
    auto *grid = new QGridLayout(row);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics.px(10));
    grid->setVerticalSpacing(metrics.px(4));
    grid->setColumnStretch(1, 1);
    auto *place = widgets::label(step.place, Look::strong, row);
    place->setWordWrap(true);
    auto *meaning = widgets::label(step.meaning, Look::smallMuted, row);
    meaning->setWordWrap(true);
    grid->addWidget(widgets::label(QString::number(number), Look::muted, row), 0, 0, Qt::AlignTop);
    grid->addWidget(place, 0, 1);
    grid->addWidget(meaning, 1, 1);
    int line = 2;
    for (const registration::PortalValue &value : step.values)
        grid->addLayout(makeValue(value, row), line++, 1);
    return row;
}

QLayout *PortalView::makeValue(const registration::PortalValue &value, QWidget *parent)
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *line = new QHBoxLayout;
    line->setSpacing(metrics.px(8));
    QLabel *name = widgets::label(value.label, Look::small, parent);
    name->setObjectName(u"portalLabel"_s);
    name->setWordWrap(true);
    auto *text = new widgets::ValueLabel(QString(), Look::mono, parent);
    text->setObjectName(u"portalValue"_s);
    text->setWordWrap(true);
    text->setBreakableText(value.value);
    text->setAccessibleName(value.label + u": "_s + value.value);
    widgets::setTone(*text, u"value"_s);
    QToolButton *copy = widgets::toolButton(u"copy"_s, tr("Copy “%1”").arg(value.label), parent);
    copy->setObjectName(u"copyValue"_s);
    connect(copy, &QToolButton::clicked, this, [this, value] {
        QApplication::clipboard()->setText(value.value);
        Q_EMIT valueCopied(value.label);
    });
    line->addWidget(text, 1);
    line->addWidget(copy);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(name);
    column->addLayout(line);
    return column;
}

} // namespace bookdesk::pages
