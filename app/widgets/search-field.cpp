#include "widgets/search-field.h"

#include "style/icons.h"
#include "style/metrics.h"
#include "widgets/labels.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QShortcut>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace bookdesk::widgets {

SearchField::SearchField(const QString &purpose, QWidget *parent)
    : QLineEdit(parent)
    , m_hint(label({}, Look::smallMuted, this))
{
    setPlaceholderText(purpose);
    setAccessibleName(purpose);
    addAction(style::icon(u"search"_s, style::Role::muted), QLineEdit::LeadingPosition);
    m_hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    // Qt's own clear button fades, and covers the hint meanwhile.
    QAction *clear = addAction(style::icon(u"cross"_s, style::Role::muted), QLineEdit::TrailingPosition);
    clear->setObjectName(u"clearSearch"_s);
    clear->setToolTip(tr("Clear"));
    clear->setVisible(false);
    for (QToolButton *button : findChildren<QToolButton *>()) {
        if (button->defaultAction() == clear)
            button->setAccessibleName(clear->toolTip());
    }
    connect(clear, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, this, [this, clear](const QString &text) {
        clear->setVisible(!text.isEmpty());
        m_hint->setVisible(text.isEmpty());
        placeHint();
    });
}

void SearchField::setShortcut(const QKeySequence &key)
{
    auto *shortcut = new QShortcut(key, this);
    connect(shortcut, &QShortcut::activated, this, [this] {
        setFocus(Qt::ShortcutFocusReason);
        selectAll();
    });
    m_hint->setText(key.toString(QKeySequence::NativeText));
    placeHint();
}

bool SearchField::event(QEvent *event)
{
    // While there is text, Escape clears it and is not a shortcut of the page.
    if (event->type() == QEvent::ShortcutOverride && !text().isEmpty() &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    placeHint();
}

void SearchField::placeHint()
{
    m_hint->adjustSize();
    const int margin = style::metricsOf(*this).px(10);
    m_hint->move(width() - m_hint->width() - margin, (height() - m_hint->height()) / 2);
    // The place-holder ends before it.
    setTextMargins(0, 0, m_hint->isHidden() ? 0 : m_hint->width() + margin, 0);
}

} // namespace bookdesk::widgets
