/// AdviceCard: what an error on the browser's page means, who has to act, and what to send or register.
#pragma once

#include "core/result.h"
#include "identity/sign-in-advice.h"
#include "widgets/card.h"

class QGridLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace bookdesk::widgets {
class Chip;
class FittingArea;
class IconLabel;
class KeyValueRows;
class ValueLabel;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

/// GUI thread.
class AdviceCard : public widgets::Card
{
    Q_OBJECT

public:
    explicit AdviceCard(QWidget *parent = nullptr);

    /// Says what to paste.
    void showHint();
    /// Shows the advice; a new headline is announced to screen readers.
    void show(const identity::SignInAdvice &advice);

    /// "AADSTS50105"; empty where there is no number.
    QString code() const;
    QString headline() const;
    QString message() const;

Q_SIGNALS:
    void anotherAccountAsked();

private:
    void addHead();
    void addFacts();
    QWidget *makeMessage();
    QWidget *makeValues();
    void addButtons();
    void setHead(const QString &icon, const QString &headline, const QString &explanation);
    void showValues(const std::vector<identity::AdviceValue> &values);
    void say(const QString &text);
    void askWhereToSave();
    void saveTo(const QString &path);

    widgets::IconLabel *m_icon;
    widgets::ValueLabel *m_headline;
    widgets::Chip *m_code;
    widgets::ValueLabel *m_explanation;
    QWidget *m_facts;
    widgets::ValueLabel *m_who;
    widgets::ValueLabel *m_whoNote;
    widgets::ValueLabel *m_where;
    QPlainTextEdit *m_text;
    QWidget *m_message;
    QWidget *m_values;
    QGridLayout *m_rows;
    QLabel *m_outcome;
    widgets::KeyValueRows *m_details;
    widgets::FittingArea *m_area;
    QPushButton *m_showDetails;
};

} // namespace bookdesk::pages
