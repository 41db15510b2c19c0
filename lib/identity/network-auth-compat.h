/// The differences between the supported versions of Qt Network Authorization.
#pragma once

#include <QOAuth2AuthorizationCodeFlow>
#include <QtGlobal>

namespace bookdesk::identity {

/// Newer versions make their own verifier and nonce; only ours are used.
inline void disableOwnSecrets([[maybe_unused]] QOAuth2AuthorizationCodeFlow &flow)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    flow.setPkceMethod(QOAuth2AuthorizationCodeFlow::PkceMethod::None);
#endif
#if QT_VERSION >= QT_VERSION_CHECK(6, 9, 0)
    flow.setNonceMode(QAbstractOAuth2::NonceMode::Disabled);
#endif
}

} // namespace bookdesk::identity
