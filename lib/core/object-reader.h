/// ObjectReader: reads the members of a JSON object by name and type, and names the one that is wrong.
#pragma once

#include "core/json.h"

#include <QStringList>

#include <optional>

namespace bookdesk {

/// Ask for the members, then call `finish()`, which reports the first mistake. A value asked for after a failure is
/// empty. One thread; the object must outlive the reader.
class ObjectReader
{
public:
    /// @param what names the object in messages: "The connection file".
    ObjectReader(const JsonObject &object, QString what);

    QString string(const QString &name);
    QStringList strings(const QString &name);
    const JsonObject *object(const QString &name);
    const JsonArray *array(const QString &name);

    /// Absent and null give nothing; another type is an error.
    std::optional<QString> optionalString(const QString &name);

    bool has(const QString &name) const { return m_object.find(name) != nullptr; }

    /// Errors: json.member-missing, json.wrong-type. Members not asked for are ignored.
    Result<void> finish() const;
    /// As finish, but a member that nobody asked for is refused. Errors: also json.member-unknown.
    Result<void> finishStrictly() const;

private:
    const Json *member(const QString &name);
    const Json *optionalMember(const QString &name);
    void fail(ErrorCode code, const QString &message, const Facts &facts);
    void failType(const QString &name, const QString &expected, const Json &got);

    const JsonObject &m_object;
    QString m_what;
    QStringList m_asked;
    std::optional<Error> m_error;
};

} // namespace bookdesk
