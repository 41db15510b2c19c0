/// LabPage: the access lab: what the token should be allowed, what the API really does, and what it must refuse.
#pragma once

#include "widgets/kept-states.h"
#include "widgets/page.h"
#include "workspace/desk.h"

#include <QPointer>

#include <optional>

class QPushButton;
class QStackedLayout;
class QTabBar;

namespace bookdesk::widgets {
class Banner;
class Chip;
class PageHeader;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class EndpointsView;
class ProbesView;

/// GUI thread.
class LabPage final : public widgets::Page
{
    Q_OBJECT

public:
    enum Tab { endpointsTab, probesTab };

    explicit LabPage(QWidget *parent = nullptr);

    std::vector<widgets::KeyHelp> keys() const override;
    void setDesk(workspace::Desk *desk) override;

    EndpointsView &endpoints() const { return *m_endpoints; }
    ProbesView &probes() const { return *m_probes; }
    QTabBar &tabs() const { return *m_tabs; }

    /// Writes the report of what was done so far; JSON where the name ends in `.json`, else Markdown.
    void saveReport(const QString &path);

protected:
    void showEvent(QShowEvent *event) override;

private:
    /// What an account left here when another one was shown.
    struct Left
    {
        int tab = 0;
        std::optional<books::AccessRule> endpoint; ///< The selected one's: rules may have come or gone by then.
        int probe = -1;                            ///< The selected one's number, or -1.
    };

    void keepLeft();
    void restoreLeft();
    QWidget *makeContent();
    QWidget *makeTabs(QWidget *parent);
    void connectParts();
    bool isSignedIn() const;
    void showPerson();
    void showTab();
    void showTotals();
    void stop();
    void askWhereToSave();

    QPointer<workspace::Desk> m_desk;
    widgets::KeptStates<std::optional<Left>> m_left; ///< By the desk.
    widgets::PageHeader *m_header;
    QPushButton *m_report;
    QStackedLayout *m_stack;
    QTabBar *m_tabs;
    widgets::Chip *m_findings;
    widgets::Banner *m_saved;
    QStackedLayout *m_views = nullptr;
    EndpointsView *m_endpoints;
    ProbesView *m_probes;
};

} // namespace bookdesk::pages
