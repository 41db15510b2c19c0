#include "widgets/page-header.h"

#include "style/metrics.h"
#include "widgets/labels.h"

#include <QHBoxLayout>

namespace bookdesk::widgets {

PageHeader::PageHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_subtitle(label({}, Look::muted, this))
    , m_row(new QHBoxLayout(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(metrics.px(10));
    m_row->addWidget(label(title, Look::title, this));
    m_row->addWidget(m_subtitle, 0, Qt::AlignVCenter);
    m_row->addStretch(1);
}

void PageHeader::setSubtitle(const QString &subtitle) { m_subtitle->setText(subtitle); }

QString PageHeader::subtitle() const { return m_subtitle->text(); }

void PageHeader::addAction(QWidget *widget) { m_row->addWidget(widget); }

} // namespace bookdesk::widgets
