#include "identity/not-offered.h"

#include "identity/errors.h"

#include <QCoreApplication>

namespace bookdesk::identity {
namespace {

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SignIn)
};

} // namespace

Error notOffered(const Provider &provider)
{
    return {errors::notOffered, Texts::tr("%1 offers no sign-in for Bookdesk.").arg(provider.name),
            provider.textsIn().noSignIn};
}

} // namespace bookdesk::identity
