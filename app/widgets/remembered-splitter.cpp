#include "widgets/remembered-splitter.h"

#include <QSettings>

using namespace Qt::StringLiterals;

namespace bookdesk::widgets {

RememberedSplitter::RememberedSplitter(const QString &name, Qt::Orientation orientation, QWidget *parent)
    : QSplitter(orientation, parent)
{
    setObjectName(name);
    setChildrenCollapsible(false);
    connect(this, &QSplitter::splitterMoved, this,
            [this] { QSettings().setValue(u"splitters/"_s + objectName(), saveState()); });
}

void RememberedSplitter::restore(const QList<int> &firstSizes)
{
    setSizes(firstSizes);
    const int width = handleWidth();
    const QByteArray state = QSettings().value(u"splitters/"_s + objectName()).toByteArray();
    if (state.isEmpty() || !restoreState(state))
        return;
    // The state contains these too, but they depend on the font and the program, not on the person.
    setHandleWidth(width);
    setChildrenCollapsible(false);
}

} // namespace bookdesk::widgets
