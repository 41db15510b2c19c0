/// KeysDelegate: the rows of a table of keys: the key's ID in one line, its state as a chip.
#pragma once

#include "pages/token/wrapping-delegate.h"

namespace bookdesk::pages {

/// The first column has the ID, of which the tool tip has all, unless it is very long. GUI thread.
class KeysDelegate : public WrappingDelegate
{
    Q_OBJECT

public:
    /// Of a cell that is painted as a chip: whether the key is in use.
    static constexpr int isUsedRole = Qt::UserRole + 1;

    using WrappingDelegate::WrappingDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace bookdesk::pages
