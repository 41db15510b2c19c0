#include "app/tour/tab-order.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QButtonGroup>
#include <QList>
#include <QPointer>
#include <QTest>
#include <QWidget>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace bookdesk::test {
namespace {

/// Frames and baselines make neighbours overlap a little.
constexpr int tolerance = 3;
constexpr int mostStops = 400;

/// A widget, or a group of widgets within one, with its place on the screen.
struct Block
{
    QRect place;
    QList<QWidget *> stops; ///< In reading order.
};

using Blocks = QList<Block>;

bool takesTab(const QWidget &widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(&widget);
    const QButtonGroup *group = button ? button->group() : nullptr;
    const bool isLeftToArrows = group && group->exclusive() && group->checkedButton() && !button->isChecked();
    const bool isOffered = (widget.focusPolicy() & Qt::TabFocus) || (group && button->isChecked());
    return isOffered && !isLeftToArrows && widget.isVisible() && widget.isEnabled() && !widget.focusProxy();
}

QRect placeOf(const QWidget &widget)
{
    const auto *area = qobject_cast<const QAbstractScrollArea *>(&widget);
    const QWidget *seen = area && takesTab(widget) ? area->viewport() : &widget;
    return {seen->mapToGlobal(QPoint(0, 0)), seen->size()};
}

using Edge = std::function<int(const QRect &)>;

/// Groups with a gap between them, in order.
QList<Blocks> cut(Blocks blocks, const Edge &begin, const Edge &end)
{
    std::ranges::stable_sort(blocks, {}, [&](const Block &block) { return begin(block.place); });
    QList<Blocks> groups;
    int last = 0;
    for (const Block &block : blocks) {
        if (groups.isEmpty() || begin(block.place) + tolerance > last)
            groups.append(Blocks());
        last = groups.last().isEmpty() ? end(block.place) : std::max(last, end(block.place));
        groups.last().append(block);
    }
    return groups;
}

/// Rows from top to bottom; what no row divides, columns from left to right.
QList<QWidget *> inReadingOrder(const Blocks &blocks)
{
    if (blocks.size() == 1)
        return blocks.first().stops;
    QList<Blocks> groups = cut(blocks, &QRect::top, &QRect::bottom);
    if (groups.size() == 1)
        groups = cut(blocks, &QRect::left, &QRect::right);
    QList<QWidget *> stops;
    if (groups.size() == 1) {
        for (const Block &block : blocks)
            stops += block.stops;
        return stops;
    }
    for (const Blocks &group : groups)
        stops += inReadingOrder(group);
    return stops;
}

/// Everything below @p parent that takes the focus by Tab. What a widget holds is read together.
QList<QWidget *> expectedStops(const QWidget &parent)
{
    Blocks blocks;
    for (QObject *object : parent.children()) {
        auto *child = qobject_cast<QWidget *>(object);
        if (!child || child->isWindow() || !child->isVisible())
            continue;
        if (takesTab(*child))
            blocks.append({placeOf(*child), {child}});
        if (const QList<QWidget *> inside = expectedStops(*child); !inside.isEmpty())
            blocks.append({takesTab(*child) ? placeOf(*inside.first()) : placeOf(*child), inside});
    }
    return blocks.isEmpty() ? QList<QWidget *>() : inReadingOrder(blocks);
}

bool lacksSelectedRow(const QWidget *widget)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(widget);
    return view && view->model() && view->model()->rowCount() > 0 &&
           view->selectionMode() != QAbstractItemView::NoSelection && !view->selectionModel()->hasSelection();
}

/// Where @p key leads from @p start until it comes back there or goes round without it.
QList<QWidget *> stopsBy(Qt::Key key, QWidget &start)
{
    QList<QWidget *> stops;
    start.setFocus(Qt::OtherFocusReason);
    for (QWidget *at = QApplication::focusWidget(); at && !stops.contains(at) && stops.size() < mostStops;
         at = QApplication::focusWidget()) {
        stops += at;
        QTest::keyClick(at, key, key == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier);
    }
    return stops;
}

QString nameOf(const QWidget &widget)
{
    const QString type = QString::fromLatin1(widget.metaObject()->className()).section(u"::"_s, -1);
    QString name = widget.objectName();
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget); button && name.isEmpty())
        name = button->text();
    if (name.isEmpty())
        name = widget.accessibleName();
    if (name.isEmpty())
        name = widget.property("text").toString();
    return type + u' ' + name.left(30);
}

/// "expected …, but …" where the first difference is.
QStringList difference(const QString &key, const QList<QWidget *> &expected, const QList<QWidget *> &reached)
{
    const auto [wanted, got] = std::ranges::mismatch(expected, reached);
    if (wanted == expected.end() && got == reached.end())
        return {};
    const QString before = wanted == expected.begin() ? u"the start"_s : nameOf(**std::prev(wanted));
    const QString should = wanted == expected.end() ? u"the start"_s : nameOf(**wanted);
    const QString does = got == reached.end() ? u"a place that was visited"_s : nameOf(**got);
    return {u"%1 goes from (%2) to (%3) in place of (%4)"_s.arg(key, before, does, should)};
}

} // namespace

QStringList tabOrderProblems(QWidget &window)
{
    const QPointer<QWidget> before = QApplication::focusWidget();
    QList<QWidget *> expected = expectedStops(window);
    if (expected.isEmpty())
        return {u"nothing takes the focus"_s};
    QStringList problems = difference(u"Tab"_s, expected, stopsBy(Qt::Key_Tab, *expected.first()));
    for (const QWidget *stop : expected)
        if (lacksSelectedRow(stop))
            problems += u"%1 has the focus without a selected row"_s.arg(nameOf(*stop));
    QWidget &start = *expected.first();
    std::reverse(std::next(expected.begin()), expected.end());
    if (problems.isEmpty())
        problems = difference(u"Shift+Tab"_s, expected, stopsBy(Qt::Key_Backtab, start));
    if (before)
        before->setFocus(Qt::OtherFocusReason);
    return problems;
}

} // namespace bookdesk::test
