/// CompareView: two tokens side by side: what one has and the other lacks, and what that changes.
#pragma once

#include "books/shared-comparison.h"
#include "books/token-comparison.h"
#include "core/clock.h"
#include "pages/token/sub-page.h"

#include <QString>

#include <vector>

class QComboBox;

namespace bookdesk::widgets {
class Banner;
class ValueLabel;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class ComparisonTable;

/// A token that can be compared. A plain value.
struct TokenChoice
{
    QString name;   ///< "Access token".
    QString brief;  ///< "now".
    QString holder; ///< "Riley Reader, Sandbox", each name isolated.
    books::ComparedToken token;
    jose::ClaimNames names;
};

/// GUI thread.
class CompareView : public SubPage
{
    Q_OBJECT

public:
    explicit CompareView(Clock clock, QWidget *parent = nullptr);

    /// Keeps what is chosen where it is still there.
    void setChoices(std::vector<TokenChoice> choices);
    /// Compares the first and the second.
    void chooseFirstTwo();
    const widgets::Banner &summary() const { return *m_summary; }

    /// What of the comparison can be shared.
    const books::SharedComparison &shared() const { return m_shared; }

Q_SIGNALS:
    void reportAsked();

private:
    QWidget *makeSides();
    /// As it is judged now.
    TokenChoice chosenIn(const QComboBox &box) const;
    void compare();
    /// With its holder where several have such a token.
    QString nameOf(const TokenChoice &choice) const;
    QString holderText(int index) const;

    const Clock m_clock;
    std::vector<TokenChoice> m_choices;
    books::TokenComparison m_comparison;
    books::SharedComparison m_shared;
    QComboBox *m_a;
    QComboBox *m_b;
    widgets::ValueLabel *m_holderA;
    widgets::ValueLabel *m_holderB;
    widgets::Banner *m_summary;
    ComparisonTable *m_table;
};

} // namespace bookdesk::pages
