#include "window/sign-outs.h"

#include "core/isolation.h"
#include "core/text.h"
#include "identity/errors.h"
#include "widgets/attempt-buttons.h"
#include "window/notice-area.h"
#include "workspace/desk.h"

#include <QCoroTask>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>
#include <utility>
#include <vector>

namespace bookdesk::window {

using namespace Qt::StringLiterals;

namespace ids = identity::errors;

namespace {

QString cancelName() { return u"cancelSignOut"_s; }

} // namespace

SignOuts::SignOuts(NoticeArea &notice, Clock clock, QWidget &window)
    : QObject(&window)
    , m_notice(notice)
    , m_clock(std::move(clock))
    , m_window(window)
{
    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_tick, &QTimer::timeout, this, &SignOuts::showTimeLeft);
}

void SignOuts::setDesk(workspace::Desk *desk)
{
    if (m_desk == desk)
        return;
    if (m_question)
        m_question->reject(); // It is about the account shown before.
    giveUp();
    if (m_desk)
        m_desk->disconnect(this);
    m_desk = desk;
    if (desk)
        connect(desk, &workspace::Desk::attemptChanged, this, &SignOuts::followDesk);
}

/// Somebody who signs in is no longer waiting for the sign-out.
void SignOuts::followDesk()
{
    if (m_desk->isSigningIn())
        giveUp();
}

/// Nobody is told: something else is shown.
void SignOuts::giveUp()
{
    ++m_generation;
    m_problem.reset();
    m_tick.stop();
    if (isShown())
        m_notice.hide();
    if (attempt())
        attempt()->cancel();
}

bool SignOuts::isSignedIn() const { return m_desk && m_desk->session().current(); }

identity::BrowserSignOut *SignOuts::attempt() const { return m_desk ? m_desk->signOuts().attempt() : nullptr; }

bool SignOuts::isShown() const
{
    return !m_notice.isHidden() && !m_headline.isEmpty() && m_notice.banner().headline() == m_headline;
}

void SignOuts::signOutHere()
{
    if (!m_desk || !m_desk->account())
        return;
    giveUp();
    const QString name = m_desk->account()->displayName();
    Task<void> forgetting = m_desk->signOut();
    m_notice.tellInPassing(
        {widgets::Kind::ok, tr("You are signed out here"), tr("The browser may still be signed in."), {}, {}});
    watch(std::move(forgetting), name);
    Q_EMIT signedOut();
}

/// What went wrong may be known only when another account is shown.
void SignOuts::watch(Task<void> forgetting, const QString &name)
{
    QCoro::connect(std::move(forgetting), this, [this, name, generation = m_generation](const Result<void> &forgotten) {
        if (!forgotten && forgotten.error().code.kind() != ErrorKind::stopped)
            reportHere(name, generation, forgotten.error());
    });
}

void SignOuts::askForBrowser()
{
    if (!isSignedIn())
        return;
    const QString name = visible(m_desk->session().current()->identity.displayName());
    auto *question =
        new QMessageBox(QMessageBox::Question, tr("Sign out in the browser"),
                        tr("Sign %1 out here and in the browser?").arg(name), QMessageBox::Cancel, &m_window);
    question->setObjectName(u"confirmSignOut"_s);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(
        tr("Bookdesk forgets the tokens on this computer at once, and opens the sign-out page of %1 in the browser. "
           "Other apps in that browser are signed out, too: save your work there first.")
            .arg(visible(m_desk->connection().name)));
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *confirm = question->addButton(tr("Sign out"), QMessageBox::AcceptRole);
    confirm->setObjectName(u"confirm"_s);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(confirm, &QPushButton::clicked, this, &SignOuts::signOutInBrowser);
    connect(&m_desk->session(), &identity::Session::personChanged, question, &QDialog::reject);
    m_question = question;
    question->open();
}

void SignOuts::signOutInBrowser()
{
    if (!isSignedIn())
        return;
    giveUp();
    const identity::SignedIn person = *m_desk->session().current();
    watch(m_desk->signOut(), person.identity.displayName());
    if (!m_desk)
        return;
    Task<identity::BrowserAnswer> answer = m_desk->signOuts().inBrowser(person);
    if (identity::BrowserSignOut *begun = attempt())
        connect(begun, &identity::BrowserSignOut::progressed, this, &SignOuts::showProgress);
    showProgress();
    QCoro::connect(std::move(answer), this,
                   [this, generation = m_generation](const Result<identity::BrowserAnswer> &result) {
                       if (generation == m_generation)
                           reportInBrowser(result);
                   });
    Q_EMIT signedOut();
}

void SignOuts::showProgress()
{
    identity::BrowserSignOut *under = attempt();
    if (!under || m_problem)
        return;
    const std::optional<Error> &failure = under->browserFailure();
    QString text = tr("Your tokens are gone here. Finish the sign-out in the browser, if it asks.");
    if (failure)
        text = advised(*failure);
    else if (under->hasIgnored())
        text = tr("A browser came back from another sign-out, which was ignored. Finish this one in the browser.");
    tellProgress(failure ? widgets::Kind::warn : widgets::Kind::accent, text);
}

void SignOuts::tellProgress(widgets::Kind kind, const QString &text)
{
    const QString focused = focusedButton();
    m_headline = headlineNow();
    m_notice.tell({kind, m_headline, text, {}, u"browser"_s});
    addCancelButton();
    if (attempt()->browserFailure())
        addLinkButton();
    else if (attempt()->hasLink())
        addOpenAgainButton();
    if (!focused.isEmpty() && !focusButton(focused))
        focusButton(cancelName());
    m_tick.start();
}

/// By its name, because each report of progress replaces the buttons.
QString SignOuts::focusedButton() const
{
    const auto *button = qobject_cast<const QPushButton *>(m_window.focusWidget());
    return button && m_notice.isAncestorOf(button) ? button->objectName() : QString();
}

bool SignOuts::focusButton(const QString &name)
{
    for (QPushButton *button : m_notice.findChildren<QPushButton *>(name)) {
        if (button->isHidden())
            continue; // It is about to go.
        button->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return false;
}

void SignOuts::addCancelButton()
{
    QPushButton *cancel = m_notice.addButton(tr("Cancel"), u"stop"_s);
    cancel->setObjectName(cancelName());
    connect(cancel, &QPushButton::clicked, this, [this] {
        if (attempt())
            attempt()->cancel();
    });
}

void SignOuts::addOpenAgainButton()
{
    QPushButton *again = widgets::addOpenAgainButton(m_notice.banner());
    again->setObjectName(u"openSignOutAgain"_s);
    connect(again, &QPushButton::clicked, this, &SignOuts::openAgain);
}

/// For where no browser opens by itself.
void SignOuts::addLinkButton()
{
    QPushButton *link = widgets::addLinkButton(m_notice.banner());
    link->setObjectName(u"copySignOutLink"_s);
    connect(link, &QPushButton::clicked, this, [this] {
        if (!attempt())
            return;
        tellProgress(widgets::Kind::accent, widgets::copyLink(attempt()->newLink()));
    });
}

void SignOuts::openAgain()
{
    if (!attempt())
        return;
    attempt()->openAgain().failure().whenSet([self = QPointer(this)](const std::optional<Error> &error) {
        if (!self || !error)
            return;
        self->m_notice.report(tr("The sign-out page did not open"), *error);
        self->addLinkButton();
    });
}

QString SignOuts::headlineNow() const
{
    const auto left = std::chrono::duration_cast<std::chrono::seconds>(attempt()->deadline() - m_clock());
    const auto seconds = std::max<std::chrono::seconds::rep>(0, left.count());
    return tr("Signing out in the browser, %1:%2 left").arg(seconds / 60).arg(seconds % 60, 2, 10, QChar(u'0'));
}

void SignOuts::showTimeLeft()
{
    if (!attempt())
        return m_tick.stop();
    if (!isShown())
        return;
    m_headline = headlineNow();
    m_notice.setHeadline(m_headline);
}

/// Told at once, although the browser may still be waited for: it matters more.
void SignOuts::reportHere(const QString &name, int generation, const Error &error)
{
    if (generation == m_generation)
        m_problem = error;
    const QString headline = error.code == ids::notRevoked
                                 ? tr("The refresh token of %1 was not revoked")
                                 : tr("%1 is signed out, but the stored sign-in was not removed");
    m_notice.report(headline.arg(isolated(name)), error);
}

void SignOuts::reportInBrowser(const Result<identity::BrowserAnswer> &answer)
{
    m_tick.stop();
    const std::optional<Error> problem = std::exchange(m_problem, std::nullopt);
    if (!answer && answer.error().code.kind() != ErrorKind::stopped) {
        std::vector<Error> errors{answer.error()};
        if (problem)
            errors.push_back(*problem);
        return m_notice.report(tr("You are signed out here, but perhaps not in the browser"), errors);
    }
    if (problem)
        return; // It is still shown.
    if (!answer)
        return m_notice.tellInPassing({widgets::Kind::neutral,
                                       tr("You are signed out here"),
                                       tr("The browser is not waited for; it may still be signed in."),
                                       {},
                                       {}});
    if (*answer == identity::BrowserAnswer::signedOut)
        return m_notice.tellInPassing({widgets::Kind::ok,
                                       tr("You are signed out here and in the browser"),
                                       tr("Other apps in that browser may ask you to sign in again."),
                                       {},
                                       {}});
    m_notice.tell({widgets::Kind::accent,
                   tr("You are signed out here; look at the browser for the rest"),
                   tr("Its page says whether you are signed out there, too."),
                   {},
                   {}});
}

} // namespace bookdesk::window
