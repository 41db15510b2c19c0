/// OutcomePanel: what a call led to, why, and what to do. Stays until it is closed.
#pragma once

#include "books/api-outcome.h"
#include "books/prediction.h"

#include <QWidget>

class QPushButton;

namespace bookdesk::widgets {
class Banner;
}

namespace bookdesk::pages {

/// What the panel shows. A plain value.
struct ShownOutcome
{
    books::ApiOutcome outcome;
    books::Prediction prediction; ///< As it was before the call.
    QString text;                 ///< Follows the outcome's own explanation, or replaces it if that says little.
    QString note;                 ///< The result of *Get fresh token*; may be empty.
    bool canBeRetried = false;    ///< Offers *Retry*.
};

/// GUI thread.
class OutcomePanel : public QWidget
{
    Q_OBJECT

public:
    explicit OutcomePanel(QWidget *parent = nullptr);

    void show(const ShownOutcome &shown);
    /// Adds or replaces the note; the rest stays.
    void setNote(const QString &note);
    void close();
    /// Hides it and lets go of what it said, which is about a person.
    void forget();
    void takeFocus();

    const ShownOutcome &shown() const { return m_shown; }
    const widgets::Banner &banner() const { return *m_banner; }

Q_SIGNALS:
    void freshTokenAsked();
    void adminRequestAsked();
    void exchangeAsked();
    void retryAsked();
    /// The withheld token is to be sent.
    void sendAnywayAsked();
    void closed();

private:
    void addButtons();
    void addChip();

    ShownOutcome m_shown;
    widgets::Banner *m_banner;
    QPushButton *m_freshToken = nullptr;
};

} // namespace bookdesk::pages
