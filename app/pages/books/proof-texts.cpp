#include "pages/books/proof-texts.h"

#include "core/isolation.h"
#include "core/redaction.h"
#include "core/text.h"
#include "identity/errors.h"
#include "net/auth-challenge.h"
#include "pages/books/book-detail.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace bookdesk::pages {

using widgets::Look;
using widgets::RowState;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(ProofTexts)
};

constexpr qsizetype longestValue = 60;
constexpr qsizetype longestBeginning = 20;

QString nameOf(const books::Book &book) { return isolated(bookName(book)); }

QString notDone(const WaitingCall &call)
{
    return call.book ? Texts::tr("“%1” has not been deleted.").arg(nameOf(*call.book))
                     : Texts::tr("The rows are those from before.");
}

bool areMany(const WaitingCall &call) { return call.outcome.obtainable.size() > 1; }

QString scopeWish(const WaitingCall &call)
{
    return (areMany(call) ? Texts::tr("Get them as %1, and consent to them in the browser where you are asked to.")
                          : Texts::tr("Get it as %1, and consent to it in the browser where you are asked to."))
        .arg(call.account);
}

QString scopeFollows(const WaitingCall &call)
{
    if (!call.book)
        return Texts::tr("The rows are those from before: the list is asked for again, once, after that.");
    return Texts::tr("“%1” has not been deleted: the call is sent again, once, after that.").arg(nameOf(*call.book));
}

/// Why the scope is needed is what the API or the rule says.
QString scopeOffer(const WaitingCall &call)
{
    return call.outcome.explanation + u' ' + scopeWish(call) + u' ' + scopeFollows(call);
}

QString proofOffer(const WaitingCall &call)
{
    if (call.book)
        return Texts::tr("A plain sign-in is not enough for this delete. Sign in once more in the browser, as %1. "
                         "“%2” has not been deleted: the call is sent again, once, when you are back.")
            .arg(call.account, nameOf(*call.book));
    return Texts::tr(
               "A plain sign-in is not enough for the list of books. Sign in once more in the browser, as %1. The "
               "rows are those from before: the list is asked for again, once, when you are back.")
        .arg(call.account);
}

QString offer(const WaitingCall &call)
{
    return call.waitsFor == WaitsFor::scopes ? scopeOffer(call) : proofOffer(call);
}

QString shown(const QString &text) { return visible(shortened(redacted(text), longestValue)); }

/// One below the other, each made safe by itself.
QString lines(const QStringList &texts)
{
    QStringList shown;
    for (const QString &text : texts)
        shown += visible(text);
    return shown.join(u'\n');
}

/// Base64 says nothing to people; that it is there does.
QString beginningOf(const QString &claims)
{
    const QString whole = visible(redacted(claims));
    return whole.size() <= longestBeginning ? whole : whole.left(longestBeginning) + u'…';
}

/// The parts of the challenge that ask for something. Its scopes and addresses are in the exchange; nothing is done
/// with them.
QString challengeText(const books::ApiOutcome &outcome)
{
    if (!outcome.challenge)
        return {};
    QStringList parts;
    for (const QString &name : {u"error"_s, u"claims"_s, u"acr_values"_s, u"max_age"_s}) {
        const QString value = outcome.challenge->parameter(name);
        if (!value.isEmpty())
            parts += u"%1=\"%2\""_s.arg(name, name == "claims"_L1 ? beginningOf(value) : shown(value));
    }
    return u"%1 %2 %3"_s.arg(QString::number(outcome.status), shown(outcome.challenge->scheme), parts.join(u", "_s));
}

/// How the silent request ended.
QString silentNote(const std::optional<Error> &failure)
{
    if (!failure || identity::errors::needsPerson(failure->code))
        return Texts::tr("not enough");
    return Texts::tr("failed");
}

ProofStep failedStep(const KeptCall &kept, const QString &name)
{
    return {RowState::failed, name, kept.state() == KeptState::expired ? Texts::tr("too late") : Texts::tr("failed")};
}

ProofStep silentStep(const KeptCall &kept)
{
    const QString name = Texts::tr("Ask without you");
    if (kept.hadAttempt())
        return {RowState::done, name, Texts::tr("not enough")};
    if (kept.state() == KeptState::signingIn)
        return {RowState::active, name, Texts::tr("asking")};
    if (kept.state() == KeptState::expired || kept.failure())
        return failedStep(kept, name);
    return {RowState::next, name, Texts::tr("next")};
}

ProofStep consentStep(const KeptCall &kept)
{
    const QString name = Texts::tr("Consent in browser");
    if (!kept.hadAttempt())
        return {RowState::pending, name, Texts::tr("if asked to")};
    if (kept.state() == KeptState::signingIn)
        return {RowState::active, name, Texts::tr("in the browser")};
    return failedStep(kept, name);
}

/// What is asked for silently comes first, and only on the person's wish; the browser follows where it must.
std::vector<ProofStep> scopeSteps(const KeptCall &kept)
{
    const QString listed = areMany(kept.call()) ? Texts::tr("Scopes are listed") : Texts::tr("Scope is listed");
    return {{RowState::done, listed, Texts::tr("by this connection")}, silentStep(kept), consentStep(kept)};
}

ProofStep signInStep(const KeptCall &kept)
{
    const QString name = Texts::tr("Sign in with more proof");
    if (kept.state() == KeptState::signingIn)
        return {RowState::active, name, Texts::tr("in the browser")};
    if (kept.state() == KeptState::expired)
        return {RowState::failed, name, Texts::tr("too late")};
    return kept.failure() ? ProofStep{RowState::failed, name, Texts::tr("failed")}
                          : ProofStep{RowState::next, name, Texts::tr("next")};
}

QString droppedScopeCall(const WaitingCall &call)
{
    return areMany(call) ? Texts::tr("The call that waited for scopes was dropped")
                         : Texts::tr("The call that waited for a scope was dropped");
}

QString tooLate(const WaitingCall &call)
{
    if (call.waitsFor != WaitsFor::scopes)
        return Texts::tr("Nobody signed in with more proof in time.");
    return areMany(call) ? Texts::tr("Nobody got the scopes in time.") : Texts::tr("Nobody got the scope in time.");
}

} // namespace

QString proofHeadline(const KeptCall &kept)
{
    const bool isExpired = kept.state() == KeptState::expired;
    if (kept.call().waitsFor == WaitsFor::scopes)
        return isExpired ? droppedScopeCall(kept.call()) : kept.call().outcome.headline;
    return isExpired ? Texts::tr("The call that waited for your proof was dropped")
                     : Texts::tr("Your organization asks for more proof");
}

QString proofAction(const WaitingCall &call)
{
    if (call.waitsFor != WaitsFor::scopes)
        return Texts::tr("Sign in with more proof");
    return areMany(call) ? Texts::tr("Get these scopes") : Texts::tr("Get this scope");
}

QString proofText(const KeptCall &kept)
{
    if (kept.state() == KeptState::expired)
        return tooLate(kept.call()) + u' ' + notDone(kept.call());
    if (kept.state() == KeptState::signingIn && !kept.attempt())
        return Texts::tr("The sign-in server is being asked.") + u' ' + notDone(kept.call());
    if (kept.state() == KeptState::signingIn)
        return Texts::tr("Go on in the browser, as %1.").arg(kept.call().account) + u' ' + notDone(kept.call());
    if (kept.failure())
        return advised(*kept.failure()) + u' ' + notDone(kept.call());
    return offer(kept.call());
}

std::vector<widgets::KeyValue> proofRows(const WaitingCall &call)
{
    if (call.waitsFor == WaitsFor::scopes)
        return {{Texts::tr("Waiting"), call.outcome.request, Look::mono},
                {Texts::tr("Asked for"), lines(call.outcome.obtainable), Look::mono},
                {Texts::tr("Server said"), shown(call.outcome.serverSaid), Look::mono}};
    return {{Texts::tr("Waiting"), call.outcome.request, Look::mono},
            {Texts::tr("Asked for"), identity::wantedProofs(call.proof).join(u'\n'), Look::body},
            {Texts::tr("Server said"), challengeText(call.outcome), Look::mono}};
}

std::vector<ProofStep> proofSteps(const KeptCall &kept)
{
    const WaitingCall &call = kept.call();
    const ProofStep sending{RowState::pending,
                            call.book ? Texts::tr("Send the delete again") : Texts::tr("Ask for the list again"),
                            Texts::tr("once")};
    if (call.waitsFor == WaitsFor::scopes) {
        std::vector<ProofStep> steps = scopeSteps(kept);
        steps.push_back(sending);
        return steps;
    }
    return {{RowState::done, Texts::tr("Challenge read"), Texts::tr("no new permissions")},
            {RowState::done, Texts::tr("Tried without you"), silentNote(call.silentFailure)},
            signInStep(kept),
            sending};
}

QString keptText(std::chrono::seconds left)
{
    const auto seconds = left.count();
    return Texts::tr("call kept, %1 left").arg(u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QChar(u'0')));
}

} // namespace bookdesk::pages
