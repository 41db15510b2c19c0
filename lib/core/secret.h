/// Secret: bytes that must not be seen. Tokens, authorization codes and PKCE verifiers travel as Secret.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QDebug>

#include <functional>
#include <memory>

namespace bookdesk {

/// Shared, immutable bytes that the last owner cleanses. Prints as `‹removed›`. Any thread.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArrayView bytes);

    /// The first @p size bytes, which share this secret's memory.
    Secret first(qsizetype size) const;

    /// What @p write writes into memory that only the secret has: at most @p room bytes. It returns how many.
    static Secret written(qsizetype room, const std::function<qsizetype(char *)> &write);

    /// Copies @p bytes, then cleanses them unless they are shared.
    static Secret taking(QByteArray &&bytes);

    /// The bytes themselves, valid while any copy of this secret lives. The caller must not keep them.
    QByteArrayView reveal() const;
    bool isEmpty() const { return reveal().isEmpty(); }
    qsizetype size() const { return reveal().size(); }

    /// In constant time for equal lengths.
    friend bool operator==(const Secret &left, const Secret &right);

private:
    class Bytes;
    std::shared_ptr<const Bytes> m_bytes;
    qsizetype m_size = 0;
};

QDebug operator<<(QDebug debug, const Secret &secret);

} // namespace bookdesk
