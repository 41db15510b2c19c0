/// The pages on which a code is typed that another device shows.
#pragma once

#include "sandbox/http.h"
#include "sandbox/persona.h"
#include "sandbox/scopes.h"

#include <QString>

#include <vector>

namespace bookdesk::sandbox {

/// Where the code is typed.
struct DeviceCodePage
{
    QString action;
    QString refused; ///< A code that was typed and is not known; empty at first.
};
Response deviceCodePage(const DeviceCodePage &page);

/// Where somebody signs in, or declines, after the code was typed. Refers to its caller's values.
struct DeviceSignInPage
{
    QString action;
    QString userCode;
    const std::vector<Persona> &personas;
    const AskedScopes &scopes;
};
Response deviceSignInPage(const DeviceSignInPage &page);

/// The end of it.
Response deviceDonePage();
Response deviceDeclinedPage();

} // namespace bookdesk::sandbox
