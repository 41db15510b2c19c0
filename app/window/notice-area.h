/// NoticeArea: shows what concerns the whole window above the page: one banner at a time, until it is closed.
#pragma once

#include "core/error.h"
#include "widgets/banner.h"

#include <QWidget>

#include <vector>

namespace bookdesk::window {

/// Takes no room while it has nothing to say. GUI thread.
class NoticeArea : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeArea(QWidget *parent = nullptr);

    void tell(const widgets::BannerText &text);
    /// Shows an error and moves the focus to it.
    void report(const QString &headline, const Error &error);
    /// As above, for one or more errors.
    void report(const QString &headline, const std::vector<Error> &errors);
    QPushButton *addButton(const QString &text, const QString &icon);

    const widgets::Banner &banner() const { return *m_banner; }

private:
    widgets::Banner *m_banner;
};

} // namespace bookdesk::window
