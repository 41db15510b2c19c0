/// WordsFilter: the rows whose cells contain all words of a search.
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace bookdesk::widgets {

/// For tables of up to some thousand rows. GUI thread.
class WordsFilter : public QSortFilterProxyModel
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

} // namespace bookdesk::widgets
