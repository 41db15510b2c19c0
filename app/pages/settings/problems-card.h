/// ProblemsCard: *Check for problems*, versions and places, and *Copy for support*.
#pragma once

#include "core/clock.h"
#include "widgets/card.h"
#include "workspace/problem-check.h"
#include "workspace/support-facts.h"

#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace bookdesk::widgets {
class KeyValueRows;
}

namespace bookdesk::pages {

class ProblemRow;

/// Nothing is checked before a click. GUI thread.
class ProblemsCard : public widgets::Card
{
    Q_OBJECT

public:
    /// @param workspace must outlive the card.
    explicit ProblemsCard(workspace::Workspace &workspace, Clock clock, QWidget *parent = nullptr);

    /// Ends the check under way, if any.
    void cancel() { m_check->cancel(); }

Q_SIGNALS:
    /// Results are coming, or all are there.
    void resultsShown();

private:
    /// @param edge where a line sets it off from its neighbour: "top", "bottom" or empty.
    QVBoxLayout *addPart(const QString &edge);
    void addHead();
    void addProblemRows();
    void addFacts();
    void addFoot();
    std::vector<workspace::SupportFact> facts() const;
    void toggle();
    void showRow(std::size_t row);
    void showEnd();
    void offer(const QString &text, const QString &name);
    /// What was found with other settings is no longer true.
    void forget();
    /// The check is repeated once there is an answer.
    void askForLogin();
    void copy();

    workspace::Workspace &m_workspace;
    Clock m_clock;
    workspace::ProblemCheck *m_check;
    QLabel *m_time;
    QPushButton *m_run;
    std::vector<ProblemRow *> m_rows;
    QPushButton *m_logIn;
    widgets::KeyValueRows *m_facts;
    QLabel *m_copied;
};

} // namespace bookdesk::pages
