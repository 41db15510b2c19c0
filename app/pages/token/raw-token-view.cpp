#include "pages/token/raw-token-view.h"

#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {
namespace {

/// Dots in place of the parts, so that only the shape can be seen.
QString masked(const Secret &token)
{
    QStringList parts;
    for (const QByteArray &part : token.reveal().toByteArray().split('.'))
        parts += RawTokenView::tr("•••••• (%n characters)", nullptr, static_cast<int>(part.size()));
    return parts.join(u"\n.\n"_s);
}

} // namespace

RawTokenView::RawTokenView(QWidget *parent)
    : QWidget(parent)
    , m_text(new QPlainTextEdit(this))
    , m_reveal(widgets::pushButton(tr("Reveal"), {}, widgets::ButtonLook::plain, this))
    , m_copy(widgets::pushButton(tr("Copy token"), u"copy"_s, widgets::ButtonLook::plain, this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_text->setObjectName(u"rawToken"_s);
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::NoTextInteraction);
    m_text->setContextMenuPolicy(Qt::NoContextMenu);
    m_text->setFocusPolicy(Qt::StrongFocus);
    m_text->setTabChangesFocus(true);
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    m_text->setFont(style::monoFont(QApplication::font()));
    m_text->installEventFilter(this);
    m_reveal->setObjectName(u"reveal"_s);
    m_reveal->setCheckable(true);
    m_copy->setObjectName(u"copyToken"_s);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(metrics.px(8));
    QLabel *warning = widgets::label(tr("Anyone who has this text can act as you until it expires."),
                                     widgets::Look::smallMuted, this);
    warning->setWordWrap(true);
    buttons->addWidget(warning, 1);
    buttons->addWidget(m_reveal);
    buttons->addWidget(m_copy);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.px(12), metrics.px(4), metrics.px(12), metrics.px(12));
    column->setSpacing(metrics.px(8));
    column->addLayout(buttons);
    column->addWidget(m_text, 1);
    connect(m_reveal, &QPushButton::toggled, this, &RawTokenView::showText);
    connect(m_copy, &QPushButton::clicked, this, &RawTokenView::copyAsked);
    showText(false);
}

void RawTokenView::setToken(const Secret &token)
{
    if (token == m_token)
        return;
    m_token = token;
    m_reveal->setChecked(false);
    showText(false);
    m_reveal->setEnabled(!token.isEmpty());
    m_copy->setEnabled(!token.isEmpty());
}

bool RawTokenView::isRevealed() const { return m_reveal->isChecked(); }

void RawTokenView::showText(bool isRevealed)
{
    m_reveal->setText(isRevealed ? tr("Hide") : tr("Reveal"));
    m_text->setAccessibleName(isRevealed ? tr("The token") : tr("The token, masked"));
    m_text->setPlainText(isRevealed ? QString::fromLatin1(m_token.reveal()) : masked(m_token));
}

void RawTokenView::hideEvent(QHideEvent *event)
{
    m_reveal->setChecked(false);
    QWidget::hideEvent(event);
}

bool RawTokenView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
        Q_EMIT copyAsked();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace bookdesk::pages
