#include "window/accessible-roles.h"

#include "window/account-group.h"
#include "window/main-window.h"
#include "window/side-button.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace bookdesk::window {
namespace {

class WindowInterface : public QAccessibleWidget
{
public:
    explicit WindowInterface(MainWindow &window)
        : QAccessibleWidget(&window, QAccessible::Window)
    {}
};

class GroupInterface : public QAccessibleWidget
{
public:
    explicit GroupInterface(AccountGroup &group)
        : QAccessibleWidget(&group, QAccessible::Grouping)
    {}
};

/// A page tab: pressing it shows its page.
class PageTabInterface : public QAccessibleWidget
{
public:
    explicit PageTabInterface(SideButton &button)
        : QAccessibleWidget(&button, QAccessible::PageTab)
        , m_button(button)
    {}

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.selectable = true;
        state.selected = m_button.isChecked();
        return state;
    }

    QStringList actionNames() const override
    {
        return m_button.isEnabled() ? QStringList{pressAction(), setFocusAction()} : QStringList();
    }

    void doAction(const QString &action) override
    {
        if (action == pressAction())
            m_button.setChecked(true);
        else
            QAccessibleWidget::doAction(action);
    }

private:
    SideButton &m_button;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    if (auto *window = qobject_cast<MainWindow *>(object))
        return new WindowInterface(*window);
    if (auto *button = qobject_cast<SideButton *>(object))
        return new PageTabInterface(*button);
    if (auto *group = qobject_cast<AccountGroup *>(object))
        return new GroupInterface(*group);
    return nullptr;
}

} // namespace

void installAccessibleRoles() { QAccessible::installFactory(makeInterface); }

} // namespace bookdesk::window
