#include "pages/books/delete-dialog.h"

#include "core/text.h"
#include "widgets/key-value-rows.h"

#include <vector>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::KeyValue;
using widgets::Look;

namespace {

std::vector<KeyValue> rowsOf(const DeleteQuestion &question)
{
    // One line each, so that a line feed in a name cannot pass for another row.
    constexpr qsizetype longestId = 1'000;
    std::vector<KeyValue> rows{{DeleteDialog::tr("Book"), visible(question.book), Look::strong},
                               {DeleteDialog::tr("ID"), visible(shortened(question.bookId, longestId)), Look::mono},
                               {DeleteDialog::tr("Account"), visible(question.account), Look::body},
                               {DeleteDialog::tr("Connection"), visible(question.connection), Look::body},
                               {DeleteDialog::tr("API"), visible(question.api), Look::mono},
                               {DeleteDialog::tr("Expect"), question.prediction, Look::body}};
    if (!question.warning.isEmpty())
        rows.push_back({DeleteDialog::tr("Warning"), question.warning, Look::body});
    return rows;
}

QWidget *detailsOf(const DeleteQuestion &question)
{
    auto *rows = new widgets::KeyValueRows;
    rows->setRows(rowsOf(question));
    return rows;
}

} // namespace

DeleteDialog::DeleteDialog(const DeleteQuestion &question, QWidget *parent)
    : QuestionDialog({.title = tr("Try to delete"),
                      .question = tr("Try to delete this book?"),
                      .text = tr("This sends a real request to the API. If the API allows it, the book is deleted for "
                                 "everyone."),
                      .confirm = tr("Try to delete"),
                      .icon = u"trash"_s,
                      .look = widgets::ButtonLook::danger},
                     detailsOf(question), parent)
{
    setObjectName(u"confirmDelete"_s);
}

} // namespace bookdesk::pages
