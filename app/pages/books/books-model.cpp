#include "pages/books/books-model.h"

#include "core/isolation.h"
#include "core/off-thread.h"
#include "core/text.h"

#include <QBrush>
#include <QGuiApplication>
#include <QPalette>

#include <algorithm>
#include <numeric>
#include <utility>

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

QString shownCell(const QString &text) { return isolated(shortened(text, longestCell)); }

} // namespace

BooksModel::BooksModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

void BooksModel::setBooks(std::shared_ptr<const books::BookList> list)
{
    beginResetModel();
    releaseOffThread(std::exchange(m_list, std::move(list)));
    m_rows.resize(m_list->books.size());
    std::iota(m_rows.begin(), m_rows.end(), std::size_t{0});
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
    const auto found =
        std::ranges::find_if(m_rows, [this, &id](std::size_t book) { return m_list->books[book].id == id; });
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

void BooksModel::setDeleting(const QStringList &ids)
{
    const QStringList changed = m_deleting + ids;
    m_deleting = ids;
    for (const QString &id : changed) {
        if (const int row = rowOf(id); row >= 0)
            Q_EMIT dataChanged(index(row, 0), index(row, columnsEnd - 1));
    }
}

void BooksModel::setWaiting(const QString &id)
{
    for (const QString &changed : {std::exchange(m_waiting, id), id}) {
        if (const int row = rowOf(changed); row >= 0)
            Q_EMIT dataChanged(index(row, 0), index(row, columnsEnd - 1));
    }
}

QString BooksModel::chip(const QModelIndex &index) const
{
    const bool isWaiting = index.column() == titleColumn && !m_waiting.isEmpty() && book(index.row()).id == m_waiting;
    return isWaiting ? tr("delete waits for you") : QString();
}

QString BooksModel::spokenText(const QModelIndex &index) const
{
    const QString shown = withoutIsolates(text(book(index.row()), index.column()));
    const QString waits = chip(index);
    if (!waits.isEmpty())
        return tr("%1, %2").arg(shown, waits);
    return shown.isEmpty() ? tr("no entry") : shown;
}

QString BooksModel::text(const books::Book &book, int column) const
{
    const QString shown = shownCell(cellText(book, column));
    const bool isBeingDeleted = column == titleColumn && !m_deleting.isEmpty() && m_deleting.contains(book.id);
    return isBeingDeleted ? tr("Deleting “%1”…").arg(shown) : shown;
}

std::uint32_t BooksModel::place(int row, int column) const
{
    const books::Places &places = book(row).places;
    switch (column) {
    case authorColumn:
        return places.author;
    case yearColumn:
        return places.year;
    case isbnColumn:
        return places.isbn;
    default:
        return places.title;
    }
}

/// Without QAbstractTableModel's checks, which take most of the time of sorting.
QModelIndex BooksModel::index(int row, int column, const QModelIndex &parent) const
{
    const bool isInside = row >= 0 && column >= 0 && column < columnsEnd && !parent.isValid() &&
                          static_cast<std::size_t>(row) < m_rows.size();
    return isInside ? createIndex(row, column) : QModelIndex();
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
    switch (role) {
    case Qt::DisplayRole:
        return text(book(index.row()), index.column());
    case Qt::AccessibleTextRole:
        return spokenText(index);
    case chipRole:
        return chip(index);
    case Qt::TextAlignmentRole:
        return QVariant((index.column() == yearColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::FontRole:
        return index.column() == isbnColumn ? QVariant(m_isbnFont) : QVariant();
    case Qt::ForegroundRole:
        return m_isGreyed ? QVariant(QGuiApplication::palette().brush(QPalette::Disabled, QPalette::Text)) : QVariant();
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

} // namespace bookdesk::pages
