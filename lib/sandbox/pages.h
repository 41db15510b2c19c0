/// The Sandbox's HTML pages: plain, without external content, light or dark as the browser prefers.
#pragma once

#include "sandbox/http.h"
#include "sandbox/oauth-failure.h"
#include "sandbox/persona.h"
#include "sandbox/sandbox-state.h"
#include "sandbox/scopes.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <utility>
#include <vector>

namespace bookdesk::sandbox {

/// What the sign-in page shows. Refers to its caller's values.
struct SignInPage
{
    QString action; ///< Where the form posts to.
    QString requestId;
    const std::vector<Persona> &personas;
    QString loginHint; ///< A user name or persona ID, or empty.
    const AskedScopes &scopes;
    bool asksForConsent = false;
    QString requestName = QStringLiteral("request"); ///< Of the field that says which request it is.
};

/// A button per persona and *Decline*.
Response signInPage(const SignInPage &page);

/// A form with @p fields that posts itself to @p target, with a button where scripts are off.
Response formPostPage(const QString &target, const std::vector<std::pair<QByteArray, QByteArray>> &fields);

/// A refusal that stays with the person in the browser.
Response failurePage(const OAuthFailure &failure, const FailureTrace &trace);

/// @param isOut whether the person who was to be signed out had been signed in in this browser.
Response signedOutPage(bool isOut);

/// The most that the control page takes: connections on which nothing comes for longer are closed.
inline constexpr std::chrono::seconds longestSlowness{10};

/// What the control page shows. Refers to its caller's values.
struct ControlPage
{
    QString action;
    QString proof; ///< Sent back by the form, so that no other page can post it.
    const SandboxState &state;
    bool isRotating = false; ///< A new key is being made; the page reloads itself.
};

/// Roles, faults and keys.
Response controlPage(const ControlPage &page);

} // namespace bookdesk::sandbox
