#include "widgets/work-strip.h"

#include "core/durations.h"
#include "core/isolation.h"
#include "style/metrics.h"
#include "widgets/announcement.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace bookdesk::widgets {

using namespace Qt::StringLiterals;

WorkStrip::WorkStrip(const QString &what, QWidget *parent, std::chrono::milliseconds moment)
    : QFrame(parent)
    , m_what(new ElidedLabel(visibleSentences(what), Look::strong, this))
    , m_time(label({}, Look::muted, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics.px(14), metrics.px(6), metrics.px(10), metrics.px(6));
    row->setSpacing(metrics.px(10));
    row->addWidget(new IconLabel(u"refresh"_s, style::Role::accent, this));
    row->addWidget(m_what);
    row->addWidget(m_time);
    row->addStretch(1);
    QPushButton *cancel = pushButton(tr("Cancel"), u"stop"_s, ButtonLook::plain, this);
    cancel->setObjectName(u"cancelWork"_s);
    cancel->setAccessibleName(tr("Cancel: %1").arg(withoutIsolates(m_what->text())));
    row->addWidget(cancel);
    connect(cancel, &QPushButton::clicked, this, &WorkStrip::cancelAsked);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    hide();
    m_since.start();
    m_moment.setSingleShot(true);
    connect(&m_moment, &QTimer::timeout, this, &WorkStrip::appear);
    connect(&m_tick, &QTimer::timeout, this, &WorkStrip::showTime);
    m_moment.start(moment);
}

QString WorkStrip::text() const { return m_what->text(); }

void WorkStrip::appear()
{
    show();
    m_tick.start(std::chrono::seconds{1});
    announce(*this, m_what->text());
}

void WorkStrip::showTime()
{
    m_time->setText(tr("for %1").arg(durationText(std::chrono::seconds{m_since.elapsed() / 1000})));
}

} // namespace bookdesk::widgets
