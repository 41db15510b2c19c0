/// BookDetail: every field of the selected book, and *Try to delete…*.
#pragma once

#include "books/book.h"
#include "widgets/card.h"

#include <optional>

class QLabel;
class QPushButton;
class QScrollArea;

namespace bookdesk::widgets {
class KeyValueRows;
class ValueLabel;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

/// GUI thread.
class BookDetail : public widgets::Card
{
    Q_OBJECT

public:
    explicit BookDetail(QWidget *parent = nullptr);

    void setBook(const std::optional<books::Book> &book);
    /// The predicted answer to a deletion, and a warning, if any.
    void setPrediction(const QString &sentence);

    /// The book is being deleted: it cannot be tried again until that has ended.
    void setDeleting(bool isDeleting);
    /// Its deletion waits for the person: it cannot be tried again until that has ended.
    void setWaiting(bool isWaiting);

    const widgets::KeyValueRows &rows() const { return *m_rows; }
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void deleteAsked();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QScrollArea *makeFields();
    void showBook();
    void showButton();

    std::optional<books::Book> m_book;
    bool m_isDeleting = false;
    bool m_isWaiting = false;
    widgets::ValueLabel *m_title;
    widgets::ValueLabel *m_author;
    widgets::KeyValueRows *m_rows;
    QPushButton *m_delete;
    QLabel *m_prediction;
};

/// The book's title, or its ID where it has none, as the API wrote it, but not longer than people read.
QString bookName(const books::Book &book);

} // namespace bookdesk::pages
