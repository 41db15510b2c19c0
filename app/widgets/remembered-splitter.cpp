#include "widgets/remembered-splitter.h"

#include "workspace/settings.h"

namespace bookdesk::widgets {

using workspace::Setting;
using workspace::Settings;

RememberedSplitter::RememberedSplitter(const QString &name, Qt::Orientation orientation, QWidget *parent)
    : QSplitter(orientation, parent)
{
    setObjectName(name);
    setChildrenCollapsible(false);
    connect(this, &QSplitter::splitterMoved, this,
            [this] { Settings().setBytes(Setting::splitter, saveState(), objectName()); });
}

void RememberedSplitter::restore(const QList<int> &firstSizes)
{
    setSizes(firstSizes);
    const int width = handleWidth();
    const QByteArray state = Settings().bytes(Setting::splitter, objectName());
    if (state.isEmpty() || !restoreState(state))
        return;
    // The state contains these too, but they depend on the font and the program, not on the person.
    setHandleWidth(width);
    setChildrenCollapsible(false);
}

} // namespace bookdesk::widgets
