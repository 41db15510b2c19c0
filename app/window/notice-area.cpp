#include "window/notice-area.h"

#include "style/metrics.h"
#include "widgets/tab-order.h"

#include <QVBoxLayout>

namespace bookdesk::window {

NoticeArea::NoticeArea(QWidget *parent, std::chrono::milliseconds passingTime)
    : QWidget(parent)
    , m_banner(new widgets::Banner(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.marginX(), metrics.marginY(), metrics.marginX(), 0);
    column->addWidget(m_banner);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(m_banner, &widgets::Banner::closed, this, &QWidget::hide);
    m_passing.setSingleShot(true);
    m_passing.setInterval(passingTime);
    connect(&m_passing, &QTimer::timeout, this, &NoticeArea::leave);
    hide();
}

void NoticeArea::tell(const widgets::BannerText &text)
{
    m_passing.stop();
    ++m_told;
    m_givesWay = false;
    m_banner->show(text);
    m_banner->setClosable(true);
    show();
}

void NoticeArea::tellInPassing(const widgets::BannerText &text)
{
    tell(text);
    m_givesWay = true;
    m_passing.start();
}

void NoticeArea::setGivesWay() { m_givesWay = true; }

void NoticeArea::giveWay()
{
    if (m_givesWay)
        hide();
}

void NoticeArea::leave()
{
    if (widgets::holdsFocus(*this))
        m_passing.start();
    else
        hide();
}

void NoticeArea::report(const QString &headline, const Error &error)
{
    tell({widgets::Kind::warn, headline, advised(error), widgets::errorRows(error), {}});
    m_banner->takeFocus();
}

void NoticeArea::report(const QString &headline, const std::vector<Error> &errors)
{
    if (errors.size() == 1)
        return report(headline, errors.front());
    std::vector<widgets::KeyValue> rows;
    rows.reserve(errors.size());
    for (const Error &error : errors)
        rows.push_back({error.code.toString(), error.message, widgets::Look::body});
    tell({widgets::Kind::warn, headline, {}, rows, {}});
    m_banner->takeFocus();
}

QPushButton *NoticeArea::addButton(const QString &text, const QString &icon) { return m_banner->addButton(text, icon); }

} // namespace bookdesk::window
