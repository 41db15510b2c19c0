/// ActivityPage: every exchange of the connection in use, in memory only and without secrets.
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "widgets/kept-states.h"
#include "widgets/page.h"
#include "workspace/desk.h"

#include <QPointer>
#include <QTimer>

#include <cstdint>

class QPushButton;
class QToolButton;

namespace bookdesk::widgets {
class Banner;
class PageHeader;
class SearchField;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class ExchangeDetail;
class ExchangesTable;
class RunningStrip;

/// Looks at the clock five times a second while it is visible and something is running. GUI thread.
class ActivityPage final : public widgets::Page
{
    Q_OBJECT

public:
    explicit ActivityPage(QWidget *parent = nullptr, Clock clock = systemNow);

    std::vector<widgets::KeyHelp> keys() const override;
    void setDesk(workspace::Desk *desk) override;

    /// "login": the exchanges with the sign-in server.
    void showPart(const QString &part) override;
    /// Selects an exchange and offers the way back. @param origin the title of the page that asked.
    void showExchange(std::int64_t id, const QString &origin);

    const ExchangesTable &table() const { return *m_table; }
    const ExchangeDetail &detail() const { return *m_detail; }
    const RunningStrip &strip() const { return *m_strip; }
    const widgets::Banner &notice() const { return *m_notice; }

public Q_SLOTS:
    void clear();
    /// Asks where to, then saves.
    void saveHar();
    void saveHarTo(const QString &path);

Q_SIGNALS:
    /// The person wants to return to where showExchange was asked for.
    void backAsked();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    /// What an account left here when another one was shown.
    struct Left
    {
        QString filter;
        std::int64_t selected = 0;
    };

    void keepLeft();
    void restoreLeft();
    void makeHeader();
    QWidget *makeContent();
    void connectParts();
    void showCount();
    void showRunning();
    void showSelected();
    void stop(std::int64_t id);
    void showSaved(const QString &path, const Result<void> &saved);
    void closeOrGoBack();

    Clock m_clock;
    QPointer<workspace::Desk> m_desk;
    widgets::KeptStates<Left> m_left; ///< By the desk.
    QTimer m_tick;

    widgets::PageHeader *m_header;
    QToolButton *m_back;
    widgets::SearchField *m_filter;
    QPushButton *m_save;
    QPushButton *m_clear;
    ExchangesTable *m_table;
    RunningStrip *m_strip;
    widgets::Banner *m_notice;
    ExchangeDetail *m_detail;
};

} // namespace bookdesk::pages
