/// PageHeader: a page's title, its count or subtitle, and its actions at the right.
#pragma once

#include <QString>
#include <QWidget>

class QHBoxLayout;

namespace bookdesk::widgets {

class ElidedLabel;

/// The first row of every page. GUI thread.
class PageHeader : public QWidget
{
    Q_OBJECT

public:
    explicit PageHeader(const QString &title, QWidget *parent = nullptr);

    void setSubtitle(const QString &subtitle);
    QString subtitle() const;
    /// A button before the title that leads back to where the page was opened from.
    void addBack(QWidget *button);
    void addAction(QWidget *widget);
    /// A field that is narrower than @p width where there is little room.
    void addField(QWidget *field, int width);

private:
    ElidedLabel *m_subtitle;
    QHBoxLayout *m_row;
};

} // namespace bookdesk::widgets
