/// ProofPanel: what the API asks the person to prove before it answers a call, and the way there.
#pragma once

#include "widgets/fitting-area.h"

#include <vector>

class QBoxLayout;
class QFrame;
class QHBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace bookdesk::widgets {
class IconLabel;
class KeyValueRows;
class StepRow;
class ValueLabel;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class KeptCall;

/// Shown as long as a call is kept, and after it was dropped for lack of time until it is closed. GUI thread.
class ProofPanel : public widgets::FittingArea
{
    Q_OBJECT

public:
    /// @param kept outlives this.
    explicit ProofPanel(KeptCall &kept, QWidget *parent = nullptr);

    /// Moves the focus to what can be done.
    void takeFocus();
    QString headline() const;
    QString text() const;
    QString timeLeft() const;
    /// What the server said.
    QString challenge() const;
    const widgets::KeyValueRows &rows() const { return *m_rows; }
    const std::vector<widgets::StepRow *> &steps() const { return m_steps; }

Q_SIGNALS:
    void exchangeAsked();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QHBoxLayout *makeHead();
    QBoxLayout *makeFacts();
    void arrange();
    QVBoxLayout *makeButtons();
    QPushButton *addButton(QPushButton *button, const QString &name, void (ProofPanel::*action)());
    void refresh();
    void showState();
    void showProgress();
    void showTime();
    void showButtons();
    void prove();
    void cancel();
    void openAgain();
    void copyLink();
    void drop();

    KeptCall &m_kept;
    widgets::ValueLabel *m_headline;
    widgets::IconLabel *m_clock;
    widgets::ValueLabel *m_left;
    widgets::ValueLabel *m_text;
    widgets::KeyValueRows *m_rows;
    QFrame *m_divider;
    QBoxLayout *m_facts = nullptr;
    std::vector<widgets::StepRow *> m_steps;
    std::vector<QPushButton *> m_buttons; ///< In the order of the layout.
    QPushButton *m_prove = nullptr;
    QPushButton *m_drop = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_link = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace bookdesk::pages
