/// PageHeader: a page's title, its count or subtitle, and its actions at the right.
#pragma once

#include <QString>
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace bookdesk::widgets {

/// The first row of every page. GUI thread.
class PageHeader : public QWidget
{
    Q_OBJECT

public:
    explicit PageHeader(const QString &title, QWidget *parent = nullptr);

    void setSubtitle(const QString &subtitle);
    QString subtitle() const;
    void addAction(QWidget *widget);

private:
    QLabel *m_subtitle;
    QHBoxLayout *m_row;
};

} // namespace bookdesk::widgets
