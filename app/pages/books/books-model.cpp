#include "pages/books/books-model.h"

#include "core/text.h"

#include <QBrush>
#include <QGuiApplication>
#include <QPalette>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

const QString &cellText(const books::Book &book, int column)
{
    switch (column) {
    case BooksModel::authorColumn:
        return book.author;
    case BooksModel::yearColumn:
        return book.year;
    case BooksModel::isbnColumn:
        return book.isbn;
    default:
        return book.title;
    }
}

/// Longer than any column is wide. Texts are shortened before they are looked at: each cell is asked for with every
/// painting, and a server may send megabytes.
constexpr qsizetype longestCell = 500;

QString shownCell(const QString &text) { return visible(shortened(text, longestCell)); }

} // namespace

BooksModel::BooksModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

void BooksModel::setBooks(std::vector<books::Book> books)
{
    beginResetModel();
    m_rows.clear();
    m_rows.reserve(books.size());
    for (books::Book &book : books) {
        QString search = book.search.isEmpty() ? books::searchTextOf(book) : std::exchange(book.search, {});
        m_rows.push_back({std::move(book), std::move(search)});
    }
    m_isGreyed = false;
    endResetModel();
}

void BooksModel::removeBook(const QString &id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

int BooksModel::rowOf(const QString &id) const
{
    const auto found = std::ranges::find_if(m_rows, [&id](const Row &row) { return row.book.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void BooksModel::setGreyed(bool isGreyed)
{
    if (m_isGreyed == isGreyed)
        return;
    m_isGreyed = isGreyed;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnsEnd - 1), {Qt::ForegroundRole});
}

int BooksModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BooksModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columnsEnd; }

QVariant BooksModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    const QString &text = cellText(row.book, index.column());
    switch (role) {
    case Qt::DisplayRole:
        return shownCell(text);
    case Qt::AccessibleTextRole:
        return text.isEmpty() ? tr("no entry") : shownCell(text);
    case Qt::TextAlignmentRole:
        return QVariant((index.column() == yearColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::FontRole:
        return index.column() == isbnColumn ? QVariant(m_isbnFont) : QVariant();
    case Qt::ForegroundRole:
        return m_isGreyed ? QVariant(QGuiApplication::palette().brush(QPalette::Disabled, QPalette::Text)) : QVariant();
    case sortRole:
        if (index.column() == yearColumn)
            return yearNumber(text.left(longestCell));
        return text.isEmpty() ? QVariant() : QVariant(text.left(longestCell));
    case searchRole:
        return row.search;
    default:
        return {};
    }
}

QVariant BooksModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == yearColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case titleColumn:
        return tr("Title");
    case authorColumn:
        return tr("Author");
    case yearColumn:
        return tr("Year");
    case isbnColumn:
        return tr("ISBN");
    default:
        return {};
    }
}

QVariant yearNumber(const QString &text)
{
    static const QRegularExpression number(u"(?<![\\d–-])-?\\d{1,9}|\\d{1,9}"_s);
    const QRegularExpressionMatch match = number.match(text);
    return match.hasMatch() ? QVariant(match.captured().toInt()) : QVariant();
}

} // namespace bookdesk::pages
