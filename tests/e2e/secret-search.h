/// SecretSearch: finds secrets in what a program leaves behind, also where they were encoded.
#pragma once

#include "net/fake-server.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>
#include <QStringList>

#include <string>
#include <unordered_map>
#include <vector>

namespace bookdesk::test {

/// A secret is found as it is, URL-encoded, and in base64 and base64url, also as a part of something longer. Of a JWT,
/// the payload and the signature count, because others have the same header. One thread.
class SecretSearch
{
public:
    /// Values too short to be told from other text are left out.
    void know(QByteArrayView secret);
    /// What @p request sends: codes, verifiers and tokens to the token endpoint, to be revoked, and to the API.
    void knowFrom(const SeenRequest &request);
    const QByteArrayList &secrets() const { return m_secrets; }

    /// The forms in which secrets occur in @p text, each once: "URL-encoded: k3s9…".
    QStringList foundIn(const QByteArray &text) const;

    /// What comes after a name such as `code=` in @p text without being removed: a secret, whether it is known or not.
    static QStringList namedIn(const QByteArray &text);

    /// What is looked for where @p secret is known.
    struct Form
    {
        QByteArray bytes;
        QString name;
    };
    static std::vector<Form> formsOf(QByteArrayView secret);

private:
    void index(const Form &form);

    QByteArrayList m_secrets;
    std::unordered_multimap<std::string, Form> m_forms; ///< By their first bytes.
};

} // namespace bookdesk::test
