#include "core/secret.h"

#include "core/redaction.h"

#include <openssl/crypto.h>

#include <vector>

namespace bookdesk {

class Secret::Bytes
{
public:
    explicit Bytes(QByteArrayView bytes)
        : m_data(bytes.begin(), bytes.end())
    {}
    ~Bytes() { OPENSSL_cleanse(m_data.data(), m_data.size()); }
    Bytes(const Bytes &) = delete;
    Bytes &operator=(const Bytes &) = delete;

    QByteArrayView view() const { return {m_data.data(), static_cast<qsizetype>(m_data.size())}; }

private:
    std::vector<char> m_data;
};

Secret::Secret(QByteArrayView bytes)
    : m_bytes(bytes.isEmpty() ? std::shared_ptr<const Bytes>() : std::make_shared<const Bytes>(bytes))
    , m_size(bytes.size())
{}

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
        OPENSSL_cleanse(bytes.data(), static_cast<std::size_t>(bytes.size()));
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
