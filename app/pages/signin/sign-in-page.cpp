#include "pages/signin/sign-in-page.h"

#include "core/address-text.h"
#include "pages/signin/connection-list.h"
#include "pages/signin/error-card.h"
#include "pages/signin/waiting-card.h"
#include "style/metrics.h"
#include "widgets/banner.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/flow-layout.h"
#include "widgets/labels.h"
#include "workspace/workspace.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace bookdesk::pages {

using namespace Qt::StringLiterals;
using widgets::Look;

SignInPage::SignInPage(workspace::Workspace &workspace, Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_scroll(new QScrollArea(this))
    , m_column(new QWidget)
    , m_banner(new widgets::Banner(this))
    , m_connections(new ConnectionList(this))
    , m_starting(new widgets::ThinBar(tr("Starting the Sandbox"), this))
    , m_waiting(new WaitingCard(std::move(clock), this))
    , m_error(new ErrorCard(this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_column->setProperty("ground", u"clear"_s);
    m_column->setMaximumWidth(metrics.px(760));
    auto *rows = new QVBoxLayout(m_column);
    rows->setContentsMargins(0, metrics.marginY(), 0, metrics.marginY());
    rows->setSpacing(metrics.px(16));
    rows->addStretch(1);
    m_head = makeHead();
    rows->addWidget(m_head);
    rows->addWidget(m_banner);
    auto *cards = new QHBoxLayout;
    cards->setSpacing(metrics.px(16));
    cards->addWidget(makeChoice(), 1, Qt::AlignTop);
    cards->addWidget(makeSide(), 0, Qt::AlignTop);
    rows->addLayout(cards);
    rows->addStretch(1);

    auto *ground = new QWidget;
    ground->setProperty("ground", u"clear"_s);
    auto *center = new QHBoxLayout(ground);
    center->setContentsMargins(metrics.marginX(), 0, metrics.marginX(), 0);
    center->addWidget(m_column);
    m_scroll->setWidget(ground);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->installEventFilter(this);
    m_column->installEventFilter(this);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_scroll);

    connect(&m_workspace, &workspace::Workspace::connectionsChanged, this, &SignInPage::showConnections);
    connect(&m_workspace, &workspace::Workspace::deskChanged, this, &SignInPage::followDesk);
    connect(m_waiting, &WaitingCard::redirectReceived, this, &SignInPage::redirectReceived);
    showConnections();
    followDesk();
}

bool SignInPage::eventFilter(QObject *watched, QEvent *event)
{
    const bool isOther = event->type() != QEvent::Resize && event->type() != QEvent::LayoutRequest;
    if (!isOther && (watched == m_column || watched == m_scroll->viewport()))
        fitErrorCard();
    return QWidget::eventFilter(watched, event);
}

/// Its buttons stay in sight, so it is no taller than what is left of the page.
void SignInPage::fitErrorCard()
{
    const QLayout *rows = m_column->layout();
    const QMargins around = rows->contentsMargins();
    int taken = around.top() + around.bottom() + m_head->height() + rows->spacing();
    if (!m_banner->isHidden())
        taken += m_banner->height() + rows->spacing();
    if (!m_waiting->isHidden())
        taken += m_waiting->height() + m_side->layout()->spacing();
    m_error->setMaximumHeight(std::max(m_error->leastHeight(), m_scroll->viewport()->height() - taken));
}

QWidget *SignInPage::makeHead()
{
    const style::Metrics metrics = style::metricsOf(*this);
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics.px(14));
    auto *mark = new widgets::IconLabel(u"app"_s);
    mark->setLogicalSize(52);
    row->addWidget(mark);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(metrics.px(4));
    texts->addStretch(1);
    texts->addWidget(widgets::label(tr("Sign in to browse books"), Look::title));
    QLabel *subtitle =
        widgets::label(tr("You sign in in your own browser. Bookdesk never sees your password."), Look::muted);
    subtitle->setWordWrap(true);
    texts->addWidget(subtitle);
    texts->addStretch(1);
    row->addLayout(texts, 1);
    return head;
}

QWidget *SignInPage::makeChoice()
{
    auto *card = new widgets::Card(tr("Connection"));
    card->body()->addWidget(m_connections);
    QSizePolicy policy = m_starting->sizePolicy();
    policy.setRetainSizeWhenHidden(false);
    m_starting->setSizePolicy(policy);
    card->body()->addWidget(m_starting);
    m_add = widgets::pushButton(tr("Add connection…"), u"plus"_s, widgets::ButtonLook::flat);
    m_signIn = widgets::pushButton(tr("Sign in"), u"sign-in"_s, widgets::ButtonLook::primary);
    m_signIn->setToolTip(tr("Ctrl+Return"));
    m_another = widgets::pushButton(tr("Use another account"), {}, widgets::ButtonLook::quiet);
    m_add->setObjectName(u"addConnection"_s);
    m_signIn->setObjectName(u"signIn"_s);
    m_another->setObjectName(u"useAnotherAccount"_s);
    auto *addRow = new QHBoxLayout;
    addRow->addWidget(m_add);
    addRow->addStretch(1);
    card->body()->addLayout(addRow);
    auto *actions = new widgets::FlowLayout(style::metricsOf(*this).px(6));
    actions->addWidget(m_signIn);
    actions->addWidget(m_another);
    card->body()->addLayout(actions);
    connect(m_add, &QPushButton::clicked, this, &SignInPage::addConnectionAsked);
    connect(m_signIn, &QPushButton::clicked, this, [this] { signIn({}); });
    connect(m_another, &QPushButton::clicked, this, [this] { signIn({u"select_account"_s, {}}); });
    connect(m_connections, &ConnectionList::chosen, this, &SignInPage::choose);
    return card;
}

QWidget *SignInPage::makeSide()
{
    m_side = new QWidget;
    m_side->setFixedWidth(style::metricsOf(*this).px(330));
    auto *column = new QVBoxLayout(m_side);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_waiting);
    column->addWidget(m_error);
    connect(m_error, &ErrorCard::againAsked, this, [this] { signIn({}); });
    connect(m_error, &ErrorCard::linkAsked, m_waiting, &WaitingCard::copyLink);
    m_side->hide();
    return m_side;
}

void SignInPage::showConnections()
{
    if (m_workspace.sandbox())
        m_starting->stop();
    m_connections->setConnections(m_workspace.choices());
    m_connections->setCurrent(m_workspace.currentId());
    m_signIn->setEnabled(m_workspace.desk() && !m_isWaiting);
    m_another->setEnabled(m_workspace.desk());
}

void SignInPage::choose(const QString &id)
{
    if (id == workspace::Workspace::sandboxId() && !m_workspace.sandbox())
        Q_EMIT sandboxAsked();
    else
        m_workspace.use(id);
}

void SignInPage::followDesk()
{
    workspace::Desk *desk = m_workspace.desk();
    ++m_serial;
    setWaiting(false);
    m_waiting->setAttempt(nullptr);
    m_error->hide();
    m_side->hide();
    if (desk) {
        m_banner->hide();
        connect(desk, &workspace::Desk::attemptChanged, this, &SignInPage::followAttempt, Qt::UniqueConnection);
    }
    showConnections();
}

void SignInPage::followAttempt()
{
    workspace::Desk *desk = m_workspace.desk();
    identity::SignIn *attempt = desk ? desk->attempt() : nullptr;
    m_waiting->setAttempt(attempt);
    if (!attempt)
        return;
    m_error->hide();
    m_side->show();
    connect(attempt, &identity::SignIn::progressed, this, &SignInPage::showBrowserFailure);
}

/// The sign-in goes on, because its link can be used. Once it is used, the card is no longer needed.
void SignInPage::showBrowserFailure()
{
    workspace::Desk *desk = m_workspace.desk();
    const identity::SignIn *attempt = desk ? desk->attempt() : nullptr;
    if (!attempt || attempt->browserFailure().has_value() != m_error->isHidden())
        return;
    if (!attempt->browserFailure())
        return m_error->hide();
    m_error->show(*attempt->browserFailure(), hostText(desk->connection().authority));
    m_error->offerLink(true);
}

void SignInPage::signIn(identity::SignInOptions options)
{
    workspace::Desk *desk = m_workspace.desk();
    if (!desk)
        return;
    const int serial = ++m_serial;
    m_attemptDesk = desk;
    m_error->hide();
    setWaiting(true);
    QCoro::connect(desk->signIn(std::move(options)), this,
                   [this, serial](const Result<void> &result) { finish(serial, result); });
    followAttempt();
    if (m_isWaiting)
        m_waiting->takeFocus();
}

void SignInPage::cancel()
{
    workspace::Desk *desk = m_workspace.desk();
    if (desk && desk->attempt())
        desk->attempt()->cancel();
}

void SignInPage::finish(int serial, const Result<void> &result)
{
    // An attempt that was superseded, or whose connection is no longer in use, is no longer shown.
    if (serial != m_serial || m_attemptDesk != m_workspace.desk())
        return;
    m_waiting->setAttempt(nullptr);
    m_side->setVisible(!result);
    setWaiting(false);
    if (result) {
        Q_EMIT signedIn();
        return;
    }
    m_error->offerLink(false);
    m_error->show(result.error(), hostText(m_workspace.desk()->connection().authority));
    m_error->takeFocus();
    Q_EMIT failed(result.error());
}

void SignInPage::setWaiting(bool isWaiting)
{
    m_signIn->setEnabled(m_workspace.desk() && !isWaiting);
    if (m_isWaiting == isWaiting)
        return;
    m_isWaiting = isWaiting;
    Q_EMIT waitingChanged();
}

void SignInPage::showStarting()
{
    m_banner->hide();
    m_starting->startIndeterminate();
    m_signIn->setEnabled(false);
}

void SignInPage::showStartFailure(const Error &error)
{
    m_starting->stop();
    m_banner->show(
        {widgets::Kind::warn, tr("The Sandbox did not start"), advised(error), widgets::errorRows(error), {}});
    connect(m_banner->addButton(tr("Try again"), u"refresh"_s), &QPushButton::clicked, this, &SignInPage::sandboxAsked);
}

void SignInPage::takeFocus()
{
    if (m_isWaiting)
        m_waiting->takeFocus();
    else if (!m_error->isHidden())
        m_error->takeFocus();
    else if (m_signIn->isEnabled())
        m_signIn->setFocus(Qt::OtherFocusReason);
    else
        m_connections->takeFocus();
}

} // namespace bookdesk::pages
