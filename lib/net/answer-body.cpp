#include "net/answer-body.h"

#include "net/secret-reading.h"
#include "net/unpacker.h"

#include <QByteArray>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

namespace bookdesk::net {
namespace {

constexpr std::array<QByteArrayView, 3> knownCodings{"gzip", "x-gzip", "deflate"};

/// What came out of a packed body so far. It belongs to its reply.
class UnpackedBody : public QObject
{
public:
    UnpackedBody(QNetworkReply &reply, qsizetype most)
        : QObject(&reply)
        , m_most(most)
    {}

    BodyState take(const Secret &packed)
    {
        const auto keep = [this](QByteArrayView piece) {
            m_size += piece.size();
            m_pieces.emplace_back(piece);
            return m_size <= m_most;
        };
        m_hasBegun = m_hasBegun || !packed.isEmpty();
        const bool isBroken = m_unpacker.feed(packed.reveal(), keep) == Unpacker::State::broken;
        if (m_size > m_most)
            return BodyState::tooLarge;
        return isBroken ? BodyState::unreadable : BodyState::fine;
    }

    /// Answers without a body have the header, too.
    bool isWhole() const { return !m_hasBegun || m_unpacker.state() == Unpacker::State::ended; }
    qsizetype size() const { return m_size; }

    Secret first(qsizetype most) const
    {
        return Secret::written(std::min(most, m_size), [this, most](char *out) {
            qsizetype left = std::min(most, m_size);
            for (auto piece = m_pieces.begin(); left > 0; ++piece) {
                const QByteArrayView bytes = piece->reveal().first(std::min(left, piece->size()));
                out = std::copy(bytes.begin(), bytes.end(), out);
                left -= bytes.size();
            }
            return std::min(most, m_size);
        });
    }

private:
    Unpacker m_unpacker;
    std::vector<Secret> m_pieces;
    qsizetype m_most;
    qsizetype m_size = 0;
    bool m_hasBegun = false;
};

UnpackedBody *unpackedBody(const QNetworkReply &reply)
{
    const auto child = std::ranges::find_if(
        reply.children(), [](QObject *object) { return dynamic_cast<UnpackedBody *>(object) != nullptr; });
    return child == reply.children().end() ? nullptr : static_cast<UnpackedBody *>(*child);
}

} // namespace

void askForPackedBody(QNetworkRequest &request) { request.setRawHeader("Accept-Encoding", "gzip"); }

BodyState expectBody(QNetworkReply &reply, qsizetype most)
{
    const QByteArray coding = reply.rawHeader("Content-Encoding").trimmed().toLower();
    if (coding.isEmpty() || coding == "identity" || unpackedBody(reply))
        return BodyState::fine;
    if (std::ranges::find(knownCodings, coding) == knownCodings.end())
        return BodyState::unreadable;
    std::make_unique<UnpackedBody>(reply, most).release();
    return BodyState::fine;
}

BodyState takeInBody(QNetworkReply &reply)
{
    UnpackedBody *unpacked = unpackedBody(reply);
    return unpacked ? unpacked->take(readSecret(reply)) : BodyState::fine;
}

BodyState endBody(QNetworkReply &reply)
{
    const qsizetype unread = reply.bytesAvailable();
    const BodyState state = takeInBody(reply);
    if (state != BodyState::fine)
        return state;
    const UnpackedBody *unpacked = unpackedBody(reply);
    const bool isWhole =
        unpacked ? unpacked->isWhole() : unread >= reply.header(QNetworkRequest::ContentLengthHeader).toLongLong();
    return isWhole ? BodyState::fine : BodyState::brokenOff;
}

qsizetype bodySize(const QNetworkReply &reply)
{
    const UnpackedBody *unpacked = unpackedBody(reply);
    return unpacked ? unpacked->size() : reply.bytesAvailable();
}

Secret readBody(QNetworkReply &reply)
{
    const UnpackedBody *unpacked = unpackedBody(reply);
    return unpacked ? unpacked->first(unpacked->size()) : readSecret(reply);
}

Secret peekBody(QNetworkReply &reply, qsizetype most)
{
    if (const UnpackedBody *unpacked = unpackedBody(reply))
        return unpacked->first(most);
    return peekSecret(reply, most);
}

} // namespace bookdesk::net
