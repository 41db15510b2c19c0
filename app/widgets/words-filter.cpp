#include "widgets/words-filter.h"

#include "core/text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::widgets {

void WordsFilter::setSearch(const QString &search)
{
    m_words = searchText(search.simplified()).split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

bool WordsFilter::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    QStringList cells;
    for (int column = 0; column < sourceModel()->columnCount(sourceParent); ++column)
        cells += sourceModel()->index(sourceRow, column, sourceParent).data().toString();
    const QString text = searchText(cells.join(u'\n'));
    return std::ranges::all_of(m_words, [&text](const QString &word) { return text.contains(word); });
}

} // namespace bookdesk::widgets
