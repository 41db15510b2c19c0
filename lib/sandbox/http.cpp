#include "sandbox/http.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

QByteArray decoded(QByteArrayView encoded)
{
    QByteArray text = encoded.toByteArray();
    text.replace('+', ' ');
    return QByteArray::fromPercentEncoding(text);
}

Response detailResponse(int status, const QString &detail, Headers headers)
{
    return jsonResponse(status, {{u"detail"_s, detail}}, std::move(headers));
}

} // namespace

std::optional<QByteArray> Request::header(QByteArrayView name) const
{
    for (const auto &[headerName, value] : headers) {
        if (headerName.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return std::nullopt;
}

QString Request::decodedPath() const { return QString::fromUtf8(QByteArray::fromPercentEncoding(path)); }

Response jsonResponse(int status, const JsonObject &object, Headers headers)
{
    headers.emplace(headers.begin(), "content-type", "application/json");
    return {status, std::move(headers), toCompactJson(object)};
}

Response pageResponse(int status, const QString &html, const QByteArray &policy)
{
    return {status,
            {{"content-type", "text/html; charset=utf-8"},
             {"cache-control", "no-store"},
             {"referrer-policy", "no-referrer"},
             {"x-content-type-options", "nosniff"},
             {"content-security-policy", policy}},
            html.toUtf8()};
}

Response redirectTo(int status, const QByteArray &location) { return {status, {{"location", location}}, {}}; }

Response notFound() { return detailResponse(404, u"Not Found"_s, {}); }

Response methodNotAllowed(const QByteArray &allow)
{
    return detailResponse(405, u"Method Not Allowed"_s, {{"allow", allow}});
}

FormFields FormFields::parse(QByteArrayView encoded)
{
    FormFields form;
    qsizetype begin = 0;
    while (begin < encoded.size()) {
        const qsizetype end = encoded.indexOf('&', begin);
        const QByteArrayView field = encoded.sliced(begin, (end < 0 ? encoded.size() : end) - begin);
        begin = end < 0 ? encoded.size() : end + 1;
        if (field.isEmpty())
            continue;
        const qsizetype equals = field.indexOf('=');
        form.m_fields.emplace_back(decoded(equals < 0 ? field : field.first(equals)),
                                   equals < 0 ? QByteArray() : decoded(field.sliced(equals + 1)));
    }
    return form;
}

const QByteArray *FormFields::find(QByteArrayView name) const
{
    const auto found =
        std::find_if(m_fields.begin(), m_fields.end(), [name](const auto &field) { return field.first == name; });
    return found == m_fields.end() ? nullptr : &found->second;
}

QString FormFields::text(QByteArrayView name) const
{
    const QByteArray *value = find(name);
    return value ? QString::fromUtf8(*value) : QString();
}

Secret FormFields::secret(QByteArrayView name) const
{
    const QByteArray *value = find(name);
    return value ? Secret(*value) : Secret();
}

bool FormFields::has(QByteArrayView name) const { return find(name) != nullptr; }

QByteArray FormFields::repeated() const
{
    for (auto field = m_fields.begin(); field != m_fields.end(); ++field) {
        const auto again = std::find_if(std::next(field), m_fields.end(),
                                        [field](const auto &other) { return other.first == field->first; });
        if (again != m_fields.end())
            return field->first;
    }
    return {};
}

QByteArray formField(QByteArrayView name, const QByteArray &value)
{
    return name.toByteArray() + '=' + value.toPercentEncoding();
}

} // namespace bookdesk::sandbox
