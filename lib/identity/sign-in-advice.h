/// SignInAdvice: what an error of a sign-in means for people, who has to act and where, and what to send them.
#pragma once

#include "core/fact.h"
#include "identity/advice-context.h"
#include "identity/advice-data.h"
#include "identity/oauth-error.h"

#include <QString>

#include <vector>

namespace bookdesk::identity {

/// A value of the connection that has to be registered, or compared with what is.
struct AdviceValue
{
    QString label;
    QString value;
};

/// The one text behind the window and the command line. Translated, plain and safe to show. Any thread.
struct SignInAdvice
{
    bool isKnown = false;
    QString code; ///< "AADSTS50105", or the OAuth error where there is no number; empty where there is neither.
    QString headline;
    QString explanation; ///< What happened, and what to do.
    AdviceActor actor = AdviceActor::user;
    AdvicePlace place = AdvicePlace::browser;
    std::vector<ErrorSite> sites = {};
    QString who;     ///< "An admin of Contoso."
    QString whoNote; ///< "Trying again does not help until then."; may be empty.
    QString where;
    QString message = {};                 ///< For the administrator; empty where none is needed.
    std::vector<AdviceValue> values = {}; ///< To register or compare, where no administrator is needed.
    Facts facts = {};                     ///< The IDs and the time, for support.
};

/// @p user is the account's name, or empty where it is not known. The number serves for advice only. Advice on a number
/// that is not known still has everything that is; without a number and an error it says what is usual.
SignInAdvice signInAdvice(const OAuthError &error, const QString &user, const AdviceContext &context);

} // namespace bookdesk::identity
