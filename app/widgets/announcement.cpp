#include "widgets/announcement.h"

#include "core/isolation.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QLabel>
#include <QPointer>
#include <QVariant>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace bookdesk::widgets {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(Announcement)
};

constexpr const char *announcerName = "announcer"; ///< A property: for whom it was said.

QString liveTextName() { return u"announcement"_s; }

QLabel *liveText(QWidget &widget)
{
    return widget.window()->findChild<QLabel *>(liveTextName(), Qt::FindDirectChildrenOnly);
}

/// Visible, because screen readers leave out what happens in hidden widgets.
QLabel *makeLiveText(QWidget &window)
{
    auto *made = new QLabel(&window);
    made->setObjectName(liveTextName());
    made->setTextFormat(Qt::PlainText);
    made->resize(0, 0);
    made->show();
    return made;
}

} // namespace

void announce(QWidget &widget, const QString &text)
{
    QLabel *live = liveText(widget);
    if (!live)
        live = makeLiveText(*widget.window());
    // AT-SPI is told of a changed name, other systems of an alert.
    live->setAccessibleName(withoutIsolates(text));
    live->setProperty(announcerName, QVariant::fromValue(QPointer(&widget)));
    QAccessibleEvent event(live, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QString headlineAndText(const QString &headline, const QString &text)
{
    return text.isEmpty() ? headline : Texts::tr("%1. %2", "headline, text").arg(headline, text);
}

void forgetAnnouncement(QWidget &widget)
{
    QLabel *live = liveText(widget);
    const QPointer announcer = live ? live->property(announcerName).value<QPointer<QWidget>>() : nullptr;
    if (announcer && (announcer == &widget || widget.isAncestorOf(announcer)))
        live->setAccessibleName({});
}

} // namespace bookdesk::widgets
