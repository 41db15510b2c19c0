#include "pages/books/books-filter.h"

#include "core/text.h"
#include "pages/books/books-model.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

BooksFilter::BooksFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    m_collator.setNumericMode(true);
    setSortRole(BooksModel::sortRole);
    setDynamicSortFilter(true);
}

void BooksFilter::setSearch(const QString &search)
{
    QStringList words = searchText(search.simplified()).split(u' ', Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = std::move(words);
    invalidateFilter();
}

bool BooksFilter::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    const QString text = sourceModel()->index(sourceRow, 0, sourceParent).data(BooksModel::searchRole).toString();
    return std::ranges::all_of(m_words, [&text](const QString &word) { return text.contains(word); });
}

bool BooksFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant leftValue = left.data(BooksModel::sortRole);
    const QVariant rightValue = right.data(BooksModel::sortRole);
    if (leftValue.isValid() != rightValue.isValid())
        return leftValue.isValid() == (sortOrder() == Qt::AscendingOrder);
    if (leftValue.metaType() == QMetaType::fromType<int>())
        return leftValue.toInt() < rightValue.toInt();
    return m_collator.compare(leftValue.toString(), rightValue.toString()) < 0;
}

} // namespace bookdesk::pages
