#include "pages/books/books-filter.h"

#include "core/text.h"
#include "pages/books/books-model.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

BooksFilter::BooksFilter(BooksModel &model, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setDynamicSortFilter(true);
    setSourceModel(&model);
}

void BooksFilter::setSearch(const QString &search)
{
    QStringList words = searchText(search.simplified()).split(u' ', Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = std::move(words);
    invalidateFilter();
}

bool BooksFilter::filterAcceptsRow(int sourceRow, const QModelIndex &) const
{
    const QString &text = m_model.book(sourceRow).search;
    return std::ranges::all_of(m_words, [&text](const QString &word) { return text.contains(word); });
}

bool BooksFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const std::uint32_t leftPlace = m_model.place(left.row(), left.column());
    const std::uint32_t rightPlace = m_model.place(right.row(), right.column());
    const bool isOnlyOne = (leftPlace == books::Places::none) != (rightPlace == books::Places::none);
    return isOnlyOne && sortOrder() == Qt::DescendingOrder ? leftPlace > rightPlace : leftPlace < rightPlace;
}

} // namespace bookdesk::pages
