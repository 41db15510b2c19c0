/// TimingView: the phases of an exchange as bars, with their figures as text.
#pragma once

#include "core/clock.h"
#include "net/exchange.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;

namespace bookdesk::pages {

class TimingBars;
struct PhaseText;

/// GUI thread.
class TimingView : public QWidget
{
    Q_OBJECT

public:
    explicit TimingView(QWidget *parent = nullptr);

    void show(const net::Exchange &exchange, TimePoint now);
    /// All figures in one sentence, which is also the bars' accessible name.
    QString sentence() const;

private:
    struct Row
    {
        QLabel *name;
        QLabel *note;
        QLabel *figure;
    };

    Row addRow(int row);
    void setRows(const std::vector<PhaseText> &texts);

    QGridLayout *m_grid;
    TimingBars *m_bars;
    std::vector<Row> m_rows; ///< The last one is of the whole.
};

} // namespace bookdesk::pages
