/// The Ed25519 examples of RFC 8037 appendix A, as the RFC prints them.
#pragma once

#include <QByteArray>

namespace bookdesk::jose::rfc8037 {

/// A.1: the private key.
inline const QByteArray privateKey =
    R"({"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",)"
    R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";

/// A.2: the public key.
inline const QByteArray publicKey =
    R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
inline const QByteArray x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

/// A.3: the JSON text that is hashed, and the thumbprint.
inline const QByteArray thumbprintInput =
    R"({"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
inline const QByteArray thumbprint = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";

/// A.4: "Example of Ed25519 signing".
inline const QByteArray header = "eyJhbGciOiJFZERTQSJ9";
inline const QByteArray payload = "RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
inline const QByteArray signature =
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

/// A.6: Bob's key, which is for key agreement (X25519) and not for signatures.
inline const QByteArray agreementKey =
    R"({"kty":"OKP","crv":"X25519","kid":"Bob","x":"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08"})";

} // namespace bookdesk::jose::rfc8037
