#include "pages/token/claims-card.h"

#include "core/text.h"
#include "pages/token/checks-list.h"
#include "pages/token/claims-model.h"
#include "pages/token/raw-token-view.h"
#include "pages/token/wrapping-delegate.h"
#include "style/metrics.h"
#include "style/properties.h"
#include "widgets/buttons.h"
#include "widgets/column-shares.h"
#include "widgets/labels.h"
#include "widgets/search-field.h"
#include "widgets/tab-bar.h"
#include "widgets/tall-rows-table.h"
#include "widgets/words-filter.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

ClaimsCard::ClaimsCard(QWidget *parent)
    : Card({}, parent)
    , m_model(new ClaimsModel(jose::ClaimMeanings::forLocale(), this))
    , m_filter(new widgets::WordsFilter(this))
    , m_views(widgets::tabBar(u"tokenViews"_s, tr("View of the token"), this))
    , m_search(new widgets::SearchField(tr("Filter claims"), this))
    , m_copy(widgets::toolButton(u"copy"_s, tr("Copy what is shown as JSON"), this))
    , m_table(new widgets::TallRowsTable(this))
    , m_raw(new RawTokenView(this))
    , m_message(widgets::label({}, widgets::Look::muted, this))
    , m_stack(new QStackedWidget(this))
{
    m_filter->setSourceModel(m_model);
    m_model->setValueFont(style::monoFont(QApplication::font()));
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    setUpTable();
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_raw);
    m_stack->addWidget(m_message);
    body()->setContentsMargins(1, style::metricsOf(*this).px(4), 1, 1);
    body()->setSpacing(0);
    body()->addWidget(makeTop());
    body()->addWidget(m_stack, 1);
    connect(m_search, &QLineEdit::textChanged, m_filter, &widgets::WordsFilter::setSearch);
    connect(m_copy, &QToolButton::clicked, this, &ClaimsCard::copyShown);
    connect(m_raw, &RawTokenView::copyAsked, this, &ClaimsCard::copyAsked);
    connect(m_views, &QTabBar::currentChanged, this, &ClaimsCard::showView);
}

QWidget *ClaimsCard::makeTop()
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_views->setUsesScrollButtons(false);
    m_views->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    for (const QString &name : {tr("Claims"), tr("Header"), tr("Raw")})
        m_views->addTab(name);
    m_search->setObjectName(u"claimFilter"_s);
    m_search->setShortcut(QKeySequence::Find);
    m_search->setMinimumWidth(metrics.px(90));
    m_search->setMaximumWidth(metrics.px(200));
    m_copy->setObjectName(u"copyClaims"_s);
    auto *top = new QWidget(this);
    style::setEdge(*top, u"bottom"_s);
    auto *row = new QHBoxLayout(top);
    row->setContentsMargins(metrics.px(4), 0, metrics.px(10), metrics.px(4));
    row->setSpacing(metrics.px(8));
    row->addWidget(m_views);
    row->addStretch(1);
    row->addWidget(m_search, 20);
    row->addWidget(m_copy);
    return top;
}

void ClaimsCard::setUpTable()
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_table->setObjectName(u"claims"_s);
    m_table->setAccessibleName(tr("Claims"));
    m_table->setModel(m_filter);
    m_table->setItemDelegate(new WrappingDelegate(m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->verticalHeader()->setMinimumSectionSize(metrics.px(20));
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionsClickable(false);
    header->setMinimumSectionSize(metrics.px(60));
    new widgets::ColumnShares(m_table, {26, 38, 36});
    frameless(*m_table);
    // Row heights depend on the columns' widths and the texts; a timer combines many changes into one fit.
    auto *fit = new QTimer(this);
    fit->setSingleShot(true);
    connect(fit, &QTimer::timeout, this, &ClaimsCard::fitRows);
    const auto fitSoon = [fit] { fit->start(0); };
    connect(header, &QHeaderView::sectionResized, fit, fitSoon);
    connect(m_filter, &QAbstractItemModel::modelReset, fit, fitSoon);
    connect(m_filter, &QAbstractItemModel::rowsInserted, fit, fitSoon);
    connect(m_filter, &QAbstractItemModel::dataChanged, fit, fitSoon);
}

void ClaimsCard::fitRows() { m_table->resizeRowsToContents(); }

void ClaimsCard::setToken(const jose::InspectedToken &token, const jose::ClaimContext &context, TimePoint now)
{
    m_token = token;
    m_context = context;
    m_now = now;
    m_raw->setToken(token.token, token.decoded.has_value());
    showView();
}

void ClaimsCard::clear()
{
    m_token = {};
    m_context = {};
    m_raw->setToken({}, false);
    m_model->clear();
    m_search->clear();
    m_views->setCurrentIndex(claimsView);
}

void ClaimsCard::updateTimes(TimePoint now)
{
    m_now = now;
    m_model->updateTimes(now);
}

void ClaimsCard::setFailedClaims(const QStringList &names) { m_model->setFailedClaims(names); }

void ClaimsCard::showView()
{
    const int view = m_views->currentIndex();
    m_search->setVisible(view != rawView);
    m_copy->setVisible(view != rawView && m_token.decoded.has_value());
    if (view == rawView) {
        m_stack->setCurrentWidget(m_raw);
    } else if (!m_token.decoded) {
        m_message->setText(tr("There is nothing to show: the token is not a readable JWT."));
        m_stack->setCurrentWidget(m_message);
    } else if (view == headerView) {
        m_model->showHeader(m_token.decoded->header);
        m_table->setAccessibleName(tr("Header"));
        m_stack->setCurrentWidget(m_table);
    } else {
        m_model->showClaims(m_token.decoded->claims, m_context, m_now);
        m_table->setAccessibleName(tr("Claims"));
        m_stack->setCurrentWidget(m_table);
    }
}

void ClaimsCard::copyShown()
{
    JsonObject shown;
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        JsonMember member = m_model->memberAt(m_filter->mapToSource(m_filter->index(row, 0)).row());
        shown.append(std::move(member.first), std::move(member.second));
    }
    QApplication::clipboard()->setText(QString::fromUtf8(toPrettyJson(Json(shown))));
}

} // namespace bookdesk::pages
