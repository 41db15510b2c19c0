#include "app/tour/shown-texts.h"

#include "widgets/labels.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QTabBar>
#include <QTableView>
#include <QTextDocument>
#include <QTextEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace bookdesk::test {
namespace {

QString nameOf(const QWidget &widget)
{
    const QString type = QString::fromLatin1(widget.metaObject()->className()).section(u"::"_s, -1);
    const QWidget *named = &widget;
    while (named->objectName().isEmpty() && named->parentWidget())
        named = named->parentWidget();
    return u"%1 %2"_s.arg(type, named == &widget ? widget.objectName() : u"in "_s + named->objectName());
}

/// Tool tips are rich text where they come from anywhere.
QString plain(const QString &text)
{
    if (!text.startsWith(u'<'))
        return text;
    QTextDocument document;
    document.setHtml(text);
    return document.toPlainText();
}

/// The texts of one widget.
class Reader
{
public:
    explicit Reader(const QWidget &widget)
        : m_widget(widget)
    {}

    /// Of a label or button.
    QString ownText() const
    {
        if (const auto *label = qobject_cast<const QLabel *>(&m_widget))
            return QString(label->text()).remove(u'\u200B');
        const auto *button = qobject_cast<const QAbstractButton *>(&m_widget);
        return button ? button->text() : QString();
    }

    QList<ShownText> read()
    {
        add(u"tool tip"_s, plain(m_widget.toolTip()));
        add(u"accessible name"_s, m_widget.accessibleName());
        add(u"accessible description"_s, m_widget.accessibleDescription());
        if (m_widget.isWindow())
            add(u"title"_s, m_widget.windowTitle());
        const QList<QAction *> actions = m_widget.actions();
        for (const QAction *action : actions)
            add(u"action"_s, action->text());
        add(u"text"_s, ownText());
        if (const auto *field = qobject_cast<const QLineEdit *>(&m_widget))
            add(u"placeholder"_s, field->placeholderText());
        else if (const auto *edit = qobject_cast<const QPlainTextEdit *>(&m_widget))
            add(u"text"_s, edit->toPlainText());
        else if (const auto *rich = qobject_cast<const QTextEdit *>(&m_widget))
            add(u"text"_s, rich->toPlainText());
        else if (const auto *tabs = qobject_cast<const QTabBar *>(&m_widget))
            addTabs(*tabs);
        else if (const auto *header = qobject_cast<const QHeaderView *>(&m_widget))
            addHeader(*header);
        else if (const auto *view = qobject_cast<const QAbstractItemView *>(&m_widget))
            addCells(*view);
        return m_texts;
    }

private:
    void add(const QString &what, const QString &text)
    {
        if (!text.isEmpty())
            m_texts.append({nameOf(m_widget) + u", "_s + what, text});
    }

    void addTabs(const QTabBar &tabs)
    {
        for (int tab = 0; tab < tabs.count(); ++tab) {
            add(u"tab"_s, tabs.tabText(tab));
            add(u"tab's tool tip"_s, plain(tabs.tabToolTip(tab)));
        }
    }

    void addHeader(const QHeaderView &header)
    {
        for (int section = 0; header.orientation() == Qt::Horizontal && section < header.count(); ++section)
            add(u"header"_s, header.model()->headerData(section, header.orientation()).toString());
    }

    void addCells(const QAbstractItemView &view)
    {
        const QAbstractItemModel &model = *view.model();
        for (int row = 0; row < model.rowCount(); ++row) {
            for (int column = 0; column < model.columnCount(); ++column) {
                const QModelIndex cell = model.index(row, column);
                add(u"column %1"_s.arg(column), cell.data(Qt::DisplayRole).toString());
                add(u"column %1, accessible"_s.arg(column), cell.data(Qt::AccessibleTextRole).toString());
            }
        }
    }

    const QWidget &m_widget;
    QList<ShownText> m_texts;
};

QList<const QWidget *> visibleParts(const QWidget &window)
{
    QList<const QWidget *> parts{&window};
    const QList<QWidget *> all = window.findChildren<QWidget *>();
    for (const QWidget *part : all)
        if (part->isVisible() && part->window() == &window)
            parts.append(part);
    return parts;
}

bool isTooSmall(const QLabel &label)
{
    if (qobject_cast<const widgets::ElidedLabel *>(&label) || label.text().isEmpty())
        return false;
    if (!label.wordWrap())
        return label.sizeHint().width() > label.width();
    return label.heightForWidth(label.width()) > label.height() ||
           label.QLabel::minimumSizeHint().width() > label.width();
}

bool isTooSmall(const QTabBar &tabs)
{
    for (int tab = 0; tab < tabs.count(); ++tab)
        if (!tabs.rect().contains(tabs.tabRect(tab)))
            return true;
    return false;
}

bool isTooSmall(const QHeaderView &header)
{
    for (int section = 0; header.orientation() == Qt::Horizontal && section < header.count(); ++section)
        if (header.sectionSizeHint(section) > header.sectionSize(section))
            return true;
    return false;
}

bool isTooSmall(const QWidget &widget)
{
    if (const auto *header = qobject_cast<const QHeaderView *>(&widget))
        return isTooSmall(*header);
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        return isTooSmall(*label);
    if (const auto *tabs = qobject_cast<const QTabBar *>(&widget))
        return isTooSmall(*tabs);
    const auto *button = qobject_cast<const QAbstractButton *>(&widget);
    return button && !button->text().isEmpty() && widget.sizeHint().width() > widget.width();
}

} // namespace

QList<ShownText> shownTexts(const QWidget &window)
{
    QList<ShownText> texts;
    const QList<const QWidget *> parts = visibleParts(window);
    for (const QWidget *part : parts)
        texts += Reader(*part).read();
    return texts;
}

QList<ShownText> clippedTexts(const QWidget &window)
{
    QList<ShownText> clipped;
    const QList<const QWidget *> parts = visibleParts(window);
    for (const QWidget *part : parts)
        if (isTooSmall(*part))
            clipped.append({nameOf(*part), Reader(*part).ownText()});
    return clipped;
}

} // namespace bookdesk::test
