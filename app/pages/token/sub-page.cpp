#include "pages/token/sub-page.h"

#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

SubPage::SubPage(const QString &title, const QString &subtitle, QWidget *parent)
    : QWidget(parent)
    , m_top(new QHBoxLayout)
    , m_body(new QVBoxLayout(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    QToolButton *back = widgets::toolButton(u"back"_s, tr("Back"), this);
    back->setObjectName(u"back"_s);
    connect(back, &QToolButton::clicked, this, &SubPage::left);
    auto *escape = new QShortcut(Qt::Key_Escape, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &SubPage::left);
    m_top->setSpacing(metrics.px(10));
    m_top->addWidget(back);
    m_top->addWidget(widgets::label(title, widgets::Look::title, this));
    QLabel *more = widgets::label(subtitle, widgets::Look::muted, this);
    more->setWordWrap(true);
    m_top->addWidget(more, 1);
    m_body->setContentsMargins(metrics.marginX(), metrics.marginY(), metrics.marginX(), metrics.marginY());
    m_body->setSpacing(metrics.gap());
    m_body->addLayout(m_top);
    setFocusProxy(back);
}

void SubPage::addAction(QWidget *widget) { m_top->addWidget(widget); }

} // namespace bookdesk::pages
