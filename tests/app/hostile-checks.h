/// What hostile strings must not do to widgets: hide characters from people, or be taken for markup.
#pragma once

#include "core/hostile-strings.h"
#include "widgets/labels.h"

#include <QAbstractButton>
#include <QAbstractItemModel>
#include <QAbstractItemView>
#include <QAccessible>
#include <QAccessibleInterface>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTextDocument>
#include <QTextEdit>
#include <QWidget>

namespace bookdesk::test {

/// Qt reads a tool tip as HTML where it looks like it, and there is no way to forbid it. Without the zero-width spaces
/// by which plainToolTip() breaks long words; others are found in the label itself.
inline QString asShown(const QString &toolTip)
{
    if (!Qt::mightBeRichText(toolTip))
        return toolTip;
    QTextDocument document;
    document.setHtml(toolTip);
    return document.toPlainText().remove(QChar(0x200b));
}

/// What is wrong with the texts of one widget that may show @p hostile.
class WidgetCheck
{
public:
    WidgetCheck(const QWidget &widget, const QString &hostile)
        : m_widget(widget)
        , m_hostile(hostile)
    {}

    QStringList problems()
    {
        expectAll("tool tip", asShown(m_widget.toolTip()));
        if (Qt::mightBeRichText(m_hostile) && Qt::mightBeRichText(m_widget.toolTip()) &&
            m_widget.toolTip().contains(m_hostile))
            add("markup in the tool tip", m_widget.toolTip());
        expectAll("accessible name", m_widget.accessibleName());
        expectAll("accessible description", m_widget.accessibleDescription());
        if (const auto *value = qobject_cast<const widgets::ValueLabel *>(&m_widget))
            expectAll("value", value->value());
        else if (const auto *label = qobject_cast<const QLabel *>(&m_widget))
            checkLabel(*label);
        if (const auto *button = qobject_cast<const QAbstractButton *>(&m_widget))
            expectAll("text", button->text());
        if (const auto *text = qobject_cast<const QPlainTextEdit *>(&m_widget))
            expectAll("text", text->toPlainText());
        if (const auto *text = qobject_cast<const QTextEdit *>(&m_widget))
            expectAll("text", text->toPlainText());
        if (const auto *view = qobject_cast<const QAbstractItemView *>(&m_widget))
            checkCells(*view->model());
        return m_problems;
    }

private:
    void add(const char *what, const QString &text)
    {
        m_problems += QStringLiteral("%1 %2, %3: %4")
                          .arg(QString::fromLatin1(m_widget.metaObject()->className()), m_widget.objectName(),
                               QString::fromLatin1(what), text);
    }

    void expectAll(const char *what, const QString &text)
    {
        if (!showsAll(text))
            add(what, text);
    }

    void checkLabel(const QLabel &label)
    {
        expectAll("text", label.text());
        if (label.textFormat() != Qt::PlainText && Qt::mightBeRichText(label.text()))
            add("markup", label.text());
    }

    void checkCells(const QAbstractItemModel &model)
    {
        for (int row = 0; row < model.rowCount(); ++row) {
            for (int column = 0; column < model.columnCount(); ++column) {
                const QModelIndex cell = model.index(row, column);
                expectAll("cell", cell.data().toString());
                expectAll("accessible cell", cell.data(Qt::AccessibleTextRole).toString());
                expectAll("cell's tool tip", asShown(cell.data(Qt::ToolTipRole).toString()));
            }
        }
    }

    const QWidget &m_widget;
    const QString &m_hostile;
    QStringList m_problems;
};

/// Of @p root and everything in it; empty where all is well.
inline QString hostileProblems(const QWidget &root, const QString &hostile)
{
    QStringList problems = WidgetCheck(root, hostile).problems();
    for (const QWidget *part : root.findChildren<QWidget *>())
        problems += WidgetCheck(*part, hostile).problems();
    return problems.join(u'\n');
}

} // namespace bookdesk::test
