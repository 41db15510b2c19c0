/// The one place where secrets are taken out of text: by name, by shape and by value.
#pragma once

#include "core/clock.h"
#include "core/masking.h"
#include "core/secret.h"

#include <QByteArrayView>
#include <QString>

#include <chrono>
#include <memory>
#include <vector>

namespace bookdesk {

/// True for header, form field and JSON member names whose value is a secret (`authorization`, `code`,
/// `refresh_token`, `cookie`, …), in any case.
bool isSecretName(QStringView name);

/// As isSecretName, for the members of a JSON object: a `code` there is an error's.
bool isSecretMember(QStringView name);

/// The value of a header with a secret name, without its secret: `Bearer ‹removed›`. The name of a scheme is kept only
/// where it is a registered one and credentials follow it; of anything else nothing is.
QString redactedHeader(QStringView name, QByteArrayView value);

/// Removes what is secret by shape (compact JWTs, `Bearer …`) or by name (`code=…`, `"access_token":"…"`).
QString redacted(const QString &text);

/// At most @p most bytes of @p text, less the word at the end that was cut in two: redaction might not recognise a
/// part. Texts are cut so before they are redacted, and shortened only then.
QByteArrayView withoutCutWord(QByteArrayView text, qsizetype most);

/// Also removes secrets by value, because servers echo what they were sent. Used by everything that records.
/// Copies share what was learned. Any thread.
class Redactor
{
public:
    Redactor();
    /// @param memory how long a secret that nobody holds is remembered; it may be a tenth longer.
    Redactor(Clock clock, std::chrono::milliseconds memory);

    /// Removes this value wherever it appears, and each run of 20 bytes of it: plain, encoded as in URLs, JSON, HTML or
    /// base64, or over several lines, until the memory's time has passed. Values under 8 bytes are ignored.
    void learn(const Secret &secret) const;
    /// As above, of each.
    void learn(const std::vector<Secret> &secrets) const;

    QString redacted(const QString &text) const;

private:
    friend class HeldSecrets;
    struct Shared;
    std::shared_ptr<Shared> m_shared;
};

/// Secrets that a redactor knows for as long as somebody has them, such as the tokens of a person who is signed in.
/// When it is destroyed, the redactor at once forgets them and those that they replaced. Any thread, one at a time.
class HeldSecrets
{
public:
    explicit HeldSecrets(const Redactor &redactor);
    ~HeldSecrets();
    HeldSecrets(HeldSecrets &&) noexcept;
    HeldSecrets &operator=(HeldSecrets &&) noexcept;

    /// Holds @p secrets. Those that were held before and are not among them are forgotten after the memory's time.
    void replace(std::vector<Secret> secrets);

private:
    class Group;
    std::unique_ptr<Group> m_group;
};

} // namespace bookdesk
