/// BooksModel: the API's books as table rows, with every field searchable.
#pragma once

#include "books/book.h"

#include <QAbstractTableModel>
#include <QFont>
#include <QStringList>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace bookdesk::pages {

/// Text from the server is shown as plain text with control characters made visible. GUI thread.
class BooksModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// The text of the chip behind a title; empty for none.
    static constexpr int chipRole = Qt::UserRole + 1;
    enum Column { titleColumn, authorColumn, yearColumn, isbnColumn, columnsEnd };
    explicit BooksModel(QObject *parent = nullptr);

    void setBooks(std::shared_ptr<const books::BookList> list);
    /// Removes the first row with this ID.
    void removeBook(const QString &id);
    const books::Book &book(int row) const { return m_list->books[m_rows[static_cast<std::size_t>(row)]]; }
    /// Where the row belongs when sorted by @p column, or books::Places::none.
    std::uint32_t place(int row, int column) const;
    /// The first row with this ID, or -1.
    int rowOf(const QString &id) const;
    /// Greyed out while newer rows are being loaded.
    void setGreyed(bool isGreyed);
    /// The titles of these books say that they are being deleted.
    void setDeleting(const QStringList &ids);
    /// The deletion of this book waits for the person; empty for none.
    void setWaiting(const QString &id);
    void setIsbnFont(const QFont &font) { m_isbnFont = font; }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const books::Book &book, int column) const;
    QString chip(const QModelIndex &index) const;
    QString spokenText(const QModelIndex &index) const;

    std::shared_ptr<const books::BookList> m_list = std::make_shared<books::BookList>();
    std::vector<std::size_t> m_rows; ///< Which book each row shows.
    QFont m_isbnFont;
    bool m_isGreyed = false;
    QStringList m_deleting; ///< IDs.
    QString m_waiting;      ///< An ID.
};

} // namespace bookdesk::pages
