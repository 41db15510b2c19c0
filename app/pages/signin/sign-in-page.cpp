#include "pages/signin/sign-in-page.h"

#include "identity/errors.h"
#include "pages/signin/attempt-side.h"
#include "pages/signin/browser-error-view.h"
#include "pages/signin/connection-list.h"
#include "pages/signin/page-text-field.h"
#include "pages/signin/sign-in-head.h"
#include "pages/signin/waiting-strip.h"
#include "style/metrics.h"
#include "widgets/banner.h"
#include "widgets/bars.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/flow-layout.h"
#include "widgets/labels.h"
#include "widgets/tab-order.h"
#include "widgets/work-strip.h"
#include "workspace/workspace.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace bookdesk::pages {
namespace {

using namespace Qt::StringLiterals;

constexpr int columnWidth = 760;
constexpr int wideColumnWidth = 900;
constexpr int browserErrorHeight = 480;

} // namespace

SignInPage::SignInPage(workspace::Workspace &workspace, Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_scroll(new QScrollArea(this))
    , m_column(new QWidget)
    , m_banner(new widgets::Banner(this))
    , m_connections(new ConnectionList(this))
    , m_starting(new widgets::ThinBar(tr("Starting the Sandbox"), this))
    , m_side(new AttemptSide(clock, this))
    , m_browserError(new BrowserErrorView(std::move(clock), this))
{
    const style::Metrics metrics = style::metricsOf(*this);
    m_column->setProperty("ground", u"clear"_s);
    m_rows = new QVBoxLayout(m_column);
    m_rows->setContentsMargins(0, metrics.marginY(), 0, metrics.marginY());
    m_rows->setSpacing(metrics.px(16));
    m_rows->addStretch(1);
    m_head = makeSignInHead();
    m_rows->addWidget(m_head);
    m_rows->addWidget(m_banner);
    auto *cards = new QHBoxLayout;
    cards->setSpacing(metrics.px(16));
    m_choice = makeChoice();
    cards->addWidget(m_choice, 1, Qt::AlignTop);
    cards->addWidget(m_side, 0, Qt::AlignTop);
    setWide(false);
    m_rows->addLayout(cards);
    m_rows->addWidget(m_browserError);
    m_browserError->hide();
    m_rows->addStretch(1);

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
    connectSide();
    connectBrowserError();
    showConnections();
    followDesk();
}

bool SignInPage::eventFilter(QObject *watched, QEvent *event)
{
    const bool isOther = event->type() != QEvent::Resize && event->type() != QEvent::LayoutRequest;
    if (!isOther && (watched == m_column || watched == m_scroll->viewport())) {
        m_side->fitInto(roomBelowHead());
        fitBrowserError();
    }
    return QWidget::eventFilter(watched, event);
}

int SignInPage::roomBelowHead() const
{
    const QLayout *rows = m_column->layout();
    const QMargins around = rows->contentsMargins();
    int taken = around.top() + around.bottom() + m_head->height() + rows->spacing();
    if (!m_banner->isHidden())
        taken += m_banner->height() + rows->spacing();
    return m_scroll->viewport()->height() - taken;
}

/// Its height stays when what it shows changes, and its buttons stay in sight.
void SignInPage::fitBrowserError()
{
    const int room = roomBelowHead();
    m_browserError->setMinimumHeight(std::min(room, style::metricsOf(*this).px(browserErrorHeight)));
    m_browserError->setMaximumHeight(std::max(room, m_browserError->leastHeight()));
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
    m_onDevice = widgets::pushButton(tr("Sign in on another device"), u"device"_s, widgets::ButtonLook::flat);
    m_onDevice->setObjectName(u"signInOnAnotherDevice"_s);
    widgets::setPlainToolTip(*m_onDevice, tr("For computers without a browser: shows a code to type elsewhere."));
    auto *deviceRow = new QHBoxLayout;
    deviceRow->addWidget(m_onDevice);
    deviceRow->addStretch(1);
    card->body()->addLayout(deviceRow);
    connect(m_onDevice, &QPushButton::clicked, this, &SignInPage::signInByDeviceCode);
    connect(m_add, &QPushButton::clicked, this, &SignInPage::addConnectionAsked);
    connect(m_signIn, &QPushButton::clicked, this, [this] { signIn(usualOptions()); });
    connect(m_another, &QPushButton::clicked, this, &SignInPage::useAnotherAccount);
    connect(m_connections, &ConnectionList::chosen, this, &SignInPage::choose);
    return card;
}

void SignInPage::connectSide()
{
    connect(m_side, &AttemptSide::signInAsked, this, &SignInPage::tryAgain);
    connect(m_side, &AttemptSide::newCodeAsked, this, &SignInPage::signInByDeviceCode);
    connect(m_side, &AttemptSide::browserErrorAsked, this, &SignInPage::openBrowserError);
    connect(m_side, &AttemptSide::redirectReceived, this, &SignInPage::redirectReceived);
    connect(m_side, &AttemptSide::redirectReceived, this, &SignInPage::closeBrowserError);
}

void SignInPage::connectBrowserError()
{
    connect(&m_browserError->strip(), &WaitingStrip::backAsked, this, &SignInPage::goBackOrCancel);
    connect(&m_browserError->strip(), &WaitingStrip::againAsked, this, &SignInPage::tryAgain);
    connect(m_browserError, &BrowserErrorView::anotherAccountAsked, this, &SignInPage::useAnotherAccount);
}

void SignInPage::openBrowserError()
{
    const workspace::Desk *desk = m_workspace.desk();
    if (!desk)
        return;
    m_choice->hide();
    m_side->hide();
    setWide(true);
    fitBrowserError();
    m_browserError->open(identity::adviceContext(desk->connection()));
}

/// What is shown in its place has to be decided by the caller.
void SignInPage::closeBrowserError()
{
    if (m_browserError->isHidden())
        return;
    const bool hadFocus = widgets::holdsFocus(*m_browserError);
    m_browserError->hide();
    setWide(false);
    m_choice->show();
    m_side->setVisible(!m_side->isEmpty());
    if (hadFocus)
        takeFocus();
}

void SignInPage::goBackOrCancel()
{
    if (m_browserError->isHidden())
        return cancel();
    if (!m_isWaiting)
        return stopExplaining();
    closeBrowserError();
}

void SignInPage::stopExplaining()
{
    if (m_isWaiting || m_browserError->isHidden())
        return;
    closeBrowserError();
    m_workspace.comeBack();
    Q_EMIT waitingChanged();
}

bool SignInPage::isInUse() const { return m_isWaiting || !m_browserError->isHidden(); }

void SignInPage::setWide(bool isWide)
{
    m_column->setMaximumWidth(style::metricsOf(*this).px(isWide ? wideColumnWidth : columnWidth));
}

void SignInPage::showConnections()
{
    if (m_workspace.sandbox())
        m_starting->stop();
    m_connections->setConnections(m_workspace.choices());
    m_connections->setCurrent(m_workspace.currentId());
    m_signIn->setEnabled(m_workspace.desk() && !m_isWaiting);
    m_another->setEnabled(m_workspace.desk());
    m_onDevice->setEnabled(m_workspace.desk());
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
    showResuming(desk && desk->isResuming());
    m_side->clear();
    m_browserError->strip().setAttempt(nullptr);
    closeBrowserError();
    setWide(false);
    if (desk) {
        m_banner->hide();
        connect(desk, &workspace::Desk::attemptChanged, this, &SignInPage::followAttempt, Qt::UniqueConnection);
    }
    showConnections();
}

void SignInPage::followAttempt()
{
    workspace::Desk *desk = m_workspace.desk();
    showResuming(desk && desk->isResuming());
    m_browserError->strip().setAttempt(desk ? desk->attempt() : nullptr);
    if (!m_side->follow(desk))
        return;
    closeBrowserError();
    setWide(m_side->isWide());
}

/// A stored sign-in is over in a moment where the network is fast, and then the strip never appears.
void SignInPage::showResuming(bool isResuming)
{
    if (isResuming == !m_resuming.isNull())
        return;
    if (!isResuming)
        return delete m_resuming;
    m_resuming = new widgets::WorkStrip(tr("Signing in as before"), this);
    m_rows->insertWidget(m_rows->indexOf(m_banner), m_resuming);
    connect(m_resuming, &widgets::WorkStrip::cancelAsked, this, &SignInPage::cancel);
}

/// The desk of an account whose stored sign-in could not be used is for that account alone.
identity::SignInOptions SignInPage::usualOptions() const
{
    const workspace::Desk *desk = m_workspace.desk();
    return desk ? desk->againOptions() : identity::SignInOptions();
}

void SignInPage::useAnotherAccount()
{
    m_workspace.useAnotherAccount();
    signIn({u"select_account"_s, {}});
}

void SignInPage::tryAgain() { signIn(m_options); }

void SignInPage::signIn(identity::SignInOptions options)
{
    m_options = options;
    start([options](workspace::Desk &desk) { return desk.signIn(options); });
}

void SignInPage::signInByDeviceCode()
{
    m_options = usualOptions();
    start([again = m_options.again](workspace::Desk &desk) { return desk.signInByDeviceCode(again); });
}

void SignInPage::start(const std::function<Task<void>(workspace::Desk &)> &begin)
{
    workspace::Desk *desk = m_workspace.desk();
    if (!desk)
        return;
    const int serial = ++m_serial;
    m_attemptDesk = desk;
    setWaiting(true);
    QCoro::connect(begin(*desk), this, [this, serial](const Result<void> &result) { finish(serial, result); });
    followAttempt();
    if (m_isWaiting)
        takeFocus();
}

void SignInPage::cancel()
{
    if (workspace::Desk *desk = m_workspace.desk())
        desk->cancelSignIn();
}

void SignInPage::finish(int serial, const Result<void> &result)
{
    // An attempt that was superseded, or whose connection is no longer in use, is no longer shown.
    if (serial != m_serial || m_attemptDesk != m_workspace.desk())
        return;
    m_side->endAttempt();
    m_browserError->strip().setAttempt(nullptr);
    // A person who is pasting when the time is over goes on with it.
    const bool goesOnExplaining =
        !result && result.error().code == identity::errors::timedOut && !m_browserError->isHidden();
    if (goesOnExplaining) {
        m_workspace.stayAfterFailure();
    } else {
        closeBrowserError();
        setWide(false);
    }
    m_side->setVisible(!result && !goesOnExplaining);
    setWaiting(false);
    if (result)
        return Q_EMIT signedIn();
    m_side->showFailure(result.error(), m_workspace.desk()->connection());
    if (!goesOnExplaining)
        m_side->takeFocus();
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
    if (!m_browserError->isHidden())
        m_browserError->field().setFocus(Qt::OtherFocusReason);
    else if (m_isWaiting || !m_side->isEmpty())
        m_side->takeFocus();
    else if (m_signIn->isEnabled())
        m_signIn->setFocus(Qt::OtherFocusReason);
    else
        m_connections->takeFocus();
}

const WaitingCard &SignInPage::waitingCard() const { return m_side->waitingCard(); }

const DeviceCodeCard &SignInPage::deviceCodeCard() const { return m_side->deviceCodeCard(); }

const ErrorCard &SignInPage::errorCard() const { return m_side->errorCard(); }

} // namespace bookdesk::pages
