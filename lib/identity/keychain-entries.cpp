#include "identity/keychain-entries.h"

#include "core/errors.h"
#include "identity/errors.h"

#include <QCoreApplication>

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(KeychainEntries)
};

} // namespace

Error keychainStopped() { return {bookdesk::errors::stopped, Texts::tr("The request to the keychain was stopped.")}; }

Error keychainUnavailable(const QString &reason)
{
    return {errors::keychainUnavailable,
            Texts::tr("This computer has no keychain in which Bookdesk could keep secrets."),
            Texts::tr("Install GNOME Keyring or KWallet, log in to the desktop again, then check again."),
            reason.isEmpty() ? Facts() : Facts{foreignFact(facts::reason, reason)}};
}

Error keychainLocked(const QString &reason)
{
    return {errors::keychainLocked, Texts::tr("The keychain of this computer is locked, or refuses Bookdesk."),
            Texts::tr("Unlock it and let Bookdesk use it, then check again."),
            reason.isEmpty() ? Facts() : Facts{foreignFact(facts::reason, reason)}};
}

} // namespace bookdesk::identity
