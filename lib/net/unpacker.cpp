#include "net/unpacker.h"

#include "core/cleansing.h"

#include <array>
#include <limits>
#include <zlib.h>

namespace bookdesk::net {
namespace {

constexpr int anyHeader = MAX_WBITS + 32; ///< zlib's number for gzip and zlib, whichever it finds.
constexpr std::size_t pieceBytes = 64 * 1024;

/// Memory for what comes out, which may hold secrets.
class Piece
{
public:
    ~Piece() { cleanse(m_bytes.data(), m_bytes.size()); }

    void offerTo(z_stream &stream)
    {
        stream.next_out = reinterpret_cast<Bytef *>(m_bytes.data());
        stream.avail_out = pieceBytes;
    }
    QByteArrayView filled(const z_stream &stream) const
    {
        return {m_bytes.data(), static_cast<qsizetype>(pieceBytes - stream.avail_out)};
    }

private:
    std::array<char, pieceBytes> m_bytes;
};

QByteArrayView unused(const z_stream &stream)
{
    return {reinterpret_cast<const char *>(stream.next_in), static_cast<qsizetype>(stream.avail_in)};
}

} // namespace

Unpacker::Unpacker()
    : m_stream(std::make_unique<z_stream>())
{
    if (inflateInit2(m_stream.get(), anyHeader) != Z_OK)
        m_state = State::broken;
}

Unpacker::~Unpacker() { inflateEnd(m_stream.get()); }

Unpacker::State Unpacker::feed(QByteArrayView packed, const std::function<bool(QByteArrayView)> &take)
{
    constexpr qsizetype most = std::numeric_limits<uInt>::max();
    if (m_state == State::broken || packed.isEmpty())
        return m_state;
    if (packed.size() > most || (m_state == State::ended && !beginsAnotherMember(packed)))
        return m_state = State::broken;

    // zlib's interface is older than const.
    m_stream->next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.data()));
    m_stream->avail_in = static_cast<uInt>(packed.size());
    const auto piece = std::make_unique<Piece>();
    for (;;) {
        piece->offerTo(*m_stream);
        const int result = inflate(m_stream.get(), Z_NO_FLUSH);
        const QByteArrayView out = piece->filled(*m_stream);
        const bool isFine = result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR;
        if (!isFine || (!out.isEmpty() && !take(out)))
            return m_state = State::broken;
        const bool hasMore = m_stream->avail_in > 0;
        if (result == Z_STREAM_END && !hasMore)
            return m_state = State::ended;
        if (result == Z_STREAM_END && !beginsAnotherMember(unused(*m_stream)))
            return m_state = State::broken;
        if (result != Z_STREAM_END && !hasMore && m_stream->avail_out > 0)
            return m_state = State::open;
    }
}

bool Unpacker::beginsAnotherMember(QByteArrayView left)
{
    constexpr char gzipMark = '\x1f';
    return left.front() == gzipMark && inflateReset(m_stream.get()) == Z_OK;
}

} // namespace bookdesk::net
