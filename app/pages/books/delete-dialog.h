/// DeleteDialog: asks for confirmation before a deletion, with everything that matters in plain text.
#pragma once

#include "widgets/question-dialog.h"

#include <QString>

namespace bookdesk::pages {

/// What the dialog shows. A plain value; texts may be untrusted.
struct DeleteQuestion
{
    QString book;
    QString bookId;
    QString account;
    QString connection;
    QString api;        ///< The API's address.
    QString prediction; ///< The predicted answer as a sentence.
    QString warning;    ///< May be empty.
};

/// GUI thread.
class DeleteDialog : public widgets::QuestionDialog
{
    Q_OBJECT

public:
    explicit DeleteDialog(const DeleteQuestion &question, QWidget *parent = nullptr);
};

} // namespace bookdesk::pages
