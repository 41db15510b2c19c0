/// StepDelegate: a step's code, with values and commands in colours, and the number and sentence of what it does.
#pragma once

#include "widgets/row-delegate.h"

#include <QTextLayout>

namespace bookdesk::pages {

/// Rows are as high as their text. GUI thread.
class StepDelegate : public widgets::RowDelegate
{
    Q_OBJECT

public:
    using RowDelegate::RowDelegate;

    /// Everything in grey: it is of the form as it was.
    void setOutdated(bool isOutdated) { m_isOutdated = isOutdated; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// All of the text is shown, so that there is no tool tip.
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    /// Of the text alone; a step's number is before it.
    QRect placeOfText(const QStyleOptionViewItem &option, const QModelIndex &index) const;
    QList<QTextLayout::FormatRange> formatsOf(const QStyleOptionViewItem &option, const QModelIndex &index) const;

    bool m_isOutdated = false;
};

} // namespace bookdesk::pages
