/// ProbesSummary: how far the probes are, what came of them so far, and which of them are shown.
#pragma once

#include "lab/probe-result.h"
#include "widgets/card.h"

#include <QString>

#include <chrono>
#include <vector>

class QCheckBox;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace bookdesk::widgets {
class ElidedLabel;
class FlowLayout;
class ThinBar;
struct PaintedChip;
} // namespace bookdesk::widgets

namespace bookdesk::pages {

/// The card above the probes. GUI thread.
class ProbesSummary : public widgets::Card
{
    Q_OBJECT

public:
    explicit ProbesSummary(QWidget *parent = nullptr);

    /// @param connection its name. @param left how long the run takes still; nothing on loopback.
    void showProgress(const QString &connection, const std::vector<lab::ProbeResult> &results, bool isRunning,
                      std::chrono::seconds left);
    /// The chips, and why probes were left out. @p control is among them once it has been answered.
    void showTotals(const std::vector<lab::ProbeResult> &results, const lab::ProbeResult &control);
    void showOpenness(bool isEverythingOpen);
    /// Takes less room, where there is little.
    void setLow(bool isLow);
    bool isOnlyFindings() const;

    /// What speaks to screen readers about the run.
    QWidget &speaker() const { return *m_chipsArea; }

Q_SIGNALS:
    void onlyFindingsToggled(bool isOnly);
    void openAllAsked();

private:
    QHBoxLayout *makeTop();
    QHBoxLayout *makeBottom();
    void addChip(const widgets::PaintedChip &shown, const QString &sentence);

    QLabel *m_title;
    widgets::ElidedLabel *m_subtitle;
    QLabel *m_count;
    QLabel *m_pace;
    widgets::ThinBar *m_bar;
    QWidget *m_chipsArea;
    widgets::FlowLayout *m_chips;
    QCheckBox *m_onlyFindings;
    QPushButton *m_openAll;
    QLabel *m_leftOut;
};

} // namespace bookdesk::pages
