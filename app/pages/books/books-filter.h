/// BooksFilter: the rows that match the search, sorted as people expect.
#pragma once

#include <QCollator>
#include <QSortFilterProxyModel>
#include <QStringList>

namespace bookdesk::pages {

/// Every word of the search must occur somewhere in the row. Rows without a value stay last in both directions.
/// GUI thread.
class BooksFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit BooksFilter(QObject *parent = nullptr);

    void setSearch(const QString &search);

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QCollator m_collator;
    QStringList m_words;
};

} // namespace bookdesk::pages
