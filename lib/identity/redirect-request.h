/// RedirectRequest: one HTTP request as the redirect listener reads it, within strict limits.
#pragma once

#include "core/secret.h"
#include "net/exchange.h"

#include <QByteArray>
#include <QByteArrayView>

#include <map>
#include <optional>
#include <vector>

namespace bookdesk::identity {

/// The name of our own cookie.
inline constexpr QByteArrayView ownCookie("bookdesk");

/// What a browser sent. The parameters may hold an authorization code and so are secret. Any thread.
struct RedirectRequest
{
    QByteArray method;
    QByteArray path;             ///< As sent, without the query.
    Secret query;                ///< Behind the `?`, still encoded.
    Secret body;                 ///< Of a form, still encoded.
    net::Headers headers;        ///< Without cookies.
    std::vector<Secret> cookies; ///< The values of our own ones.

    QByteArray host() const;
    bool isForm() const;
    /// Sent ahead of the person's will: such a request must change nothing.
    bool isPrefetch() const;
};

/// The parameters of a query or a form. Nothing where a name stands twice, or something is wrongly encoded.
using FormParameters = std::map<QByteArray, Secret>;
std::optional<FormParameters> readForm(const Secret &encoded);

/// Reads one request from bytes that arrive in any pieces. One thread. Source: RFC 9112.
class RequestReader
{
public:
    struct Limits
    {
        qsizetype headerBytes = 16 * 1024; ///< Without cookies, which other programs on localhost set.
        qsizetype bodyBytes = 64 * 1024;
        qsizetype headBytes = 256 * 1024; ///< Cookies included.
    };

    explicit RequestReader(Limits limits)
        : m_limits(limits)
    {}

    enum class State { reading, complete, refused };
    /// Takes the next bytes; what comes behind the request is ignored.
    State feed(QByteArrayView bytes);

    State state() const { return m_state; }
    /// The status to refuse with: 400, 413 or 431.
    int refusal() const { return m_refusal; }
    const RedirectRequest &request() const { return m_request; }

private:
    State refuse(int status);
    State readHead();
    State waitForLine();
    /// False where the line is malformed.
    bool readLine(QByteArrayView line);
    bool readRequestLine(QByteArrayView line);
    bool readHeader(QByteArrayView line);
    void readCookies(QByteArrayView value);
    State findBodySize();
    State readBody();

    Limits m_limits;
    State m_state = State::reading;
    int m_refusal = 0;
    QByteArray m_buffer;
    qsizetype m_lineStart = 0;   ///< Of the line of the head that is not complete.
    qsizetype m_searched = 0;    ///< Up to where no line end was found.
    qsizetype m_headerBytes = 0; ///< What was kept, in bytes as they came.
    qsizetype m_bodySize = -1;   ///< -1 until the headers are read.
    RedirectRequest m_request;
};

} // namespace bookdesk::identity
