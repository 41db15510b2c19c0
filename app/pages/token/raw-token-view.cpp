#include "pages/token/raw-token-view.h"

#include "pages/token/token-parts.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

RawTokenView::RawTokenView(QWidget *parent)
    : QWidget(parent)
    , m_copy(widgets::pushButton(tr("Copy token"), u"copy"_s, widgets::ButtonLook::plain, this))
    , m_parts(new TokenParts(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_parts->text()->setObjectName(u"rawToken"_s);
    m_parts->text()->setMinimumHeight(metrics.px(40));
    m_parts->reveal()->setObjectName(u"reveal"_s);
    m_copy->setObjectName(u"copyToken"_s);
    QLabel *warning = widgets::label(tr("Anyone who has the whole token can act as its owner until it expires."),
                                     widgets::Look::smallMuted, this);
    warning->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics.px(12), metrics.px(8), metrics.px(12), metrics.px(8));
    column->setSpacing(metrics.px(8));
    auto *top = new QHBoxLayout; // beside the parts' buttons it would not fit on one line
    top->setSpacing(metrics.px(8));
    top->addWidget(warning, 1);
    top->addWidget(m_copy);
    column->addLayout(top);
    column->addWidget(m_parts, 1);
    connect(m_parts->text(), &TokenText::secretCopyAsked, this, &RawTokenView::copyAsked);
    connect(m_copy, &QPushButton::clicked, this, [this] { Q_EMIT copyAsked(m_token); });
}

void RawTokenView::setToken(const Secret &token, bool hasParts)
{
    m_token = token;
    m_parts->setToken(token, hasParts);
    m_copy->setEnabled(!token.isEmpty());
}

bool RawTokenView::isRevealed() const { return m_parts->isRevealed(); }

} // namespace bookdesk::pages
