/// NetworkCard: which proxy requests go through.
#pragma once

#include "widgets/card.h"

class QLabel;
class QLineEdit;
class QRadioButton;
class QSpinBox;

namespace bookdesk::workspace {
class Workspace;
}

namespace bookdesk::pages {

/// Says what the choice means for the connection in use. GUI thread.
class NetworkCard : public widgets::Card
{
    Q_OBJECT

public:
    /// @param workspace must outlive the card.
    explicit NetworkCard(workspace::Workspace &workspace, QWidget *parent = nullptr);

    /// What is said about the connection in use.
    void showEffect();

private:
    QWidget *makeManualRow();
    void showSettings();
    void choose(const QString &source);
    void keepHost();

    workspace::Workspace &m_workspace;
    QRadioButton *m_system;
    QRadioButton *m_none;
    QRadioButton *m_manual;
    QLabel *m_effect;
    QLineEdit *m_host;
    QSpinBox *m_port;
    QLabel *m_hint;
};

} // namespace bookdesk::pages
