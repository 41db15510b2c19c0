/// The one place where secrets are taken out of text: by name, by shape and by value.
#pragma once

#include "core/masking.h"
#include "core/secret.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <vector>

namespace bookdesk {

/// True for header, form field and JSON member names whose value is a secret (`authorization`, `code`,
/// `refresh_token`, `cookie`, …), in any case.
bool isSecretName(QStringView name);

/// Removes what is secret by shape (compact JWTs, `Bearer …`) or by name (`code=…`, `"access_token":"…"`).
QString redacted(const QString &text);

/// Also removes secrets by value, because servers echo what they were sent. Give one to everything that records.
/// Copies share what was learned. Any thread.
class Redactor
{
public:
    Redactor();

    /// From now on this value is removed wherever it appears, also percent-encoded. Values under 8 bytes are ignored.
    void learn(const Secret &secret) const;

    QString redacted(const QString &text) const;

private:
    struct Known;
    std::shared_ptr<Known> m_known;
};

} // namespace bookdesk
