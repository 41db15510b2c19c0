/// ExchangesTable: the list of exchanges with its filter, or the reason why there is nothing in it.
#pragma once

#include "core/clock.h"

#include <QWidget>

#include <cstdint>

class QLabel;
class QStackedLayout;
class QTableView;

namespace bookdesk::net {
class ExchangeLog;
struct Exchange;
} // namespace bookdesk::net
namespace bookdesk::widgets {
class Card;
class WordsFilter;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class ExchangesModel;

/// Scrolls to a new row only where the last one was in sight. GUI thread.
class ExchangesTable : public QWidget
{
    Q_OBJECT

public:
    explicit ExchangesTable(const Clock &clock, QWidget *parent = nullptr);

    void setLog(net::ExchangeLog *log);
    void setSearch(const QString &search);
    /// Nothing where none is selected.
    const net::Exchange *selected() const;
    /// False where the filter hides it, or it is gone.
    bool select(std::int64_t id);

    /// Leaves out the round corners below, where something else goes on.
    void setAttached(bool isAttached);

    QTableView *view() const { return m_view; }
    ExchangesModel &model() const { return *m_model; }
    int shown() const;

Q_SIGNALS:
    void selectionChanged();
    /// Rows came, went or were filtered.
    void countChanged();

private:
    void setUpView();
    void followEnd();
    void copyCell();
    void showRowsOrReason();

    ExchangesModel *m_model;
    widgets::WordsFilter *m_filter;
    QTableView *m_view;
    widgets::Card *m_messageCard;
    QLabel *m_message;
    QStackedLayout *m_stack;
    bool m_isAtEnd = true;
};

} // namespace bookdesk::pages
