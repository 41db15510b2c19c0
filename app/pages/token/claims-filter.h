/// ClaimsFilter: the claims whose name, value or meaning contains the search text.
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace bookdesk::pages {

/// GUI thread.
class ClaimsFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setSearch(const QString &search);

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;

private:
    QStringList m_words;
};

} // namespace bookdesk::pages
