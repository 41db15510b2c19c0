#include "pages/signin/browser-error-view.h"

#include "pages/signin/advice-card.h"
#include "pages/signin/page-text-field.h"
#include "pages/signin/waiting-strip.h"
#include "style/metrics.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Look;

BrowserErrorView::BrowserErrorView(Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_hint(widgets::label({}, Look::smallMuted, this))
    , m_field(new PageTextField(this))
    , m_strip(new WaitingStrip(std::move(clock), this))
    , m_advice(new AdviceCard(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(style::metricsOf(*this).px(16));
    row->addWidget(makeLeft(), 372);
    row->addWidget(m_advice, 512);
    connect(m_field, &PageTextField::pageRead, this, &BrowserErrorView::explain);
    connect(m_advice, &AdviceCard::anotherAccountAsked, this, &BrowserErrorView::anotherAccountAsked);
}

QWidget *BrowserErrorView::makeLeft()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *card = new widgets::Card({}, this);
    auto *paste = widgets::pushButton(tr("Paste"), u"paste"_s, widgets::ButtonLook::plain, this);
    paste->setObjectName(u"pastePage"_s);
    m_field->setObjectName(u"pageText"_s);
    m_field->setMinimumHeight(metrics.px(90));
    auto *head = new QHBoxLayout;
    QLabel *title = widgets::label(tr("What the browser's page says"), Look::section);
    title->setWordWrap(true);
    head->addWidget(title, 1);
    head->addWidget(paste);
    m_hint->setObjectName(u"pageHint"_s);
    m_hint->setText(tr("The whole page, in any language. It stays here."));
    m_hint->setWordWrap(true);
    card->body()->addLayout(head);
    card->body()->addWidget(m_hint);
    card->body()->addWidget(m_field, 1);
    card->body()->addWidget(m_strip);
    connect(paste, &QPushButton::clicked, m_field, &PageTextField::pasteFromClipboard);
    return card;
}

void BrowserErrorView::open(const identity::AdviceContext &context)
{
    m_context = context;
    m_field->reset();
    m_advice->showHint();
    show();
    m_field->setFocus(Qt::OtherFocusReason);
}

int BrowserErrorView::leastHeight() const { return layout()->totalMinimumHeightForWidth(width()); }

void BrowserErrorView::explain()
{
    const identity::BrowserPage &page = m_field->page();
    m_hint->setText(page.isCut ? tr("That is too much for a page: only its beginning is kept. It stays here.")
                               : tr("The whole page, in any language. It stays here."));
    if (page.text.trimmed().isEmpty())
        m_advice->showHint();
    else
        m_advice->show(identity::signInAdvice(page.error, page.user, m_context));
}

} // namespace bookdesk::pages
