#include "widgets/banner.h"

#include "core/text.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/chip.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace bookdesk::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr int unwrappedHeadline = 60;
constexpr int wrappedShare = 100;
constexpr int textShare = 1000;

} // namespace

void announce(QWidget &widget, const QString &text)
{
    widget.setAccessibleName(text);
    QAccessibleEvent event(&widget, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

Banner::Banner(QWidget *parent)
    : QFrame(parent)
    , m_icon(new IconLabel({}, style::Role::text, this))
    , m_top(new QHBoxLayout)
    , m_headline(new ValueLabel({}, Look::section, this))
    , m_chip(new Chip(Kind::neutral, {}, {}, this))
    , m_text(new ValueLabel({}, Look::body, this))
    , m_rows(new KeyValueRows(this))
    , m_buttons(new QVBoxLayout)
    , m_close(toolButton(u"cross"_s, tr("Close"), this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics.px(14), metrics.px(10), metrics.px(10), metrics.px(10));
    row->setSpacing(metrics.px(11));
    m_icon->setLogicalSize(20);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(makeTextColumn(), textShare);
    row->addStretch(1);
    row->addLayout(makeActionColumn());
    row->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_close, &QToolButton::clicked, this, &Banner::close);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_close->hide();
    hide();
}

QWidget *Banner::makeTextColumn()
{
    const style::Metrics metrics = style::metricsOf(*this);
    // Limited as a whole: a layout asks its items for their height at a width that ignores their own limit.
    auto *texts = new QWidget(this);
    texts->setMaximumWidth(metrics.textColumn());
    auto *column = new QVBoxLayout(texts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics.px(4));
    m_top->setSpacing(metrics.px(10));
    m_top->addWidget(m_headline);
    m_top->addWidget(m_chip, 0, Qt::AlignTop);
    m_top->addStretch(1);
    column->addLayout(m_top);
    m_text->setWordWrap(true);
    column->addWidget(m_text);
    column->addWidget(m_rows);
    column->addStretch(1);
    return texts;
}

QVBoxLayout *Banner::makeActionColumn()
{
    m_buttons->setSpacing(style::metricsOf(*this).px(6));
    auto *column = new QVBoxLayout;
    column->addLayout(m_buttons);
    column->addStretch(1);
    return column;
}

void Banner::show(const BannerText &text)
{
    m_kind = text.kind;
    m_icon->setIcon(text.icon.isEmpty() ? kindIcon(text.kind) : text.icon, kindInk(text.kind));
    m_headline->setText(visible(text.headline));
    // Only a long headline needs to wrap; a wrapping one would push the chip away from it.
    m_headline->setWordWrap(text.headline.size() > unwrappedHeadline);
    m_top->setStretchFactor(m_headline, m_headline->wordWrap() ? wrappedShare : 0);
    m_text->setText(visibleLines(text.text));
    m_text->setVisible(!text.text.isEmpty());
    m_rows->setRows(text.rows);
    m_rows->setVisible(!text.rows.empty());
    m_chip->hide();
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    setProperty("kind", kindName(text.kind));
    style()->unpolish(this);
    style()->polish(this);
    setVisible(true);
    announce(*this, m_headline->text() + u". "_s + m_text->text());
}

void Banner::setChip(Kind kind, const QString &text, const QString &sentence)
{
    m_chip->set(kind, text, sentence);
    m_chip->show();
}

QPushButton *Banner::addButton(const QString &text, const QString &icon)
{
    QPushButton *button = pushButton(text, icon, ButtonLook::plain, this);
    m_buttons->addWidget(button);
    button->show();
    return button;
}

QPushButton *Banner::addFlatButton(const QString &text)
{
    QPushButton *button = pushButton(text, {}, ButtonLook::flat, this);
    m_buttons->addWidget(button);
    button->show();
    return button;
}

void Banner::setClosable(bool isClosable) { m_close->setVisible(isClosable); }

void Banner::close()
{
    hide();
    Q_EMIT closed();
}

void Banner::takeFocus() { m_headline->setFocus(Qt::OtherFocusReason); }

QString Banner::headline() const { return m_headline->text(); }

QString Banner::text() const { return m_text->text(); }

void Banner::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_close->isHidden()) {
        close();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace bookdesk::widgets
