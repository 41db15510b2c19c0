/// ScopeBanner: gets a scope that an endpoint needs and the token lacks, and says how far that has come.
#pragma once

#include "widgets/banner.h"
#include "workspace/desk.h"

#include <QPointer>
#include <QStringList>

namespace bookdesk::pages {

/// Shown from the person's wish until the scope is there, or for as long as it takes to read why it is not. GUI thread.
class ScopeBanner : public widgets::Banner
{
    Q_OBJECT

public:
    explicit ScopeBanner(QWidget *parent = nullptr);

    /// What was under way for another desk is no longer shown.
    void setDesk(workspace::Desk *desk);
    /// *Get this scope*
    void get(const QStringList &scopes);
    bool isUnderWay() const { return m_isUnderWay; }

Q_SIGNALS:
    /// The token carries the scopes, as far as can be seen; the banner is hidden after that.
    void got();
    /// It began or ended.
    void underWayChanged();

private:
    void reset();
    void showProgress();
    void followAttempt();
    void finish(const Result<void> &result);
    void showFailure(const Result<void> &result);
    void setUnderWay(bool isUnderWay);
    identity::SignIn *attempt() const;

    QPointer<workspace::Desk> m_desk;
    QStringList m_scopes;
    bool m_isUnderWay = false;
    bool m_hadLink = false; ///< When it was shown last.
    int m_generation = 0;
};

} // namespace bookdesk::pages
