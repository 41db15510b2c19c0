/// WorkArea: strips about the requests under way, each with its *Cancel*.
#pragma once

#include <QPointer>
#include <QString>
#include <QVBoxLayout>

#include <stop_token>
#include <vector>

namespace bookdesk::widgets {
class WorkStrip;
}

namespace bookdesk::pages {

/// A layout, because an empty widget would take a gap in the page. GUI thread.
class WorkArea : public QVBoxLayout
{
    Q_OBJECT

public:
    using QVBoxLayout::QVBoxLayout;

    /// Shows that a request is under way until the strip is deleted; its *Cancel* stops @p stop.
    QPointer<widgets::WorkStrip> add(const QString &what, const std::stop_source &stop);
    /// Presses *Cancel* on each strip that is shown.
    void cancelAll();
    void clear();

private:
    std::vector<QPointer<widgets::WorkStrip>> m_strips;
};

} // namespace bookdesk::pages
