/// TokenPage: access token, ID token, a pasted token, and the keys that they are verified with.
#pragma once

#include "books/diagnosis.h"
#include "core/clock.h"
#include "pages/token/token-findings.h"
#include "widgets/kept-states.h"
#include "widgets/page.h"
#include "workspace/desk.h"
#include "workspace/desks.h"
#include "workspace/token-paste.h"

#include <QPointer>
#include <QTimer>

#include <optional>

class QPushButton;
class QStackedWidget;
class QTabBar;

namespace bookdesk::widgets {
class Banner;
class LifeBar;
class PageHeader;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class CompareView;
class KeysView;
class PasteCard;
class ReportView;
class SubPageStack;
class TokenCopier;

/// Looks at the clock once a second while it is visible. GUI thread.
class TokenPage final : public widgets::Page
{
    Q_OBJECT

public:
    enum Tab { accessTab, idTab, pasteTab, keysTab };

    explicit TokenPage(QWidget *parent = nullptr, Clock clock = systemNow, workspace::Desks desks = {});

    std::vector<widgets::KeyHelp> keys() const override;
    void setDesk(workspace::Desk *desk) override;
    /// "keys".
    void showPart(const QString &part) override;

    const widgets::Banner &verdict() const { return *m_findings->verdict(); }
    /// What the verdict says; nothing where no token is shown.
    const std::optional<books::Diagnosis> &diagnosis() const { return m_findings->diagnosis(); }
    const widgets::LifeBar &life() const { return m_findings->life(); }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeSignedOutHint();
    QWidget *makeTokenArea();
    QWidget *makeTabRow();
    void addActions();
    void connectParts();

    const identity::SignedIn *current() const;
    void showPerson();
    /// Shows what belongs to the chosen tab.
    void showTab();
    /// Where there is something to compare and to report.
    void enableActions();
    void showOwnToken();
    void showPaste();
    ShownToken accessToken() const;
    ShownToken idToken() const;
    ShownToken pastedToken() const;
    void pasteAnywhere();
    void addVerdictButtons();
    void copyForOwner();
    void say(const QString &text);
    void compareTokens();
    void reportToken();
    void reportComparison();
    template <class Report> void showReport(const Report &report, const QString &fileName);

    Clock m_clock;
    const workspace::Desks m_desks;
    QPointer<workspace::Desk> m_desk;
    widgets::KeptStates<std::optional<int>> m_tabsLeft; ///< By the desk, where another account was shown then.
    workspace::TokenPaste *m_paste;
    TokenCopier *m_copier;
    QTimer m_tick;

    widgets::PageHeader *m_header;
    QPushButton *m_refresh;
    QPushButton *m_compareButton;
    QPushButton *m_reportButton;
    SubPageStack *m_layers;
    QTabBar *m_tabs;
    QStackedWidget *m_stack;
    QWidget *m_hint;
    QWidget *m_tokenArea;
    PasteCard *m_pasteCard;
    TokenFindings *m_findings;
    KeysView *m_keys;
    CompareView *m_compare;
    ReportView *m_report;
};

} // namespace bookdesk::pages
