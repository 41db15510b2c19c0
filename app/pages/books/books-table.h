/// BooksTable: the list of books, with searching, sorting and a text for an empty list.
#pragma once

#include "books/book.h"

#include <QStringList>
#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QStackedLayout;
class QTableView;

namespace bookdesk::widgets {
class ThinBar;
}

namespace bookdesk::pages {

class BooksFilter;
class BooksModel;

/// GUI thread.
class BooksTable : public QWidget
{
    Q_OBJECT

public:
    explicit BooksTable(QWidget *parent = nullptr);

    /// Sets the rows; the selected book stays selected if it is still there.
    void setBooks(std::shared_ptr<const books::BookList> list);
    /// Removes one book and selects its neighbour.
    void removeBook(const QString &id);
    /// Shows no rows, but why there are none.
    void clear(const QString &reason);
    /// Another person: no rows, and no book is selected later.
    void forget();
    /// Greys out the rows under a thin bar; they remain.
    void setLoading(bool isLoading);
    void setSearch(const QString &search);
    /// The rows of these books say that they are being deleted.
    void setDeleting(const QStringList &ids);
    /// The deletion of this book waits for the person; empty for none.
    void setWaiting(const QString &id);

    std::optional<books::Book> selectedBook() const;
    /// The ID of the book that is selected, or would be without the search; empty for none.
    QString selectedId() const;
    /// Selects that book as soon as it is in the list.
    void selectLater(const QString &id) { m_wantedId = id; }
    int total() const;
    int shown() const;
    QTableView *view() const { return m_view; }

Q_SIGNALS:
    void selectionChanged();
    /// Rows were added, removed or filtered.
    void countChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setUpView();
    /// Sorts as last time, and remembers what is chosen.
    void setUpSorting();
    void select(const QString &id);
    void showRowsOrReason();

    BooksModel *m_model;
    BooksFilter *m_filter;
    QTableView *m_view;
    widgets::ThinBar *m_bar;
    QLabel *m_message;
    QStackedLayout *m_stack;
    QString m_reason;
    QString m_wantedId; ///< To be selected once it is in the list.
    QString m_hiddenId; ///< The book that was selected until a search hid it.
    bool m_isLoading = false;
};

} // namespace bookdesk::pages
