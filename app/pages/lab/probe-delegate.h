/// ProbeDelegate: rows of probes and groups as in the UI specification: chevrons, chips, a loud finding.
#pragma once

#include "widgets/row-delegate.h"

namespace bookdesk::pages {

class ProbesModel;

/// For a ProbesTree, whose groups span all columns. GUI thread.
class ProbeDelegate : public widgets::RowDelegate
{
    Q_OBJECT

public:
    /// @param model must outlive the delegate.
    ProbeDelegate(const ProbesModel &model, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintGroup(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintProbe(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;

    const ProbesModel &m_model;
};

} // namespace bookdesk::pages
