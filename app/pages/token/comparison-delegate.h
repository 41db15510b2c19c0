/// ComparisonDelegate: the rows of a comparison: what was added is green, what was removed red, headings are bold.
#pragma once

#include "pages/token/wrapping-delegate.h"

namespace bookdesk::pages {

/// The words are the model's. GUI thread.
class ComparisonDelegate : public WrappingDelegate
{
    Q_OBJECT

public:
    enum Column { differenceColumn, claimColumn, aColumn, bColumn, meaningColumn };

    /// A row's books::Difference, in its first column; headings have none.
    static constexpr int differenceRole = Qt::UserRole + 1;
    /// Of a value in A or B the parts that the other lacks, a std::vector<books::TextSpan>.
    static constexpr int spansRole = Qt::UserRole + 2;
    /// Whether they differ because every token's times do.
    static constexpr int isTimeRole = Qt::UserRole + 3;
    /// What a heading says after its name, in its first column.
    static constexpr int subtitleRole = Qt::UserRole + 4;

    using WrappingDelegate::WrappingDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace bookdesk::pages
