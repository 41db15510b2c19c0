#include "pages/books/work-area.h"

#include "widgets/work-strip.h"

#include <utility>

namespace bookdesk::pages {

QPointer<widgets::WorkStrip> WorkArea::add(const QString &what, const std::stop_source &stop)
{
    QPointer strip = new widgets::WorkStrip(what, parentWidget());
    addWidget(strip);
    std::erase(m_strips, nullptr);
    m_strips.push_back(strip);
    // Stopping ends the request at once, which deletes the strip.
    connect(
        strip, &widgets::WorkStrip::cancelAsked, this, [stop] { std::stop_source(stop).request_stop(); },
        Qt::QueuedConnection);
    return strip;
}

void WorkArea::cancelAll()
{
    for (const QPointer<widgets::WorkStrip> &strip : m_strips) {
        if (strip && !strip->isHidden())
            Q_EMIT strip->cancelAsked();
    }
}

void WorkArea::clear()
{
    for (const QPointer<widgets::WorkStrip> &strip : std::exchange(m_strips, {}))
        delete strip;
}

} // namespace bookdesk::pages
