/// BooksFilter: the rows that match the search, in the order of a column.
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace bookdesk::pages {

class BooksModel;

/// Every word of the search must occur somewhere in the row. Rows without a value stay last in both directions.
/// GUI thread.
class BooksFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    /// @param model must outlive the filter.
    explicit BooksFilter(BooksModel &model, QObject *parent = nullptr);

    void setSearch(const QString &search);

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    const BooksModel &m_model;
    QStringList m_words;
};

} // namespace bookdesk::pages
