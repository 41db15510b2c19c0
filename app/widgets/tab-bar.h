/// The tab bars of pages and cards: what they all have in common.
#pragma once

#include <QString>

class QTabBar;
class QWidget;

namespace bookdesk::widgets {

/// Its tabs are as wide as their names, and the chosen one's is bold, so that the bar's width follows the choice.
/// @param accessibleName what is chosen by it.
QTabBar *tabBar(const QString &objectName, const QString &accessibleName, QWidget *parent);

} // namespace bookdesk::widgets
