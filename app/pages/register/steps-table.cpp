#include "pages/register/steps-table.h"

#include "pages/register/step-delegate.h"
#include "pages/register/steps-model.h"
#include "widgets/column-shares.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

StepsTable::StepsTable(QWidget *parent)
    : TallRowsTable(parent)
    , m_steps(new StepsModel(this))
    , m_delegate(new StepDelegate(this))
{
    setObjectName(u"registrationSteps"_s);
    setAccessibleName(tr("Steps"));
    setProperty("flush", true);
    setModel(m_steps);
    setItemDelegate(m_delegate);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Its width is taken from the start: rows that become higher would let it cover the last column.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setWordWrap(true);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    new widgets::ColumnShares(this, {64, 36});
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, &StepsTable::fitRows);
}

void StepsTable::setSteps(const std::vector<registration::Step> &steps)
{
    const int place = verticalScrollBar()->value();
    m_steps->setSteps(steps);
    fitRows();
    verticalScrollBar()->setValue(place);
}

void StepsTable::setOutdated(bool isOutdated)
{
    m_delegate->setOutdated(isOutdated);
    viewport()->update();
}

void StepsTable::resizeEvent(QResizeEvent *event)
{
    TallRowsTable::resizeEvent(event);
    fitRows();
}

/// Qt would copy the cell, which may be what the step does.
void StepsTable::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Copy))
        return TallRowsTable::keyPressEvent(event);
    copyStep();
    event->accept();
}

void StepsTable::fitRows() { resizeRowsToContents(); }

void StepsTable::copyStep()
{
    if (!currentIndex().isValid())
        return;
    QApplication::clipboard()->setText(currentIndex().siblingAtColumn(StepsModel::codeColumn).data().toString());
    Q_EMIT stepCopied();
}

} // namespace bookdesk::pages
