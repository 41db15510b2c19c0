/// A browser for the Sandbox that signs in as a persona, without a person.
#pragma once

#include "identity/browser.h"
#include "sandbox/visitor.h"

#include <QByteArray>
#include <QString>

namespace bookdesk::workspace {

/// An opener whose Visitor goes through the Sandbox's page as @p visit says. It refuses URLs that are not on loopback.
identity::OpenUrl personaBrowser(sandbox::Visit visit, const QByteArray &certificateAuthority);

} // namespace bookdesk::workspace
