/// OutcomePanel: what a call led to, why, and what to do. Stays until it is closed.
#pragma once

#include "books/api-outcome.h"
#include "books/prediction.h"
#include "widgets/fitting-area.h"

#include <chrono>
#include <optional>

class QPushButton;

namespace bookdesk::widgets {

class Banner;
class Countdown;

/// What the panel shows. A plain value.
struct ShownOutcome
{
    books::ApiOutcome outcome = {};
    books::Prediction prediction = {}; ///< As it was before the call.
    QString text = {};                 ///< Follows the outcome's own explanation.
    QString note = {};                 ///< The result of *Get fresh token*; may be empty.
    bool canBeRetried = false;         ///< A read that may be repeated: offers *Retry*.
    bool isListOutdated = false;       ///< A deletion after which the list may be wrong: offers *Reload*.
    /// Counts down in the headline until the call can be tried again; nothing for no countdown.
    std::optional<std::chrono::milliseconds> wait = {};
    /// After the wait retryDue is emitted; until then *Try now* and *Cancel* are offered.
    bool isTriedByItself = false;
};

/// Scrolls where a small window has no room for all of it. GUI thread.
class OutcomePanel : public FittingArea
{
    Q_OBJECT

public:
    explicit OutcomePanel(QWidget *parent = nullptr);

    void show(const ShownOutcome &shown);
    /// Adds or replaces the note; the rest stays.
    void setNote(const QString &note);
    /// Ends the countdown: the call is made now.
    void endWait();
    /// Nothing is tried by itself any more; what the server asked for is still counted down.
    void cancelWait();
    void close();
    /// Hides it and forgets its text, which is about a person.
    void forget();
    void takeFocus();

    /// The countdown runs.
    bool isWaiting() const;
    const ShownOutcome &shown() const { return m_shown; }
    const Banner &banner() const { return *m_banner; }

Q_SIGNALS:
    void freshTokenAsked();
    /// *Sign in again* was chosen.
    void signInAsked();
    /// *Reload* was chosen.
    void reloadAsked();
    void adminRequestAsked();
    void exchangeAsked();
    void retryAsked();
    /// The countdown to a call that is tried by itself has ended.
    void retryDue();
    /// The withheld token is to be sent.
    void sendAnywayAsked();
    void closed();
    /// Another outcome is shown.
    void outcomeShown();

private:
    void addButtons();
    /// Adds the button that does what the panel advises.
    QPushButton *addAction(const QString &text, const QString &icon, const QString &name,
                           void (OutcomePanel::*signal)());
    void addRetryButtons();
    void addGrantButtons();
    void addDetailsButton();
    void addChip();
    QString headline() const;
    void showTimeLeft();
    void finishWait();

    ShownOutcome m_shown;
    Banner *m_banner;
    Countdown *m_countdown;
    QPushButton *m_freshToken = nullptr;
    QPushButton *m_cancelWait = nullptr; ///< Hidden once there is nothing to wait for.
};

} // namespace bookdesk::widgets
