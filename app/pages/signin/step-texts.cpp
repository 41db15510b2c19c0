#include "pages/signin/step-texts.h"

#include "core/text.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace bookdesk::pages {

using namespace Qt::StringLiterals;
using identity::SignInStep;
using identity::StepState;

namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SignInSteps)
};

QString openBrowserName(StepState state)
{
    switch (state) {
    case StepState::pending:
        return Texts::tr("Open the browser");
    case StepState::active:
        return Texts::tr("Opening the browser");
    case StepState::done:
        return Texts::tr("Browser opened");
    case StepState::failed:
        return Texts::tr("The browser did not open");
    }
    return {};
}

QString awaitRedirectName(StepState state)
{
    switch (state) {
    case StepState::pending:
        return Texts::tr("Sign in in the browser");
    case StepState::active:
        return Texts::tr("Waiting for the browser");
    case StepState::done:
        return Texts::tr("Redirect received");
    case StepState::failed:
        return Texts::tr("No usable redirect");
    }
    return {};
}

QString exchangeCodeName(StepState state)
{
    switch (state) {
    case StepState::pending:
        return Texts::tr("Exchange the code for tokens");
    case StepState::active:
        return Texts::tr("Exchanging the code for tokens");
    case StepState::done:
        return Texts::tr("Code exchanged for tokens");
    case StepState::failed:
        return Texts::tr("The code was not accepted");
    }
    return {};
}

QString verifyTokensName(StepState state)
{
    switch (state) {
    case StepState::pending:
        return Texts::tr("Verify tokens");
    case StepState::active:
        return Texts::tr("Verifying tokens");
    case StepState::done:
        return Texts::tr("Tokens verified");
    case StepState::failed:
        return Texts::tr("The ID token is not valid");
    }
    return {};
}

} // namespace

QString stepName(const identity::StepProgress &progress)
{
    switch (progress.step) {
    case SignInStep::openBrowser:
        return openBrowserName(progress.state);
    case SignInStep::awaitRedirect:
        return awaitRedirectName(progress.state);
    case SignInStep::exchangeCode:
        return exchangeCodeName(progress.state);
    case SignInStep::verifyTokens:
        return verifyTokensName(progress.state);
    }
    return {};
}

QString stepNote(const identity::StepProgress &progress)
{
    if (!progress.note.isEmpty())
        return visible(progress.note);
    if (progress.state != StepState::done || !progress.at)
        return {};
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(progress.at->time_since_epoch()).count();
    return QDateTime::fromSecsSinceEpoch(seconds).toString(u"HH:mm:ss"_s);
}

QString timeLeftText(std::chrono::seconds left)
{
    const auto count = std::max<std::chrono::seconds::rep>(0, left.count());
    return Texts::tr("%1:%2 left").arg(count / 60).arg(count % 60, 2, 10, QChar(u'0'));
}

} // namespace bookdesk::pages
