/// BooksModel: the API's books as table rows, with every field searchable.
#pragma once

#include "books/book.h"

#include <QAbstractTableModel>
#include <QFont>

#include <vector>

namespace bookdesk::pages {

/// Text from the server is shown as plain text with control characters made visible. GUI thread.
class BooksModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { titleColumn, authorColumn, yearColumn, isbnColumn, columnsEnd };
    enum Role {
        sortRole = Qt::UserRole + 1, ///< The text to sort by; a number for years, invalid where there is nothing.
        searchRole,                  ///< Every text of the row, folded by searchText().
    };

    explicit BooksModel(QObject *parent = nullptr);

    void setBooks(std::vector<books::Book> books);
    /// Removes the first row with this ID.
    void removeBook(const QString &id);
    const books::Book &book(int row) const { return m_rows[static_cast<std::size_t>(row)].book; }
    /// The first row with this ID, or -1.
    int rowOf(const QString &id) const;
    /// Greyed out while newer rows are being loaded.
    void setGreyed(bool isGreyed);
    void setIsbnFont(const QFont &font) { m_isbnFont = font; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        books::Book book;
        QString search;
    };

    std::vector<Row> m_rows;
    QFont m_isbnFont;
    bool m_isGreyed = false;
};

/// The first number in @p text ("c. 1868", "-500", "1868–69"), or nothing.
QVariant yearNumber(const QString &text);

} // namespace bookdesk::pages
