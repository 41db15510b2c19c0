/// NoticeArea: shows what concerns the whole window above the page: one banner at a time, until it is closed or, where
/// it is no longer news, goes by itself.
#pragma once

#include "core/error.h"
#include "widgets/banner.h"

#include <QTimer>
#include <QWidget>

#include <chrono>
#include <vector>

namespace bookdesk::window {

/// Takes no room while it has nothing to say. GUI thread.
class NoticeArea : public QWidget
{
    Q_OBJECT

public:
    /// @param passingTime how long news stays that goes by itself.
    explicit NoticeArea(QWidget *parent = nullptr, std::chrono::milliseconds passingTime = std::chrono::seconds(8));

    void tell(const widgets::BannerText &text);
    /// As tell, for what matters only now: goes after a while in which nobody has the focus on it.
    void tellInPassing(const widgets::BannerText &text);
    /// Something newer is shown, or another page: what does not outlast that goes.
    void giveWay();
    /// What is told now goes by giveWay.
    void setGivesWay();
    /// Shows an error and moves the focus to it.
    void report(const QString &headline, const Error &error);
    /// As above, for one or more errors.
    void report(const QString &headline, const std::vector<Error> &errors);
    /// Replaces the headline, for instance in a countdown: nothing is announced.
    void setHeadline(const QString &headline) { m_banner->setHeadline(headline); }
    QPushButton *addButton(const QString &text, const QString &icon);

    /// The number of what was told last.
    int told() const { return m_told; }
    bool isShowing(int told) const { return !isHidden() && told == m_told; }

    widgets::Banner &banner() const { return *m_banner; }

private:
    void leave();

    widgets::Banner *m_banner;
    QTimer m_passing;
    bool m_givesWay = false;
    int m_told = 0;
};

} // namespace bookdesk::window
