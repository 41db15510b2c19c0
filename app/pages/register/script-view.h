/// ScriptView: all ways to carry a plan out, one on each tab.
#pragma once

#include "registration/plan.h"
#include "registration/script.h"
#include "widgets/card.h"

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace bookdesk::widgets {
class Chip;
class ElidedLabel;
class IconLabel;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class PortalView;
class StepsTable;

/// GUI thread.
class ScriptView : public widgets::Card
{
    Q_OBJECT

public:
    enum class Tab { portal, az, graph, bicep, terraform };

    explicit ScriptView(QWidget *parent = nullptr);

    /// Shows a plan that has no problems.
    void setPlan(const registration::Plan &plan);
    /// The form has problems: what was shown last stays, in grey.
    void setIncomplete();
    /// Forgets what was shown.
    void clear();

    void showTab(Tab tab);
    /// The script of the tab that is shown; none for the portal, and while no plan was complete.
    const std::optional<registration::Script> &script() const { return m_script; }
    /// Writes it on another thread, and says how that went.
    void saveTo(const QString &path);
    /// Says below the tabs, and to screen readers, what happened.
    void say(const QString &text);
    /// The same of what went wrong.
    void sayFailure(const QString &text);

private:
    QWidget *makeBar();
    QWidget *makeIncompleteStrip();
    Tab tab() const;
    registration::Tool tool() const;
    void refresh();
    void showBar(bool isWhole);
    void showSaid(const QString &text, const QString &tone);
    void copy();
    void askWhereToSave();

    std::optional<registration::Plan> m_plan;
    std::optional<registration::Script> m_script;
    bool m_isOutdated = false;
    QTabBar *m_tabs;
    widgets::Chip *m_chip;
    widgets::ElidedLabel *m_file;
    QComboBox *m_graphTool;
    QPushButton *m_copy;
    QPushButton *m_save;
    QWidget *m_strip;
    QLabel *m_said;
    StepsTable *m_steps;
    PortalView *m_portal;
    QStackedWidget *m_stack;
};

} // namespace bookdesk::pages
