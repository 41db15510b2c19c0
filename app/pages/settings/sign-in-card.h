/// SignInCard: the browser to sign in with, and how long a sign-in may take.
#pragma once

#include "widgets/card.h"

class QLabel;
class QLineEdit;
class QRadioButton;
class QSpinBox;

namespace bookdesk::workspace {
class Settings;
class Workspace;
} // namespace bookdesk::workspace

namespace bookdesk::pages {

/// A command is kept when its field is left and it can be started; until then the one before counts. GUI thread.
class SignInCard : public widgets::Card
{
    Q_OBJECT

public:
    /// @param workspace must outlive the card.
    explicit SignInCard(workspace::Workspace &workspace, QWidget *parent = nullptr);

private:
    QWidget *makeBrowserRow();
    QWidget *makeTimeRow();
    void showBrowser();
    void showTimeLimit();
    void chooseDefault();
    void chooseCommand();
    void keepCommand();

    workspace::Settings &m_settings;
    QRadioButton *m_default;
    QRadioButton *m_custom;
    QLineEdit *m_command;
    QLabel *m_complaint;
    QSpinBox *m_minutes;
};

} // namespace bookdesk::pages
