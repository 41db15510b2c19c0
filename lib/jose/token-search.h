/// Finds the token in whatever people paste or drop, and says what the text is instead where there is none.
#pragma once

#include "jose/pasted-token.h"

#include <QByteArrayView>
#include <QString>

namespace bookdesk::jose {

/// A plain value. Any thread.
struct FoundToken
{
    PastedToken first;    ///< With what it was taken out of; its token is empty where there is none.
    qsizetype count = 0;  ///< How many tokens there are.
    QString instead = {}; ///< What the text is where there is no token, and where reading stopped.
};

/// As takenOut, and for text with words around the token or with several tokens. A token that is opaque, encrypted or
/// damaged is one, too. Any thread.
FoundToken findToken(QByteArrayView text);

} // namespace bookdesk::jose
