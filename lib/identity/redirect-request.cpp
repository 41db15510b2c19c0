#include "identity/redirect-request.h"

#include "core/percent-encoding.h"

#include <QStringDecoder>

#include <algorithm>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostParameters = 64;
constexpr std::size_t mostCookies = 16;
constexpr qsizetype longestCookie = 128;

bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text) { return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter); }

bool hasControl(QByteArrayView text)
{
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && byte != '\t') || byte == 0x7f;
    });
}

bool isUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    [[maybe_unused]] const QString text = decoder.decode(bytes);
    return !decoder.hasError();
}

/// Undoes `application/x-www-form-urlencoded`; nothing where the text is not that.
std::optional<QByteArray> decoded(QByteArrayView text)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const std::optional<char> escaped = percentEncodedByte(text, i);
        if (!escaped)
            return std::nullopt;
        out += *escaped;
        i += 2;
    }
    if (!isUtf8(out))
        return std::nullopt;
    return out;
}

bool equalsIgnoringCase(QByteArrayView left, QByteArrayView right)
{
    return left.compare(right, Qt::CaseInsensitive) == 0;
}

constexpr QByteArrayView cookieName("Cookie:");

/// Whether it is a Cookie header, or the beginning of one.
bool isCookie(QByteArrayView line)
{
    return line.size() >= cookieName.size() && equalsIgnoringCase(line.first(cookieName.size()), cookieName);
}

/// The least that a line counts for when only @p part of it has arrived. So no verdict depends on how bytes are split.
qsizetype certainBytes(QByteArrayView part)
{
    const bool mayBeCookie = equalsIgnoringCase(part, cookieName.first(std::min(part.size(), cookieName.size())));
    return mayBeCookie || isCookie(part) ? 0 : part.size();
}

qsizetype occurrences(const net::Headers &headers, QByteArrayView name)
{
    return std::count_if(headers.begin(), headers.end(),
                         [name](const auto &header) { return equalsIgnoringCase(header.first, name); });
}

} // namespace

QByteArray RedirectRequest::host() const { return net::headerValue(headers, "Host").value_or(QByteArray()); }

bool RedirectRequest::isForm() const
{
    const QByteArray type = net::headerValue(headers, "Content-Type").value_or(QByteArray());
    const qsizetype semicolon = type.indexOf(';');
    const QByteArrayView essence = semicolon < 0 ? QByteArrayView(type) : QByteArrayView(type).first(semicolon);
    return equalsIgnoringCase(essence.trimmed(), "application/x-www-form-urlencoded");
}

bool RedirectRequest::isPrefetch() const
{
    return std::any_of(headers.begin(), headers.end(), [](const auto &header) {
        const auto &[name, value] = header;
        const bool tellsPurpose = equalsIgnoringCase(name, "Purpose") || equalsIgnoringCase(name, "Sec-Purpose") ||
                                  equalsIgnoringCase(name, "X-Purpose") || equalsIgnoringCase(name, "X-Moz");
        const QByteArray purpose = value.toLower();
        return tellsPurpose &&
               (purpose.contains("prefetch") || purpose.contains("prerender") || purpose.contains("preview"));
    });
}

std::optional<FormParameters> readForm(const Secret &encoded)
{
    FormParameters parameters;
    QByteArrayView rest = encoded.reveal();
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf('&');
        const QByteArrayView pair = end < 0 ? rest : rest.first(end);
        rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        const std::optional<QByteArray> name = decoded(equals < 0 ? pair : pair.first(equals));
        std::optional<QByteArray> value = decoded(equals < 0 ? QByteArrayView() : pair.sliced(equals + 1));
        if (!name || !value || parameters.contains(*name) ||
            parameters.size() >= static_cast<std::size_t>(mostParameters))
            return std::nullopt;
        parameters.emplace(*name, Secret::taking(std::move(*value)));
    }
    return parameters;
}

RequestReader::State RequestReader::feed(QByteArrayView bytes)
{
    if (m_state != State::reading)
        return m_state;
    m_buffer += bytes;
    return m_bodySize >= 0 ? readBody() : readHead();
}

RequestReader::State RequestReader::refuse(int status)
{
    m_refusal = status;
    m_state = State::refused;
    m_buffer.clear();
    return m_state;
}

RequestReader::State RequestReader::readHead()
{
    for (;;) {
        const qsizetype end = m_buffer.indexOf("\r\n", m_searched);
        if (end < 0)
            return waitForLine();
        const QByteArrayView line = QByteArrayView(m_buffer).sliced(m_lineStart, end - m_lineStart);
        const bool isEndOfHead = line.isEmpty() && m_lineStart > 0;
        const qsizetype kept = m_headerBytes + (isCookie(line) ? 0 : line.size());
        if (kept > m_limits.headerBytes || end > m_limits.headBytes)
            return refuse(431);
        if (!isEndOfHead && !readLine(line))
            return refuse(400);
        m_headerBytes = kept;
        m_lineStart = end + 2;
        m_searched = m_lineStart;
        if (isEndOfHead) {
            m_buffer.remove(0, m_lineStart);
            return findBodySize();
        }
    }
}

RequestReader::State RequestReader::waitForLine()
{
    QByteArrayView part = QByteArrayView(m_buffer).sliced(m_lineStart);
    if (part.endsWith('\r')) // Perhaps half a line end.
        part.chop(1);
    if (m_headerBytes + certainBytes(part) > m_limits.headerBytes || m_lineStart + part.size() > m_limits.headBytes)
        return refuse(431);
    m_searched = m_lineStart + part.size();
    return m_state;
}

bool RequestReader::readLine(QByteArrayView line)
{
    return !hasControl(line) && (m_lineStart == 0 ? readRequestLine(line) : readHeader(line));
}

bool RequestReader::readRequestLine(QByteArrayView line)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first < 0 || last <= first)
        return false;
    const QByteArrayView method = line.first(first);
    const QByteArrayView target = line.sliced(first + 1, last - first - 1);
    const QByteArrayView version = line.sliced(last + 1);
    if (!isToken(method) || !target.startsWith('/') || target.contains(' ') ||
        (version != QByteArrayView("HTTP/1.1") && version != QByteArrayView("HTTP/1.0")))
        return false;
    const qsizetype question = target.indexOf('?');
    m_request.method = method.toByteArray();
    m_request.path = (question < 0 ? target : target.first(question)).toByteArray();
    m_request.query = Secret(question < 0 ? QByteArrayView() : target.sliced(question + 1));
    return true;
}

bool RequestReader::readHeader(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || !isToken(line.first(colon)))
        return false;
    if (isCookie(line))
        readCookies(line.sliced(colon + 1));
    else
        m_request.headers.emplace_back(line.first(colon).toByteArray(), line.sliced(colon + 1).trimmed().toByteArray());
    return true;
}

/// Keeps our own. Cookies of other programs on localhost arrive here too; they are none of our business.
void RequestReader::readCookies(QByteArrayView value)
{
    while (!value.isEmpty()) {
        const qsizetype end = value.indexOf(';');
        const QByteArrayView pair = (end < 0 ? value : value.first(end)).trimmed();
        value = end < 0 ? QByteArrayView() : value.sliced(end + 1);
        const qsizetype equals = pair.indexOf('=');
        if (equals < 0 || pair.first(equals) != ownCookie || m_request.cookies.size() >= mostCookies)
            continue;
        const QByteArrayView own = pair.sliced(equals + 1);
        if (own.size() <= longestCookie)
            m_request.cookies.emplace_back(own);
    }
}

RequestReader::State RequestReader::findBodySize()
{
    const net::Headers &headers = m_request.headers;
    if (occurrences(headers, "Host") > 1 || occurrences(headers, "Content-Length") > 1 ||
        occurrences(headers, "Transfer-Encoding") > 0)
        return refuse(400);
    const QByteArray length = net::headerValue(headers, "Content-Length").value_or("0"_ba);
    const bool isNumber =
        !length.isEmpty() && std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber)
        return refuse(400);
    bool fits = false;
    const qlonglong size = length.toLongLong(&fits);
    if (!fits || size > m_limits.bodyBytes)
        return refuse(413);
    m_bodySize = static_cast<qsizetype>(size);
    return readBody();
}

RequestReader::State RequestReader::readBody()
{
    if (m_buffer.size() < m_bodySize)
        return m_state;
    m_buffer.truncate(m_bodySize);
    m_request.body = Secret::taking(std::move(m_buffer));
    m_buffer.clear();
    m_state = State::complete;
    return m_state;
}

} // namespace bookdesk::identity
