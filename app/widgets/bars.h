/// Bars: a thin progress bar, and a bar for the lifetime of a token.
#pragma once

#include "core/clock.h"

#include <QProgressBar>
#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;

namespace bookdesk::widgets {

/// A thin bar without text. Keeps its place in the layout while idle.
class ThinBar : public QProgressBar
{
    Q_OBJECT

public:
    /// @param name its purpose, for screen readers.
    explicit ThinBar(const QString &name, QWidget *parent = nullptr);

    void startIndeterminate();
    void setFraction(double fraction);
    void stop();
};

/// Shows a lifetime and how much of it is left. Repaints at most once a second, and only while visible.
class LifeBar : public QWidget
{
    Q_OBJECT

public:
    explicit LifeBar(Clock clock, QWidget *parent = nullptr);

    /// @param from empty if the beginning is not known; the bar is empty until the end, then.
    void setLife(std::optional<TimePoint> from, TimePoint until);
    /// "52 min left", "expired 3 min ago".
    QString text() const;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void refresh();

    Clock m_clock;
    TimePoint m_from;
    TimePoint m_until;
    QLabel *m_fromLabel;
    QLabel *m_left;
    QLabel *m_untilLabel;
    ThinBar *m_bar;
    QTimer m_tick;
};

/// "52 min left", "40 s left", "expired 3 min ago", for a token or anything else that expires.
QString lifeText(TimePoint until, TimePoint now);
/// The full local date and time.
QString fullDate(TimePoint time);
/// The local time of day: "14:20".
QString timeOfDay(TimePoint time);

} // namespace bookdesk::widgets
