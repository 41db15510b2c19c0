/// ClaimsCard: a token's claims with their meanings, its header, and the token as received.
#pragma once

#include "jose/claim-meanings.h"
#include "jose/verify.h"
#include "widgets/card.h"

class QLabel;
class QStackedWidget;
class QTabBar;
class QTableView;
class QToolButton;

namespace bookdesk::widgets {
class SearchField;
class WordsFilter;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class ClaimsModel;
class RawTokenView;

/// GUI thread.
class ClaimsCard : public widgets::Card
{
    Q_OBJECT

public:
    enum View { claimsView, headerView, rawView };

    explicit ClaimsCard(QWidget *parent = nullptr);

    void setToken(const jose::InspectedToken &token, const jose::ClaimContext &context, TimePoint now);
    void clear();
    /// Meanings name times relative to now.
    void updateTimes(TimePoint now);
    void setFailedClaims(const QStringList &names);

    QTabBar *views() const { return m_views; }
    QTableView *table() const { return m_table; }
    RawTokenView *raw() const { return m_raw; }

Q_SIGNALS:
    /// The token, or the part of it that is selected.
    void copyAsked(const bookdesk::Secret &text);

private:
    void setUpTable();
    QWidget *makeTop();
    void showView();
    void copyShown();
    void fitRows();

    jose::InspectedToken m_token;
    jose::ClaimContext m_context;
    TimePoint m_now;
    ClaimsModel *m_model;
    widgets::WordsFilter *m_filter;
    QTabBar *m_views;
    widgets::SearchField *m_search;
    QToolButton *m_copy;
    QTableView *m_table;
    RawTokenView *m_raw;
    QLabel *m_message;
    QStackedWidget *m_stack;
};

} // namespace bookdesk::pages
