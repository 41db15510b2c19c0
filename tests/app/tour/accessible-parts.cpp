#include "app/tour/accessible-parts.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QScreen>
#include <QTextDocument>
#include <QToolTip>
#include <QWidget>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace bookdesk::test {
namespace {

/// Joiners are part of how Persian, Hindi and emoji are written.
bool isHidden(char32_t character)
{
    const bool isJoiner = character == U'\u200C' || character == U'\u200D';
    const bool isBreak = character == U'\n' || character == U'\t';
    const QChar::Category category = QChar::category(character);
    return !isJoiner && !isBreak &&
           (category == QChar::Other_Format || category == QChar::Other_Control || category == QChar::Separator_Line ||
            category == QChar::Separator_Paragraph);
}

/// Hidden characters as their numbers.
QString legible(const QString &text)
{
    QString shown;
    for (const char32_t character : text.left(200).toUcs4())
        shown += isHidden(character) ? u"<U+%1>"_s.arg(static_cast<uint>(character), 4, 16)
                                     : QString::fromUcs4(&character, 1);
    return shown;
}

bool hasHidden(const QString &text)
{
    const QList<uint> characters = text.toUcs4();
    return std::ranges::any_of(characters, [](uint character) { return isHidden(character); });
}

/// Of the program's own making: a text from anywhere may look like markup, as long as nothing interprets it.
bool hasMarkup(const QString &text)
{
    static const QRegularExpression markup(u"</?(p|b|br|qt)\\b[^>]*>|&(amp|lt|gt|quot);"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return text.contains(markup);
}

int screenWidth() { return QGuiApplication::primaryScreen()->availableGeometry().width(); }

/// As wide as Qt has to make it: its longest line, or its longest word where it is rich text.
int widthOf(const QString &toolTip)
{
    if (!Qt::mightBeRichText(toolTip))
        return QFontMetrics(QToolTip::font()).boundingRect({}, Qt::AlignLeft, toolTip).width();
    QTextDocument document;
    document.setDefaultFont(QToolTip::font());
    document.setHtml(toolTip);
    document.setTextWidth(0);
    return static_cast<int>(std::ceil(document.idealWidth()));
}

class Walk
{
public:
    explicit Walk(QWidget &window) { visit(*QAccessible::queryAccessibleInterface(&window)); }

    QStringList problems() const { return m_problems; }

private:
    void visit(QAccessibleInterface &part)
    {
        const QAccessible::State state = part.state();
        if (!part.isValid() || state.invisible)
            return;
        checkText(part, QAccessible::Name);
        checkText(part, QAccessible::Description);
        if (state.focusable && part.text(QAccessible::Name).isEmpty())
            add(part, u"takes the focus and has no name"_s);
        if (const auto *widget = qobject_cast<const QWidget *>(part.object()))
            checkToolTip(part, widget->toolTip());
        if (const auto *view = qobject_cast<const QAbstractItemView *>(part.object()))
            checkToolTips(part, *view->model());
        for (int child = 0; child < part.childCount(); ++child)
            if (QAccessibleInterface *inner = part.child(child))
                visit(*inner);
    }

    void checkText(const QAccessibleInterface &part, QAccessible::Text which)
    {
        const QString text = part.text(which);
        const QString what = which == QAccessible::Name ? u"name"_s : u"description"_s;
        if (hasHidden(text))
            add(part, u"hidden characters in the %1: %2"_s.arg(what, legible(text)));
        if (hasMarkup(text))
            add(part, u"markup in the %1: %2"_s.arg(what, legible(text)));
    }

    void checkToolTip(const QAccessibleInterface &part, const QString &toolTip)
    {
        if (toolTip.isEmpty())
            return;
        if (widthOf(toolTip) > screenWidth())
            add(part, u"a tool tip that is wider than the screen: %1"_s.arg(legible(toolTip)));
        if (Qt::mightBeRichText(toolTip) && toolTip.contains("<img"_L1))
            add(part, u"a tool tip that reads text as markup: %1"_s.arg(legible(toolTip)));
    }

    void checkToolTips(const QAccessibleInterface &part, const QAbstractItemModel &model)
    {
        for (int row = 0; row < model.rowCount(); ++row)
            for (int column = 0; column < model.columnCount(); ++column)
                checkToolTip(part, model.index(row, column).data(Qt::ToolTipRole).toString());
    }

    void add(const QAccessibleInterface &part, const QString &problem)
    {
        const QAccessibleInterface *named = &part;
        while (!named->object() && named->parent())
            named = named->parent();
        const QObject *object = named->object();
        const QString type = object ? QString::fromLatin1(object->metaObject()->className()) : QString();
        m_problems += u"%1 %2, role %3: %4"_s.arg(type, object ? object->objectName() : QString())
                          .arg(static_cast<int>(part.role()))
                          .arg(problem);
    }

    QStringList m_problems;
};

} // namespace

QStringList accessibleProblems(QWidget &window) { return Walk(window).problems(); }

} // namespace bookdesk::test
