/// TokenFindings: what is known about one token: verdict, lifetime, checks, scopes and roles, claims.
#pragma once

#include "books/diagnosis.h"
#include "core/clock.h"
#include "jose/claim-meanings.h"
#include "jose/grants.h"
#include "jose/verify.h"
#include "pages/token/grants-card.h"

#include <QWidget>

#include <functional>
#include <optional>

namespace bookdesk::widgets {
class Banner;
class LifeBar;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class ChecksList;
class ClaimsCard;

/// A token to show. A plain value.
struct ShownToken
{
    jose::InspectedToken token = {};
    jose::ClaimContext context = {};
    std::optional<jose::Grants> grants = {}; ///< Not for ID tokens.
    KnownGrants known = {};
    std::optional<TimePoint> from = {};
    std::optional<TimePoint> until = {};
    std::function<books::Diagnosis(const jose::Verification &)> diagnose = {};
    bool isJudgedAgain = true; ///< Its dates, as time goes by. An ID token counts when it arrives.

    jose::Verification verificationAt(TimePoint now) const;
};

/// GUI thread.
class TokenFindings : public QWidget
{
    Q_OBJECT

public:
    explicit TokenFindings(const Clock &clock, QWidget *parent = nullptr);

    void show(const ShownToken &shown);
    void clear();
    /// What depends on the time: the verdict, the checks' sentences, the claims' times.
    void updateTimes();

    const ShownToken &shown() const { return m_shown; }
    widgets::Banner *verdict() const { return m_verdict; }
    const widgets::LifeBar &life() const { return *m_life; }
    /// As the banner shows it; nothing where no token is shown.
    const std::optional<books::Diagnosis> &diagnosis() const { return m_diagnosis; }

Q_SIGNALS:
    /// The banner shows another diagnosis than before; buttons can be added to it.
    void diagnosed();
    void copyAsked(const bookdesk::Secret &text);

private:
    QWidget *makeChecks();

    const Clock m_clock;
    ShownToken m_shown;
    std::optional<books::Diagnosis> m_diagnosis;
    widgets::Banner *m_verdict;
    widgets::LifeBar *m_life;
    ChecksList *m_checks;
    GrantsCard *m_grants;
    ClaimsCard *m_claims;
};

} // namespace bookdesk::pages
