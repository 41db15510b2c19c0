#include "pages/activity/running-strip.h"

#include "core/text.h"
#include "net/exchange.h"
#include "pages/activity/exchange-text.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QUrl>

#include <chrono>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

constexpr std::chrono::milliseconds moment{400};

QString requestText(const net::Exchange &exchange)
{
    return methodText(exchange) + u' ' +
           visible(QUrl(exchange.url).toString(QUrl::FullyEncoded | QUrl::RemoveScheme | QUrl::RemoveAuthority));
}

} // namespace

RunningStrip::RunningStrip(QWidget *parent)
    : QFrame(parent)
    , m_count(widgets::label({}, widgets::Look::strong, this))
    , m_request(new widgets::ElidedLabel({}, widgets::Look::mono, this))
    , m_progress(new widgets::ElidedLabel({}, widgets::Look::smallMuted, this))
    , m_cancel(widgets::pushButton(tr("Cancel"), u"stop"_s, widgets::ButtonLook::plain, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics.px(14), metrics.px(6), metrics.px(10), metrics.px(6));
    row->setSpacing(metrics.px(10));
    row->addWidget(new widgets::IconLabel(u"refresh"_s, style::Role::accent, this));
    row->addWidget(m_count);
    row->addWidget(m_request);
    row->addWidget(m_progress, 1);
    row->addWidget(m_cancel);
    m_cancel->setObjectName(u"cancelExchange"_s);
    connect(m_cancel, &QPushButton::clicked, this, [this] { Q_EMIT cancelAsked(m_id); });
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    hide();
}

void RunningStrip::show(const net::Exchange *exchange, int running, TimePoint now)
{
    if (!exchange || lasted(*exchange, now) < moment) {
        setVisible(false);
        return;
    }
    m_id = exchange->id;
    const QString request = requestText(*exchange);
    m_count->setText(tr("%n requests are running", nullptr, running));
    m_request->setFullText(request);
    m_progress->setFullText(progressText(*exchange, now));
    m_cancel->setAccessibleName(tr("Cancel: %1").arg(shortened(request, 200)));
    setVisible(true);
}

} // namespace bookdesk::pages
