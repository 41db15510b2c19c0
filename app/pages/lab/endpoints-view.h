/// EndpointsView: the tab *Endpoints*: what the token should be allowed, and what the API really does.
#pragma once

#include "books/scope-offer.h"
#include "workspace/desk.h"

#include <QDeadlineTimer>
#include <QMap>
#include <QPointer>
#include <QWidget>

#include <chrono>
#include <cstdint>
#include <optional>

class QLabel;
class QPushButton;

namespace bookdesk::widgets {
class Banner;
class ElidedLabel;
class ThinBar;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class EndpointDetail;
class EndpointsTable;
class ScopeBanner;

/// GUI thread.
class EndpointsView : public QWidget
{
    Q_OBJECT

public:
    /// @param limit how long a refused call can be sent again.
    explicit EndpointsView(QWidget *parent = nullptr, std::chrono::milliseconds limit = std::chrono::minutes(5));

    /// Nobody is signed in where there is no desk.
    void setDesk(workspace::Desk *desk);
    /// Fetches the API's document, once for each desk; later with *Reload*.
    void loadOnce();

    /// *Run all safe calls* and, in its place while they run, *Stop*; for the page's header.
    QWidget *actions() const { return m_actions; }
    EndpointsTable &table() const { return *m_table; }
    const EndpointDetail &detail() const { return *m_detail; }
    const ScopeBanner &scopes() const { return *m_scopes; }
    const widgets::Banner &problem() const { return *m_problem; }

    void reload();
    void runSafe();
    void stop();

Q_SIGNALS:
    void exchangeAsked(std::int64_t id);

private:
    /// A call that was refused for lack of a scope, with its values.
    struct RefusedCall
    {
        books::AccessRule rule;
        QMap<QString, QString> values;
        QDeadlineTimer until; ///< No longer may it be sent again.
    };

    void makeActions();
    QWidget *makeCard();
    void connectParts();
    lab::EndpointRun *endpoints() const;
    void showAll();
    void showSubtitle();
    void showProblem();
    void showSelected();
    books::ScopeOffer offerFor(const lab::EndpointResult &endpoint) const;
    void getScopes();
    bool isMeant(const RefusedCall &call) const;
    void sendAgain();
    void run(int row);
    void call(const books::AccessRule &rule, const QMap<QString, QString> &values);
    void followCall(const books::AccessRule &rule, const QMap<QString, QString> &values);
    void reportCall(const books::AccessRule &rule);
    void reportSafe(const lab::SafeCalls &calls);
    void editRule(const books::AccessRule &rule);
    void removeRule();

    QPointer<workspace::Desk> m_desk;
    QPointer<workspace::Desk> m_loadedFor;
    QWidget *m_actions;
    QPushButton *m_run;
    QPushButton *m_stop;
    QPushButton *m_reload;
    QPushButton *m_add;
    QPushButton *m_leftOut;
    widgets::ElidedLabel *m_subtitle;
    widgets::ThinBar *m_bar;
    widgets::Banner *m_problem;
    ScopeBanner *m_scopes;
    EndpointsTable *m_table;
    EndpointDetail *m_detail;
    QLabel *m_note;
    std::chrono::milliseconds m_limit;
    std::optional<RefusedCall> m_refused; ///< The last call: sent again, once, when the scope is there.
};

} // namespace bookdesk::pages
