/// ProbesView: the tab *Probes*: tokens that a sound API must refuse, and what the API did with them.
#pragma once

#include "workspace/desk.h"

#include <QPointer>
#include <QWidget>

#include <cstdint>

class QLabel;
class QPushButton;
class QStackedLayout;

namespace bookdesk::widgets {
class Banner;
}

namespace bookdesk::pages {

class ProbeDetail;
class ProbesSummary;
class ProbesTree;

/// GUI thread.
class ProbesView : public QWidget
{
    Q_OBJECT

public:
    explicit ProbesView(QWidget *parent = nullptr);

    void setDesk(workspace::Desk *desk);

    /// *Run probes* or *Go on*, and *Stop* while they run; for the page's header.
    QWidget *actions() const { return m_actions; }
    ProbesTree &tree() const { return *m_tree; }
    const ProbeDetail &detail() const { return *m_detail; }
    lab::ProbeTotals totals() const;

    /// Asks first where the API is not on this computer.
    void run();
    void stop();

Q_SIGNALS:
    void exchangeAsked(std::int64_t id);
    void totalsChanged();
    /// What screen readers are told: findings, progress, totals.
    void announced(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeActions();
    QWidget *makeLists();
    void connectParts();
    workspace::Probes *probes() const;
    void showAll();
    void showResult(int number);
    void showControl();
    void showRunning();
    void showProgress();
    void showTotals();
    void showSelected();
    void start();
    void say(const QString &text);
    void speak(int number);
    void speakTotals();
    void copyFinding();

    QPointer<workspace::Desk> m_desk;
    int m_spokenQuarter = 0;
    bool m_wasRunning = false;
    QWidget *m_actions;
    QPushButton *m_run;
    QPushButton *m_stop;
    widgets::Banner *m_problem;
    widgets::Banner *m_unproven;
    ProbesSummary *m_summary;
    QStackedLayout *m_stack = nullptr;
    QLabel *m_empty;
    ProbesTree *m_tree;
    ProbeDetail *m_detail;
};

} // namespace bookdesk::pages
