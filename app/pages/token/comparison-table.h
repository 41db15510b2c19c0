/// ComparisonTable: what differs between two tokens, claim by claim, with a filter and how many differ how.
#pragma once

#include "books/comparison-texts.h"
#include "books/token-comparison.h"
#include "jose/claim-meanings.h"
#include "widgets/card.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

class QCheckBox;
class QTableView;

namespace bookdesk::widgets {
class Chip;
class SearchField;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

class TextRows;

/// GUI thread.
class ComparisonTable : public widgets::Card
{
    Q_OBJECT

public:
    explicit ComparisonTable(QWidget *parent = nullptr);

    /// @param a and @p b say what the tokens are, in a word or two: "before", "now".
    void setComparison(books::TokenComparison comparison, const QString &a, const QString &b);

private:
    /// A claim, or the heading of a group, which has no difference.
    struct Row
    {
        QStringList cells;
        QString sentence;      ///< For screen readers.
        QString subtitle = {}; ///< Of a heading.
        std::optional<books::Difference> difference = {};
        bool isTime = false;
        std::vector<books::TextSpan> onlyInA = {};
        std::vector<books::TextSpan> onlyInB = {};
    };

    QWidget *makeTop();
    void setUpTable();
    void showRows();
    void showCounts();
    void showRow(int number, const Row &row);
    bool isShown(const books::ClaimDifference &claim) const;
    static Row headingOf(books::ClaimGroup group);
    /// With its heading; empty where nothing of it is shown.
    std::vector<Row> rowsOf(books::ClaimGroup group) const;

    jose::ClaimMeanings m_meanings;
    books::TokenComparison m_comparison;
    widgets::Chip *m_added;
    widgets::Chip *m_removed;
    widgets::Chip *m_changed;
    widgets::Chip *m_same;
    QCheckBox *m_showsSame;
    widgets::SearchField *m_filter;
    TextRows *m_rows;
    QTableView *m_table;
};

} // namespace bookdesk::pages
