#include "e2e/secret-search.h"

#include "core/masking.h"

#include <QUrlQuery>

namespace bookdesk::test {
namespace {

using namespace Qt::StringLiterals;

/// As many of a form's first bytes as it is found by.
constexpr qsizetype anchorSize = 16;

std::string anchorAt(const char *place) { return {place, static_cast<std::size_t>(anchorSize)}; }

bool isJwt(QByteArrayView secret) { return secret.startsWith("ey") && secret.toByteArray().count('.') == 2; }

QByteArrayList partsOf(QByteArrayView secret)
{
    return isJwt(secret) ? secret.toByteArray().split('.').mid(1) : QByteArrayList{secret.toByteArray()};
}

/// What stands in the base64 of a longer text in which @p part comes after @p before bytes, modulo three.
QByteArray inBase64(const QByteArray &part, qsizetype before, QByteArray::Base64Options options)
{
    const QByteArray whole = (QByteArray(before, 'x') + part).toBase64(options | QByteArray::OmitTrailingEquals);
    const qsizetype first = (before * 8 + 5) / 6;
    const qsizetype end = (before + part.size()) * 8 / 6;
    return whole.sliced(first, end - first);
}

} // namespace

std::vector<SecretSearch::Form> SecretSearch::formsOf(QByteArrayView secret)
{
    std::vector<Form> forms;
    for (const QByteArray &part : partsOf(secret)) {
        if (part.size() < anchorSize)
            continue;
        forms.push_back({part, u"as it is"_s});
        const QByteArray encoded = part.toPercentEncoding();
        if (encoded != part) {
            forms.push_back({encoded, u"URL-encoded"_s});
            forms.push_back({encoded.toPercentEncoding(), u"URL-encoded twice"_s});
        }
        for (const qsizetype before : {0, 1, 2}) {
            forms.push_back({inBase64(part, before, QByteArray::Base64Encoding), u"in base64"_s});
            forms.push_back({inBase64(part, before, QByteArray::Base64UrlEncoding), u"in base64url"_s});
        }
    }
    return forms;
}

void SecretSearch::know(QByteArrayView secret)
{
    const QByteArray bytes = secret.toByteArray();
    if (bytes.size() < anchorSize || m_secrets.contains(bytes))
        return;
    m_secrets.push_back(bytes);
    for (const Form &form : formsOf(secret))
        index(form);
}

void SecretSearch::knowFrom(const SeenRequest &request)
{
    const QByteArray credentials = net::headerValue(request.headers, "Authorization").value_or(QByteArray());
    const QByteArray bearer = credentials.sliced(credentials.indexOf(' ') + 1);
    if (isJwt(bearer))
        know(bearer);
    if (!request.target.endsWith("/oauth2/v2.0/token") && !request.target.endsWith("/oauth2/v2.0/revoke"))
        return;
    const QUrlQuery form(QString::fromLatin1(request.body));
    for (const QString &name : {u"code"_s, u"code_verifier"_s, u"refresh_token"_s, u"device_code"_s, u"token"_s})
        know(form.queryItemValue(name, QUrl::FullyDecoded).toUtf8());
}

QStringList SecretSearch::namedIn(const QByteArray &text)
{
    const QByteArray removed = removedMark().toUtf8();
    QStringList found;
    for (const char *name : {"code_verifier=", "&code=", "?code=", "token=", "device_code="}) {
        for (qsizetype at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            if (!QByteArrayView(text).sliced(at + qstrlen(name)).startsWith(removed))
                found += QString::fromUtf8(text.mid(at, 40));
        }
    }
    return found;
}

void SecretSearch::index(const Form &form)
{
    if (form.bytes.size() >= anchorSize)
        m_forms.emplace(anchorAt(form.bytes.constData()), form);
}

QStringList SecretSearch::foundIn(const QByteArray &text) const
{
    QStringList found;
    for (qsizetype at = 0; at + anchorSize <= text.size(); ++at) {
        const auto [begin, end] = m_forms.equal_range(anchorAt(text.constData() + at));
        for (auto form = begin; form != end; ++form) {
            if (QByteArrayView(text).sliced(at).startsWith(form->second.bytes))
                found += u"%1: %2…"_s.arg(form->second.name, QString::fromLatin1(form->second.bytes.first(8)));
        }
    }
    found.removeDuplicates();
    return found;
}

} // namespace bookdesk::test
