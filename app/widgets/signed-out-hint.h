/// SignedOutHint: what a page shows while nobody is signed in.
#pragma once

#include <QWidget>

namespace bookdesk::widgets {

/// GUI thread.
class SignedOutHint : public QWidget
{
    Q_OBJECT

public:
    /// @param text what will be here: "The books come from the API once you are signed in."
    explicit SignedOutHint(const QString &text, QWidget *parent = nullptr);

Q_SIGNALS:
    void signInAsked();
};

} // namespace bookdesk::widgets
