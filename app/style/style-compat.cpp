#include "style/style.h"

#include <QApplication>
#include <QStyleHints>

#include <utility>

namespace bookdesk::style {

void onDesktopThemeChange(QApplication &application, std::function<void(Theme)> callback)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, &application,
                     [callback = std::move(callback)](Qt::ColorScheme scheme) {
                         if (scheme == Qt::ColorScheme::Unknown)
                             return;
                         noteDesktopTheme(scheme == Qt::ColorScheme::Dark ? Theme::dark : Theme::light);
                         callback(desktopTheme());
                     });
#else
    Q_UNUSED(application)
    Q_UNUSED(callback)
#endif
}

} // namespace bookdesk::style
