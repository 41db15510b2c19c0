/// ClaimsCard: a token's claims with their meanings, its header, and the token as received.
#pragma once

#include "jose/verify.h"
#include "pages/token/claim-meanings.h"
#include "widgets/card.h"

class QLabel;
class QStackedWidget;
class QTabBar;
class QTableView;
class QToolButton;

namespace bookdesk::widgets {
class SearchField;
}

namespace bookdesk::pages {

class ClaimsFilter;
class ClaimsModel;
class RawTokenView;

/// GUI thread.
class ClaimsCard : public widgets::Card
{
    Q_OBJECT

public:
    enum View { claimsView, headerView, rawView };

    explicit ClaimsCard(QWidget *parent = nullptr);

    void setToken(const jose::InspectedToken &token, const ClaimContext &context, TimePoint now);
    void clear();
    /// Meanings name times relative to now.
    void updateTimes(TimePoint now);

    QTabBar *views() const { return m_views; }
    QTableView *table() const { return m_table; }
    RawTokenView *raw() const { return m_raw; }

Q_SIGNALS:
    void tokenCopyAsked();

private:
    void setUpTable();
    QLayout *makeTop();
    void showView();
    void copyShown();
    void fitRows();

    jose::InspectedToken m_token;
    ClaimContext m_context;
    TimePoint m_now;
    ClaimsModel *m_model;
    ClaimsFilter *m_filter;
    QTabBar *m_views;
    widgets::SearchField *m_search;
    QToolButton *m_copy;
    QTableView *m_table;
    RawTokenView *m_raw;
    QLabel *m_message;
    QStackedWidget *m_stack;
};

} // namespace bookdesk::pages
