#include "widgets/bars.h"

#include "core/durations.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/labels.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace bookdesk::widgets {

using namespace Qt::StringLiterals;
using std::chrono::duration_cast;
using std::chrono::seconds;

namespace {

constexpr int barSteps = 1000;

QDateTime toDateTime(TimePoint time)
{
    return QDateTime::fromSecsSinceEpoch(duration_cast<seconds>(time.time_since_epoch()).count());
}

} // namespace

QString lifeText(TimePoint until, TimePoint now)
{
    const seconds left = secondsBetween(now, until);
    if (left > seconds(0))
        return LifeBar::tr("%1 left").arg(durationText(left));
    return LifeBar::tr("expired %1 ago").arg(durationText(-left));
}

QString fullDate(TimePoint time) { return QLocale().toString(toDateTime(time), QLocale::LongFormat); }

QString timeOfDay(TimePoint time) { return toDateTime(time).toString(u"HH:mm"_s); }

ThinBar::ThinBar(const QString &name, QWidget *parent)
    : QProgressBar(parent)
{
    setTextVisible(false);
    setAccessibleName(name);
    setFixedHeight(style::metricsOf(*this).px(6));
    QSizePolicy policy = sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    setSizePolicy(policy);
    stop();
}

void ThinBar::startIndeterminate()
{
    setRange(0, 0);
    show();
}

void ThinBar::setFraction(double fraction)
{
    setRange(0, barSteps);
    setValue(static_cast<int>(std::clamp(fraction, 0.0, 1.0) * barSteps));
    show();
}

void ThinBar::stop()
{
    hide();
    setRange(0, barSteps);
    setValue(0);
}

LifeBar::LifeBar(Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(std::move(clock))
    , m_fromLabel(label({}, Look::smallMuted, this))
    , m_left(label({}, Look::small, this))
    , m_untilLabel(label({}, Look::smallMuted, this))
    , m_bar(new ThinBar(tr("Lifetime of the token"), this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    QFont bold = m_left->font();
    bold.setWeight(QFont::DemiBold);
    m_left->setFont(bold);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(style::metricsOf(*this).px(5));
    auto *row = new QHBoxLayout;
    row->addWidget(m_fromLabel);
    row->addStretch(1);
    row->addWidget(m_left);
    row->addStretch(1);
    row->addWidget(m_untilLabel);
    column->addLayout(row);
    column->addWidget(m_bar);
    m_tick.setInterval(seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &LifeBar::refresh);
}

void LifeBar::setLife(std::optional<TimePoint> from, TimePoint until)
{
    m_from = from.value_or(until);
    m_until = until;
    m_fromLabel->setText(from ? timeOfDay(*from) : QString());
    m_untilLabel->setText(timeOfDay(until));
    setToolTip(from ? tr("From %1 until %2").arg(fullDate(*from), fullDate(until))
                    : tr("Until %1").arg(fullDate(until)));
    refresh();
}

QString LifeBar::text() const { return m_left->text(); }

void LifeBar::showEvent(QShowEvent *)
{
    refresh();
    m_tick.start();
}

void LifeBar::hideEvent(QHideEvent *) { m_tick.stop(); }

void LifeBar::refresh()
{
    const TimePoint now = m_clock();
    const QString text = lifeText(m_until, now);
    if (text != m_left->text())
        m_left->setText(text);
    const QString tone = now < m_until ? QString() : u"bad"_s;
    setTone(*m_left, tone);
    style::setStyleProperty(*m_bar, "tone", tone);
    const std::chrono::duration<double> whole = std::max(seconds(1), secondsBetween(m_from, m_until));
    m_bar->setFraction(secondsBetween(m_from, now) / whole);
}

} // namespace bookdesk::widgets
