/// PastedToken: a token taken out of what people paste or pipe: quotes, headers, whole answers.
#pragma once

#include "core/secret.h"

#include <QByteArrayView>
#include <QStringList>

namespace bookdesk::jose {

/// A token and, for people, what it was taken out of.
struct PastedToken
{
    Secret token;
    QStringList notes; ///< Whole sentences; none where the text was the token itself, with blanks around it at most.
};

/// For faces only: the verifier takes tokens as they are. Takes out of UTF-16, a byte order mark, quotes,
/// `Authorization:`, `Bearer`, the token endpoint's whole answer (its access token), and joins a token that is wrapped
/// over lines. Whatever is left is the token, good or bad. Any thread.
PastedToken takenOut(QByteArrayView text);

} // namespace bookdesk::jose
