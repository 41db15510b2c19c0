/// KeepRow: whether sign-ins outlive the program, and why they cannot where they cannot.
#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;

namespace bookdesk::widgets {
class Banner;
}

namespace bookdesk::workspace {
class Workspace;
}

namespace bookdesk::pages {

/// Shows the setting and what became of the keychain. GUI thread.
class KeepRow : public QWidget
{
    Q_OBJECT

public:
    /// @param workspace must outlive the row.
    explicit KeepRow(workspace::Workspace &workspace, QWidget *parent = nullptr);

private:
    void choose(bool isChosen);
    void checkAgain();
    void followSetting();
    void showState();
    void showFailure();

    workspace::Workspace &m_workspace;
    bool m_wasTurnedOff = false; ///< Since the page was made.
    QCheckBox *m_keep;
    QPushButton *m_check;
    QLabel *m_hint;
    widgets::Banner *m_banner;
};

} // namespace bookdesk::pages
