#include "pages/activity/timing-view.h"

#include "net/exchange-timing.h"
#include "pages/activity/exchange-text.h"
#include "style/colors.h"
#include "style/metrics.h"
#include "widgets/labels.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

constexpr int mostRows = 6; ///< Five phases and the whole.

} // namespace

/// One bar for each phase, on the row of its name. Painted as one widget, so that screen readers get one sentence.
class TimingBars : public QWidget
{
public:
    using QWidget::QWidget;

    void show(std::vector<net::PhaseTime> phases, std::chrono::microseconds end)
    {
        m_phases = std::move(phases);
        m_end = end;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        const double rows = static_cast<double>(m_phases.size()) + 1;
        for (std::size_t i = 0; i < m_phases.size(); ++i)
            paintRow(painter, m_phases[i], (static_cast<double>(i) + 0.5) * height() / rows);
        painter.setPen(style::color(style::Role::line));
        const int last = static_cast<int>((rows - 0.5) * height() / rows);
        painter.drawLine(0, last, width(), last);
    }

private:
    void paintRow(QPainter &painter, const net::PhaseTime &phase, double middle) const
    {
        const double thickness = style::metricsOf(*this).px(8);
        const auto bar = [&](double left, double right) {
            return QRectF(left, middle - thickness / 2, std::max(right - left, thickness), thickness);
        };
        painter.setBrush(style::color(style::Role::chip));
        painter.drawRoundedRect(bar(0, width()), thickness / 2, thickness / 2);
        if (phase.state != net::PhaseState::measured || m_end.count() <= 0)
            return;
        const double scale = width() / static_cast<double>(m_end.count());
        const double left = std::min(static_cast<double>(phase.begin.count()) * scale, width() - thickness);
        const double right =
            std::min(static_cast<double>((phase.begin + phase.length).count()) * scale, double(width()));
        painter.setBrush(style::color(style::Role::accent));
        painter.drawRoundedRect(bar(left, right), thickness / 2, thickness / 2);
    }

    std::vector<net::PhaseTime> m_phases;
    std::chrono::microseconds m_end{0};
};

TimingView::TimingView(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
    , m_bars(new TimingBars(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(metrics.px(6));
    m_grid->setVerticalSpacing(0);
    m_grid->setColumnStretch(1, 1);
    m_bars->setObjectName(u"timingBars"_s);
    m_bars->setMinimumWidth(metrics.px(60));
    for (int row = 0; row < mostRows; ++row)
        m_rows.push_back(addRow(row));
}

TimingView::Row TimingView::addRow(int row)
{
    const style::Metrics metrics = style::metricsOf(*this);
    const bool isWhole = row == mostRows - 1;
    const auto text = [&](widgets::Look look) {
        QLabel *label = widgets::label({}, look, this);
        label->setFont(isWhole ? style::sectionFont(label->font()) : label->font());
        return label;
    };
    const Row made{text(widgets::Look::small), text(widgets::Look::smallMuted), text(widgets::Look::small)};
    m_grid->setRowMinimumHeight(row, metrics.px(20));
    auto *names = new QHBoxLayout;
    names->setSpacing(metrics.px(6));
    names->addWidget(made.name);
    names->addWidget(made.note, 1);
    m_grid->addLayout(names, row, 0);
    m_grid->addWidget(made.figure, row, 2, Qt::AlignRight);
    return made;
}

void TimingView::setRows(const std::vector<PhaseText> &texts)
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        // The whole is the last row, also where there is no TLS.
        const std::size_t phases = texts.size() - 1;
        const bool isWhole = i + 1 == m_rows.size();
        const bool isUsed = isWhole || i < phases;
        const PhaseText text = isWhole ? texts.back() : isUsed ? texts[i] : PhaseText{};
        m_rows[i].name->setText(text.name);
        m_rows[i].note->setText(text.note);
        m_rows[i].figure->setText(text.figure);
        for (QLabel *label : {m_rows[i].name, m_rows[i].note, m_rows[i].figure})
            label->setVisible(isUsed);
        m_grid->setRowMinimumHeight(static_cast<int>(i), isUsed ? style::metricsOf(*this).px(20) : 0);
    }
    m_grid->addWidget(m_bars, 0, 1, mostRows, 1);
}

void TimingView::show(const net::Exchange &exchange, TimePoint now)
{
    const std::chrono::microseconds end = lasted(exchange, now);
    const std::vector<net::PhaseTime> phases = net::phaseTimes(exchange, end);
    std::vector<PhaseText> texts;
    texts.reserve(phases.size() + 1);
    for (const net::PhaseTime &phase : phases)
        texts.push_back(phaseText(exchange, phase));
    texts.push_back({tr("All"), {}, tookText(end)});
    setRows(texts);
    QStringList parts;
    for (const PhaseText &text : texts)
        parts += QStringList{text.name, text.note, text.figure}.join(u' ').simplified();
    m_bars->setAccessibleName(parts.join(u", "_s));
    m_bars->show(phases, end);
}

QString TimingView::sentence() const { return m_bars->accessibleName(); }

} // namespace bookdesk::pages
