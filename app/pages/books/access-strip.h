/// AccessStrip: what the signed-in account may do, and the claim that decides.
#pragma once

#include "books/prediction.h"
#include "pages/books/kept-call.h"
#include "widgets/card.h"

class QLabel;
class QPushButton;

namespace bookdesk::widgets {
class Chip;
class ElidedLabel;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

/// Which call waits.
enum class ProofAsker { nobody, list, lastDelete };

/// GUI thread.
class AccessStrip : public widgets::Card
{
    Q_OBJECT

public:
    explicit AccessStrip(QWidget *parent = nullptr);

    /// @param asOf "14:10", where the token is no longer that one; empty where it is.
    void setFacts(const books::TokenFacts &facts, const QString &asOf = {});
    /// @param what the call waits for.
    void setAskedBy(ProofAsker asker, WaitsFor what = WaitsFor::proof);

Q_SIGNALS:
    /// *Why?* was clicked: the person wants to see the token.
    void whyAsked();

private:
    struct Entry
    {
        widgets::Chip *chip;
        widgets::ElidedLabel *reason;
    };

    Entry addEntry(const QString &name);
    void showPrediction(const Entry &entry, const books::Prediction &prediction, const QString &sentence);

    QLabel *m_asOf;
    Entry m_read;
    Entry m_delete;
    Entry m_proof;
    QPushButton *m_why;
};

} // namespace bookdesk::pages
