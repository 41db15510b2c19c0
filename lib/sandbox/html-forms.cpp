#include "sandbox/html-forms.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

struct Tag
{
    QString name; ///< In lower case, with a leading slash for a closing tag.
    QHash<QString, QString> attributes;
};

QHash<QString, QString> readAttributes(const QString &text)
{
    static const QRegularExpression attribute(
        u"([^\\s\"'<>/=]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+)))?"_s);
    QHash<QString, QString> attributes;
    for (auto matches = attribute.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const QString name = match.captured(1).toLower();
        // The first one counts, as in browsers.
        if (!attributes.contains(name))
            attributes.insert(name, decodedEntities(match.captured(2) + match.captured(3) + match.captured(4)));
    }
    return attributes;
}

/// Goes from tag to tag and gives the text of scripts.
class TagReader
{
public:
    explicit TagReader(const QString &html)
        : m_html(html)
    {}

    /// False at the end of the page.
    bool next(Tag &tag)
    {
        static const QRegularExpression start(
            u"<!--.*?(?:-->|\\z)|<(/?[a-z][a-z0-9]*)((?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+)>"_s,
            QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
        while (true) {
            const QRegularExpressionMatch match = start.match(m_html, m_position);
            if (!match.hasMatch())
                return false;
            m_position = match.capturedEnd();
            if (match.captured(1).isEmpty())
                continue;
            tag = {match.captured(1).toLower(), readAttributes(match.captured(2))};
            if (tag.name == "script"_L1 || tag.name == "style"_L1)
                m_scripts += skipTo(u"</"_s + tag.name);
            return true;
        }
    }

    bool scriptSubmits() const { return m_scripts.contains(".submit("_L1); }

private:
    QString skipTo(const QString &end)
    {
        const qsizetype begin = m_position;
        const qsizetype found = m_html.indexOf(end, begin, Qt::CaseInsensitive);
        m_position = found < 0 ? m_html.size() : found;
        return m_html.sliced(begin, m_position - begin);
    }

    const QString &m_html;
    QString m_scripts;
    qsizetype m_position = 0;
};

bool isSubmitButton(const Tag &tag)
{
    const QString type = tag.attributes.value(u"type"_s).toLower();
    if (tag.name == "button"_L1)
        return type.isEmpty() || type == "submit"_L1;
    return tag.name == "input"_L1 && (type == "submit"_L1 || type == "image"_L1);
}

bool isSentAnyhow(const Tag &tag)
{
    const QString type = tag.attributes.value(u"type"_s).toLower();
    if (tag.name != "input"_L1 || tag.attributes.contains(u"disabled"_s) || type == "button"_L1 || type == "reset"_L1)
        return false;
    const bool isChoice = type == "checkbox"_L1 || type == "radio"_L1;
    return !isChoice || tag.attributes.contains(u"checked"_s);
}

void addControl(HtmlForm &form, const Tag &tag)
{
    const QString name = tag.attributes.value(u"name"_s);
    if (name.isEmpty())
        return;
    const QString value = tag.attributes.value(u"value"_s);
    if (isSubmitButton(tag))
        form.buttons.emplace_back(name, value);
    else if (isSentAnyhow(tag))
        form.fields.emplace_back(name, value);
}

HtmlForm beginForm(const Tag &tag)
{
    HtmlForm form;
    form.action = tag.attributes.value(u"action"_s).trimmed();
    form.method = tag.attributes.value(u"method"_s).toLower() == "post"_L1 ? "post" : "get";
    return form;
}

QString decodedEntity(const QString &name)
{
    static const QHash<QString, QString> named{{u"amp"_s, u"&"_s},   {u"lt"_s, u"<"_s},   {u"gt"_s, u">"_s},
                                               {u"quot"_s, u"\""_s}, {u"apos"_s, u"'"_s}, {u"nbsp"_s, u"\u00a0"_s}};
    if (!name.startsWith(u'#'))
        return named.value(name);
    const bool isHexadecimal = name.size() > 1 && name.at(1).toLower() == u'x';
    bool isNumber = false;
    const char32_t code = isHexadecimal ? name.sliced(2).toUInt(&isNumber, 16) : name.sliced(1).toUInt(&isNumber, 10);
    constexpr char32_t last = 0x10ffff;
    return isNumber && code > 0 && code <= last ? QString::fromUcs4(&code, 1) : QString();
}

} // namespace

std::vector<HtmlForm> readForms(const QString &html)
{
    std::vector<HtmlForm> forms;
    bool isInForm = false;
    TagReader reader(html);
    for (Tag tag; reader.next(tag);) {
        if (tag.name == "form"_L1 && !isInForm) {
            forms.push_back(beginForm(tag));
            isInForm = true;
        } else if (tag.name == "/form"_L1) {
            isInForm = false;
        } else if (isInForm) {
            addControl(forms.back(), tag);
        }
    }
    for (HtmlForm &form : forms)
        form.submitsItself = reader.scriptSubmits();
    return forms;
}

QString decodedEntities(const QString &text)
{
    static const QRegularExpression entity(u"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]+);"_s);
    QString decoded;
    qsizetype copied = 0;
    for (auto matches = entity.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const QString character = decodedEntity(match.captured(1));
        decoded += QStringView(text).sliced(copied, match.capturedStart() - copied);
        decoded += character.isEmpty() ? match.captured() : character;
        copied = match.capturedEnd();
    }
    decoded += QStringView(text).sliced(copied);
    return decoded;
}

} // namespace bookdesk::sandbox
