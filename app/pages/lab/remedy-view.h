/// RemedyView: *What to change*: what the server answered, and the line to change, in PyJWT, ASP.NET Core and Spring.
#pragma once

#include "lab/remedies.h"

#include <QWidget>

class QTabBar;

namespace bookdesk::widgets {
class KeyValueRows;
}

namespace bookdesk::pages {

class CodeText;

/// The tab chosen is remembered. GUI thread.
class RemedyView : public QWidget
{
    Q_OBJECT

public:
    explicit RemedyView(QWidget *parent = nullptr);

    /// @param answer what a crashed API said, which its owner needs to find the place; empty for others.
    void setRemedy(const lab::Remedy &remedy, const QString &answer);
    lab::Framework framework() const;

private:
    void showCode();
    void copy();

    lab::Remedy m_remedy;
    QTabBar *m_tabs;
    widgets::KeyValueRows *m_answer;
    CodeText *m_code;
};

} // namespace bookdesk::pages
