#include "widgets/tab-bar.h"

#include <QTabBar>

namespace bookdesk::widgets {

QTabBar *tabBar(const QString &objectName, const QString &accessibleName, QWidget *parent)
{
    auto *bar = new QTabBar(parent);
    bar->setObjectName(objectName);
    bar->setAccessibleName(accessibleName);
    bar->setExpanding(false);
    bar->setDrawBase(false);
    // The style sheet makes the chosen name bold; QTabBar measures its tabs again only when asked to.
    QObject::connect(bar, &QTabBar::currentChanged, bar, &QWidget::updateGeometry);
    return bar;
}

} // namespace bookdesk::widgets
