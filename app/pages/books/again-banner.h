/// AgainBanner: the session is over, and what waits for the person to sign in again.
#pragma once

#include "widgets/banner.h"

#include <QPointer>

namespace bookdesk::pages {

class KeptCall;

/// Shown as long as a call waits for a sign-in, and after it was dropped for lack of time until it is closed. GUI
/// thread.
class AgainBanner : public widgets::Banner
{
    Q_OBJECT

public:
    /// @param kept outlives this.
    explicit AgainBanner(KeptCall &kept, QWidget *parent = nullptr);

    /// "14:10": when the rows came that stay visible; empty where there are none.
    void setRowsFrom(const QString &time) { m_rowsFrom = time; }
    /// Moves the focus to what can be done.
    void focusAction();

Q_SIGNALS:
    /// *Sign in again* was chosen, and nothing waits any more.
    void signInAsked();

private:
    void refresh();
    void addButtons();
    QPushButton *addSignIn();
    void showTime();
    QString said() const;

    KeptCall &m_kept;
    QString m_rowsFrom;
    QPointer<QPushButton> m_action;
};

} // namespace bookdesk::pages
