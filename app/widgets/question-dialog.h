/// QuestionDialog: asks before something is done that cannot be taken back.
#pragma once

#include "widgets/buttons.h"

#include <QDialog>
#include <QString>

namespace bookdesk::widgets {

/// Texts that are our own.
struct Question
{
    QString title; ///< Of the window.
    QString question;
    QString text;
    QString confirm; ///< The button's.
    QString icon{};  ///< Of the same button; may be empty.
    ButtonLook look = ButtonLook::plain;
};

/// As large as its text; Cancel is the default. It deletes itself when it is closed. GUI thread.
class QuestionDialog : public QDialog
{
    Q_OBJECT

public:
    /// @param details goes below the text, and may be null.
    QuestionDialog(const Question &question, QWidget *details, QWidget *parent);
};

} // namespace bookdesk::widgets
