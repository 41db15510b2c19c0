/// SettingsPage: what a person can choose, and a check of what could be wrong.
#pragma once

#include "core/clock.h"
#include "widgets/page.h"

class QBoxLayout;
class QScrollArea;

namespace bookdesk::workspace {
class Workspace;
}

namespace bookdesk::pages {

class NetworkCard;
class ProblemsCard;

/// Changes apply at once. Two columns, or one in a narrow window. GUI thread.
class SettingsPage : public widgets::Page
{
    Q_OBJECT

public:
    /// @param workspace must outlive the page.
    explicit SettingsPage(workspace::Workspace &workspace, const Clock &clock, QWidget *parent = nullptr);

    std::vector<widgets::KeyHelp> keys() const override;
    void setDesk(workspace::Desk *desk) override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeColumns(const Clock &clock);
    void arrange();
    void showProblems();
    void askToReset();

    workspace::Workspace &m_workspace;
    QScrollArea *m_area;
    QBoxLayout *m_columns;
    NetworkCard *m_network;
    ProblemsCard *m_problems;
};

} // namespace bookdesk::pages
