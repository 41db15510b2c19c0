#include "pages/token/compare-view.h"

#include "pages/token/comparison-table.h"
#include "style/metrics.h"
#include "widgets/banner.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/labels.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Kind;
using widgets::Look;

namespace {

Kind kindOf(books::AccessChange change)
{
    switch (change) {
    case books::AccessChange::more:
        return Kind::ok;
    case books::AccessChange::less:
    case books::AccessChange::other:
    case books::AccessChange::unknown:
        return Kind::warn;
    case books::AccessChange::oneToken:
    case books::AccessChange::none:
        break;
    }
    return Kind::accent;
}

} // namespace

CompareView::CompareView(Clock clock, QWidget *parent)
    : SubPage(tr("Compare tokens"), tr("what one has and the other lacks"), parent)
    , m_clock(std::move(clock))
    , m_a(new QComboBox(this))
    , m_b(new QComboBox(this))
    , m_holderA(new widgets::ValueLabel({}, Look::smallMuted, this))
    , m_holderB(new widgets::ValueLabel({}, Look::smallMuted, this))
    , m_summary(new widgets::Banner(this))
    , m_table(new ComparisonTable(this))
{
    auto *copy = widgets::pushButton(tr("Copy differences"), u"copy"_s, widgets::ButtonLook::plain, this);
    copy->setObjectName(u"copyDifferences"_s);
    addAction(copy);
    auto *report = widgets::pushButton(tr("Report…"), u"export"_s, widgets::ButtonLook::plain, this);
    report->setObjectName(u"reportComparison"_s);
    addAction(report);
    body()->addWidget(makeSides());
    body()->addWidget(m_summary);
    body()->addWidget(m_table, 1);
    connect(copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(books::comparisonReport(m_comparison)); });
    connect(m_a, &QComboBox::currentIndexChanged, this, &CompareView::compare);
    connect(m_b, &QComboBox::currentIndexChanged, this, &CompareView::compare);
    connect(report, &QPushButton::clicked, this, &CompareView::reportAsked);
}

QWidget *CompareView::makeSides()
{
    auto *card = new widgets::Card({}, this);
    QToolButton *swap = widgets::toolButton(u"swap"_s, tr("Swap A and B"), this);
    swap->setObjectName(u"swapTokens"_s);
    connect(swap, &QToolButton::clicked, this, [this] {
        const int first = m_a->currentIndex();
        m_a->setCurrentIndex(m_b->currentIndex());
        m_b->setCurrentIndex(first);
    });
    const auto side = [this](const QString &name, QComboBox *choice, widgets::ValueLabel *holder) {
        auto *column = new QVBoxLayout;
        QLabel *label = widgets::label(name, Look::smallMuted, this);
        label->setBuddy(choice);
        choice->setAccessibleName(name);
        choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        holder->setWordWrap(true);
        holder->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
        column->addWidget(choice);
        column->addWidget(holder);
        return column;
    };
    m_a->setObjectName(u"tokenA"_s);
    m_b->setObjectName(u"tokenB"_s);
    auto *row = new QHBoxLayout;
    row->setSpacing(style::metricsOf(*this).gap());
    row->addLayout(side(tr("Token A"), m_a, m_holderA), 1);
    row->addWidget(swap);
    row->addLayout(side(tr("Token B"), m_b, m_holderB), 1);
    card->body()->addLayout(row);
    return card;
}

void CompareView::setChoices(std::vector<TokenChoice> choices)
{
    m_choices = std::move(choices);
    for (QComboBox *box : {m_a, m_b}) {
        const QSignalBlocker blocker(box);
        const QString before = box->currentText();
        box->clear();
        for (const TokenChoice &choice : m_choices)
            box->addItem(nameOf(choice));
        box->setCurrentIndex(std::max(0, box->findText(before)));
    }
    compare();
}

QString CompareView::nameOf(const TokenChoice &choice) const
{
    const bool isOnlyOne = std::ranges::count(m_choices, choice.name, &TokenChoice::name) == 1;
    return isOnlyOne ? choice.name : tr("%1, %2", "token, its holder").arg(choice.name, choice.holder);
}

void CompareView::chooseFirstTwo()
{
    m_a->setCurrentIndex(0);
    m_b->setCurrentIndex(std::min(1, m_b->count() - 1));
}

QString CompareView::holderText(int index) const
{
    const TokenChoice &choice = m_choices.at(static_cast<std::size_t>(index));
    const Json *issued = choice.token.claims.find(u"iat");
    const Json *expiry = choice.token.claims.find(u"exp");
    const std::optional<TimePoint> from = issued ? jose::numericDate(*issued) : std::nullopt;
    const std::optional<TimePoint> until = expiry ? jose::numericDate(*expiry) : std::nullopt;
    if (!from || !until)
        return choice.holder;
    return tr("%1 · issued %2, %3").arg(choice.holder, widgets::timeOfDay(*from), widgets::lifeText(*until, m_clock()));
}

TokenChoice CompareView::chosenIn(const QComboBox &box) const
{
    TokenChoice choice = m_choices.at(static_cast<std::size_t>(box.currentIndex()));
    jose::Verification &verification = choice.token.facts.verification;
    verification = jose::judgedAgain(verification, m_clock());
    return choice;
}

void CompareView::compare()
{
    if (m_a->currentIndex() < 0 || m_b->currentIndex() < 0) {
        m_comparison = {};
        m_shared = {};
        m_summary->forget();
        return m_table->setComparison({}, {}, {});
    }
    const TokenChoice a = chosenIn(*m_a);
    const TokenChoice b = chosenIn(*m_b);
    m_holderA->setBreakableText(holderText(m_a->currentIndex()));
    m_holderB->setBreakableText(holderText(m_b->currentIndex()));
    m_comparison = books::compareTokens(a.token, b.token, a.names);
    m_shared = books::sharedComparison(m_comparison, a.token.facts.verification, b.token.facts.verification);
    const books::ComparisonSummary &summary = m_shared.summary;
    m_summary->show({kindOf(summary.change), summary.headline, summary.detail, {}, {}});
    m_table->setComparison(m_comparison, a.brief, b.brief);
}

} // namespace bookdesk::pages
