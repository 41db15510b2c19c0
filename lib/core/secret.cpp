#include "core/secret.h"

#include "core/cleansing.h"
#include "core/redaction.h"

#include <openssl/crypto.h>

#include <algorithm>

namespace bookdesk {

class Secret::Bytes
{
public:
    explicit Bytes(std::size_t room)
        : m_data(new char[room])
        , m_room(room)
    {}
    ~Bytes() { cleanse(m_data.get(), m_room); }
    Bytes(const Bytes &) = delete;
    Bytes &operator=(const Bytes &) = delete;

    char *data() { return m_data.get(); }
    QByteArrayView view() const { return {m_data.get(), static_cast<qsizetype>(m_room)}; }

private:
    std::unique_ptr<char[]> m_data;
    std::size_t m_room;
};

Secret::Secret(QByteArrayView bytes)
    : Secret(written(bytes.size(), [bytes](char *out) {
        std::copy(bytes.begin(), bytes.end(), out);
        return bytes.size();
    }))
{}

Secret Secret::written(qsizetype room, const std::function<qsizetype(char *)> &write)
{
    Secret secret;
    if (room <= 0)
        return secret;
    const auto bytes = std::make_shared<Bytes>(static_cast<std::size_t>(room));
    secret.m_size = qBound<qsizetype>(0, write(bytes->data()), room);
    if (secret.m_size > 0)
        secret.m_bytes = bytes;
    return secret;
}

Secret Secret::first(qsizetype size) const
{
    Secret beginning = *this;
    beginning.m_size = qBound<qsizetype>(0, size, m_size);
    return beginning;
}

Secret Secret::taking(QByteArray &&bytes)
{
    Secret secret{QByteArrayView(bytes)};
    if (bytes.isDetached())
        cleanse(bytes.data(), static_cast<std::size_t>(bytes.size()));
    else
        bytes.clear();
    return secret;
}

QByteArrayView Secret::reveal() const { return m_bytes ? m_bytes->view().first(m_size) : QByteArrayView(); }

bool operator==(const Secret &left, const Secret &right)
{
    const QByteArrayView a = left.reveal();
    const QByteArrayView b = right.reveal();
    return a.size() == b.size() &&
           (a.isEmpty() || CRYPTO_memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size())) == 0);
}

QDebug operator<<(QDebug debug, const Secret &)
{
    const QDebugStateSaver saver(debug);
    debug.noquote() << removedMark();
    return debug;
}

} // namespace bookdesk
