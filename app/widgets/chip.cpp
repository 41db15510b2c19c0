#include "widgets/chip.h"

#include "style/metrics.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QPainter>

namespace bookdesk::widgets {

Chip::Chip(Kind kind, const QString &text, const QString &sentence, QWidget *parent)
    : QFrame(parent)
    , m_icon(new IconLabel)
    , m_text(label({}, Look::small))
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics.px(9), metrics.px(2), metrics.px(9), metrics.px(2));
    row->setSpacing(metrics.px(5));
    m_icon->setLogicalSize(13);
    QFont font = m_text->font();
    font.setWeight(QFont::Medium);
    m_text->setFont(font);
    row->addWidget(m_icon);
    row->addWidget(m_text);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    set(kind, text, sentence);
}

void Chip::set(Kind kind, const QString &text, const QString &sentence)
{
    m_kind = kind;
    m_text->setText(text);
    m_text->setAccessibleName(sentence);
    setTone(*m_text, kind == Kind::neutral ? QString() : kindName(kind));
    setIcon(kindIcon(kind));
    // The texts of hidden labels reach no layout.
    layout()->invalidate();
    updateGeometry();
    update();
}

// A style sheet ignores a radius of more than half the height, so the pill is painted here.
void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_isOutlined ? QPen(style::color(kindInk(m_kind)), 1) : QPen(Qt::NoPen));
    painter.setBrush(style::color(kindGround(m_kind)));
    const qreal inset = m_isOutlined ? 0.5 : 0;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), height() / 2.0, height() / 2.0);
}

void Chip::setOutlined(bool isOutlined)
{
    m_isOutlined = isOutlined;
    update();
}

void Chip::setIcon(const QString &icon)
{
    m_icon->setIcon(icon, kindInk(m_kind));
    m_icon->setVisible(!icon.isEmpty());
}

QString Chip::text() const { return m_text->text(); }

} // namespace bookdesk::widgets
