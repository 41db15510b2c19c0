/// Unpacker: what HTTP calls gzip and deflate, unpacked piece by piece.
#pragma once

#include <QByteArrayView>

#include <functional>
#include <memory>

struct z_stream_s;

namespace bookdesk::net {

/// Unpacks one body, which may come in any pieces. Keeps nothing that came out of it. One thread. Source: RFC 1950,
/// RFC 1952; a body may consist of several gzip members.
class Unpacker
{
public:
    enum class State {
        open,   ///< More must come.
        ended,  ///< Whole.
        broken, ///< Not packed as it should be, or not taken.
    };

    Unpacker();
    ~Unpacker();
    Unpacker(const Unpacker &) = delete;
    Unpacker &operator=(const Unpacker &) = delete;

    /// Gives what comes out of @p packed to @p take, at most 64 KiB at a time, until @p take returns false.
    State feed(QByteArrayView packed, const std::function<bool(QByteArrayView)> &take);
    State state() const { return m_state; }

private:
    bool beginsAnotherMember(QByteArrayView left);

    std::unique_ptr<z_stream_s> m_stream;
    State m_state = State::open;
};

} // namespace bookdesk::net
