#include "pages/lab/scope-banner.h"

#include "books/scope-offer.h"
#include "core/isolation.h"
#include "core/text.h"
#include "widgets/attempt-buttons.h"
#include "widgets/tab-order.h"

#include <QCoroTask>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Kind;

namespace {

QString namesOf(const QStringList &scopes)
{
    QStringList names;
    for (const QString &scope : scopes)
        names += visible(books::bareScope(scope));
    return QLocale().createSeparatedList(names);
}

QString gettingText(const QStringList &scopes)
{
    const int count = static_cast<int>(scopes.size());
    return (count == 1 ? ScopeBanner::tr("Getting the scope %1…")
                       : ScopeBanner::tr("Getting %n scopes: %1…", nullptr, count))
        .arg(namesOf(scopes));
}

QString refusedText(const QStringList &scopes)
{
    const int count = static_cast<int>(scopes.size());
    return (count == 1 ? ScopeBanner::tr("The scope %1 was not granted")
                       : ScopeBanner::tr("%n scopes were not granted: %1", nullptr, count))
        .arg(namesOf(scopes));
}

} // namespace

ScopeBanner::ScopeBanner(QWidget *parent)
    : Banner(parent)
{}

void ScopeBanner::setDesk(workspace::Desk *desk)
{
    if (m_desk == desk)
        return;
    if (m_desk) {
        disconnect(m_desk, nullptr, this, nullptr);
        disconnect(&m_desk->session(), nullptr, this, nullptr);
    }
    m_desk = desk;
    reset();
    if (!m_desk)
        return;
    connect(m_desk, &workspace::Desk::attemptChanged, this, &ScopeBanner::followAttempt);
    connect(&m_desk->session(), &identity::Session::personChanged, this, &ScopeBanner::reset);
}

/// What was under way is no longer of interest.
void ScopeBanner::reset()
{
    ++m_generation;
    forget();
    setUnderWay(false);
}

identity::SignIn *ScopeBanner::attempt() const { return m_isUnderWay && m_desk ? m_desk->attempt() : nullptr; }

void ScopeBanner::get(const QStringList &scopes)
{
    if (m_isUnderWay || !m_desk || !m_desk->session().current() || scopes.isEmpty())
        return;
    m_scopes = scopes;
    setUnderWay(true);
    showProgress();
    takeFocus(); // The button that was pressed is disabled now.
    QCoro::connect(m_desk->getScopes(scopes), this, [this, generation = ++m_generation](const Result<void> &result) {
        if (generation == m_generation)
            finish(result);
    });
}

void ScopeBanner::followAttempt()
{
    identity::SignIn *begun = attempt();
    if (!begun)
        return;
    connect(begun, &identity::SignIn::progressed, this, &ScopeBanner::showProgress, Qt::UniqueConnection);
    showProgress();
}

void ScopeBanner::showProgress()
{
    if (!m_isUnderWay || !m_desk || !m_desk->session().current())
        return;
    const identity::SignIn *begun = attempt();
    const QString person = isolated(m_desk->session().current()->identity.displayName());
    const bool hasLink = begun && begun->hasLink();
    const QString text =
        begun ? tr("Go on in the browser, as %1.").arg(person) : tr("The sign-in server is being asked without you.");
    if (!isHidden() && this->text() == text && m_hadLink == hasLink)
        return;
    m_hadLink = hasLink;
    const bool hadFocus = widgets::holdsFocus(*this);
    show({Kind::accent, gettingText(m_scopes), text, {}, u"refresh"_s});
    widgets::addAttemptButtons(*this, *m_desk);
    if (hadFocus)
        takeFocus();
}

void ScopeBanner::finish(const Result<void> &result)
{
    const bool isSignedIn = m_desk && m_desk->session().current();
    const bool isGot = result && isSignedIn && books::carriesScopes(m_desk->tokenFacts(), m_scopes);
    if (isSignedIn && !isGot)
        showFailure(result);
    setUnderWay(false);
    if (isGot)
        Q_EMIT got();
    if (!isSignedIn || isGot)
        forget();
}

void ScopeBanner::showFailure(const Result<void> &result)
{
    const bool hadFocus = widgets::holdsFocus(*this);
    show({Kind::warn,
          refusedText(m_scopes),
          result
              ? tr("The sign-in server gave a token that lacks what was asked for. An admin may have to allow it for "
                   "this app.")
              : advised(result.error()),
          {},
          {}});
    setClosable(true);
    if (hadFocus)
        takeFocus();
}

void ScopeBanner::setUnderWay(bool isUnderWay)
{
    if (m_isUnderWay == isUnderWay)
        return;
    m_isUnderWay = isUnderWay;
    Q_EMIT underWayChanged();
}

} // namespace bookdesk::pages
