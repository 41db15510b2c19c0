#include "widgets/labels.h"

#include "core/isolation.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "style/properties.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>
#include <QVariant>

namespace bookdesk::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr int focusRing = 2;
constexpr int headlinePadding = 4; ///< Between a headline and its focus ring.

QFont fontOf(Look look, const QFont &body)
{
    switch (look) {
    case Look::body:
    case Look::muted:
        return body;
    case Look::small:
    case Look::smallMuted:
        return style::smallFont(body);
    case Look::strong:
    case Look::section:
        return style::sectionFont(body);
    case Look::title:
        return style::titleFont(body);
    case Look::mono:
        return style::monoFont(body);
    }
    return body;
}

constexpr QChar zeroWidthBlank = u'\u200B';
constexpr qsizetype longRun = 44;
constexpr int unbrokenCharacters = 6;

QString withoutBreaks(QString text) { return withoutIsolates(text.remove(zeroWidthBlank)); }

QString brokenRun(QStringView run)
{
    static const QString goodPlaces = u"/-._?&=:,;"_s;
    QString broken;
    int unbroken = 0;
    for (const QChar character : run) {
        broken += character;
        const bool isGood = goodPlaces.contains(character) || ++unbroken == unbrokenCharacters;
        if (!isGood || character.isHighSurrogate())
            continue;
        broken += zeroWidthBlank;
        unbroken = 0;
    }
    return broken;
}

QString withBreaks(const QString &text)
{
    QString result;
    qsizetype begin = 0;
    for (qsizetype at = 0; at <= text.size(); ++at) {
        if (at < text.size() && !text.at(at).isSpace())
            continue;
        const QStringView run = QStringView(text).mid(begin, at - begin);
        result += run.size() > longRun ? brokenRun(run) : run.toString();
        if (at < text.size())
            result += text.at(at);
        begin = at + 1;
    }
    return result;
}

} // namespace

void setTone(QLabel &label, const QString &tone) { style::setStyleProperty(label, "tone", tone); }

QLabel *fieldLabel(const QString &text, QWidget *field)
{
    QLabel *made = label(text, Look::body, field->parentWidget());
    made->setBuddy(field);
    return made;
}

QString plainToolTip(const QString &text)
{
    // A tool tip detects rich text by itself, and breaks lines in no other.
    return text.isEmpty() ? QString() : u"<p>"_s + withBreaks(text).toHtmlEscaped() + u"</p>"_s;
}

void setPlainToolTip(QWidget &widget, const QString &text)
{
    widget.setToolTip(plainToolTip(text));
    // Without one, screen readers get the tool tip with its markup.
    widget.setAccessibleDescription(withoutIsolates(text));
}

void setLook(QLabel &label, Look look)
{
    label.setTextFormat(Qt::PlainText);
    label.setFont(fontOf(look, QApplication::font()));
    if (look == Look::muted || look == Look::smallMuted)
        setTone(label, u"muted"_s);
}

QLabel *label(const QString &text, Look look, QWidget *parent)
{
    auto *made = new QLabel(parent);
    setLook(*made, look);
    made->setText(text);
    return made;
}

ValueLabel::ValueLabel(const QString &text, Look look, QWidget *parent)
    : QLabel(parent)
{
    setLook(*this, look);
    setMargin(focusRing);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFocusPolicy(Qt::StrongFocus); // The flags alone give it to clicks only.
    setText(text);
}

void ValueLabel::replaceText(const QString &text)
{
    setBreakableText(text);
    static_cast<void>(sizeHint());
}

void ValueLabel::setBreakableText(const QString &text)
{
    setText(withBreaks(text));
    const QString spoken = value();
    setAccessibleName(this->text() == spoken ? QString() : spoken);
}

QString ValueLabel::value() const { return withoutBreaks(text()); }

void ValueLabel::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        QApplication::clipboard()->setText(toCopy());
        return;
    }
    QLabel::keyPressEvent(event);
}

QString ValueLabel::toCopy() const { return hasSelectedText() ? withoutBreaks(selectedText()) : value(); }

/// Where the system has a selection besides the clipboard, the label has just put its text there.
void ValueLabel::mouseReleaseEvent(QMouseEvent *event)
{
    QLabel::mouseReleaseEvent(event);
    if (hasSelectedText() && QApplication::clipboard()->supportsSelection())
        QApplication::clipboard()->setText(toCopy(), QClipboard::Selection);
}

void ValueLabel::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    menu.addAction(tr("Copy"), this, [this] { QApplication::clipboard()->setText(toCopy()); });
    menu.exec(event->globalPos());
}

void ValueLabel::paintEvent(QPaintEvent *event)
{
    QLabel::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(style::color(style::Role::accent), focusRing));
    painter.drawRoundedRect(QRectF(ringRect()).adjusted(1, 1, -1, -1), 4, 4);
}

QRect ValueLabel::ringRect() const
{
    const int flags =
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), alignment())) | (wordWrap() ? Qt::TextWordWrap : 0);
    const QRect inner = contentsRect().adjusted(margin(), margin(), -margin(), -margin());
    const QRect shown = fontMetrics().boundingRect(inner, flags, text());
    const QMargins around = contentsMargins() + margin();
    return QRect(shown.left() - around.left(), 0, shown.width() + around.left() + around.right(), height()) & rect();
}

QMargins headlineMargins() { return {headlinePadding, 0, headlinePadding, 0}; }

void makeHeadline(ValueLabel &label)
{
    label.setContentsMargins(headlineMargins());
    label.setTextInteractionFlags(Qt::TextSelectableByMouse);
    label.setFocusPolicy(Qt::StrongFocus);
}

ElidedLabel::ElidedLabel(const QString &text, Look look, QWidget *parent)
    : QLabel(parent)
{
    setLook(*this, look);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFullText(text);
}

void ElidedLabel::setFullText(const QString &text)
{
    setText(text);
    const QString spoken = withoutIsolates(text);
    setAccessibleName(spoken == text ? QString() : spoken);
    setPlainToolTip(*this, text);
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 4, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QStyleOption option;
    option.initFrom(this);
    QPainter painter(this);
    const QString line = fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
    style()->drawItemText(&painter, contentsRect(), static_cast<int>(alignment()), option.palette, isEnabled(), line,
                          foregroundRole());
}

IconLabel::IconLabel(const QString &icon, style::Role role, QWidget *parent)
    : QWidget(parent)
    , m_icon(icon)
    , m_role(role)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconLabel::setIcon(const QString &icon, style::Role role)
{
    m_icon = icon;
    m_role = role;
    update();
}

void IconLabel::setLogicalSize(int size)
{
    m_size = size;
    updateGeometry();
}

QSize IconLabel::sizeHint() const
{
    const int side = style::metricsOf(*this).px(m_size);
    return {side, side};
}

void IconLabel::paintEvent(QPaintEvent *)
{
    if (m_icon.isEmpty())
        return;
    QPainter painter(this);
    style::icon(m_icon, m_role).paint(&painter, rect());
}

} // namespace bookdesk::widgets
