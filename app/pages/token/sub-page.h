/// SubPage: a page on top of a page, with a way back.
#pragma once

#include <QWidget>

class QHBoxLayout;
class QToolButton;
class QVBoxLayout;

namespace bookdesk::pages {

/// *Back* and Esc leave it. GUI thread.
class SubPage : public QWidget
{
    Q_OBJECT

public:
    explicit SubPage(const QString &title, const QString &subtitle, QWidget *parent = nullptr);

    QVBoxLayout *body() const { return m_body; }
    void addAction(QWidget *widget);

Q_SIGNALS:
    void left();

private:
    QHBoxLayout *m_top;
    QVBoxLayout *m_body;
};

} // namespace bookdesk::pages
