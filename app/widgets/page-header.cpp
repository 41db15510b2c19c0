#include "widgets/page-header.h"

#include "style/metrics.h"
#include "widgets/labels.h"

#include <QHBoxLayout>

namespace bookdesk::widgets {

PageHeader::PageHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_subtitle(new ElidedLabel({}, Look::muted, this))
    , m_row(new QHBoxLayout(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(metrics.px(10));
    m_row->addWidget(label(title, Look::title, this));
    m_row->addWidget(m_subtitle, 1, Qt::AlignVCenter);
}

void PageHeader::setSubtitle(const QString &subtitle) { m_subtitle->setFullText(subtitle); }

QString PageHeader::subtitle() const { return m_subtitle->text(); }

void PageHeader::addBack(QWidget *button) { m_row->insertWidget(0, button); }

void PageHeader::addAction(QWidget *widget) { m_row->addWidget(widget); }

void PageHeader::addField(QWidget *field, int width)
{
    constexpr int beforeTheGap = 1000;
    field->setMinimumWidth(width / 2);
    field->setMaximumWidth(width);
    m_row->addWidget(field, beforeTheGap);
}

} // namespace bookdesk::widgets
