/// TokenPage: the access token and the ID token: verdict, lifetime, checks, claims, scopes and roles.
#pragma once

#include "books/diagnosis.h"
#include "core/clock.h"
#include "pages/token/claim-meanings.h"
#include "pages/token/token-clipboard.h"
#include "widgets/page.h"
#include "workspace/desk.h"

#include <QPointer>
#include <QTimer>

#include <optional>

class QPushButton;
class QStackedLayout;
class QTabBar;

namespace bookdesk::widgets {
class Banner;
class LifeBar;
class PageHeader;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class ChecksList;
class ClaimsCard;
class GrantsCard;

/// Looks at the clock once a second while it is visible. GUI thread.
class TokenPage final : public widgets::Page
{
    Q_OBJECT

public:
    enum Tab { accessTab, idTab };

    explicit TokenPage(QWidget *parent = nullptr, Clock clock = systemNow);

    std::vector<widgets::KeyHelp> keys() const override;
    void setDesk(workspace::Desk *desk) override;

    const widgets::Banner &verdict() const { return *m_verdict; }
    /// What the verdict says; nothing where nobody is signed in.
    const std::optional<books::Diagnosis> &diagnosis() const { return m_diagnosis; }
    const widgets::LifeBar &life() const { return *m_life; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeSignedOutHint();
    QWidget *makeContent();
    QWidget *makeFindings();
    void connectParts();

    const identity::SignedIn *current() const;
    bool showsAccessToken() const;
    ClaimContext context() const;
    void showPerson();
    void showToken();
    /// Updates what depends on the time: the verdict, the checks' sentences, the claims' times.
    void showTimes();
    void showVerdict(const books::Diagnosis &diagnosis);
    void showLife();

    void copyForOwner();
    void askToCopyToken();
    void copyToken();

    Clock m_clock;
    QPointer<workspace::Desk> m_desk;
    int m_generation = 0;
    bool m_mayCopy = false; ///< Asked once in this session.
    jose::InspectedToken m_shown;
    std::optional<books::Diagnosis> m_diagnosis; ///< As the banner shows it.
    TokenClipboard m_clipboard;
    QTimer m_tick;

    widgets::PageHeader *m_header;
    QPushButton *m_refresh;
    QStackedLayout *m_stack;
    QTabBar *m_tabs;
    widgets::Banner *m_verdict;
    widgets::LifeBar *m_life;
    ChecksList *m_checks;
    GrantsCard *m_grants;
    ClaimsCard *m_claims;
};

} // namespace bookdesk::pages
