/// AdviceData: what is known of the errors of a sign-in, read from data (`resources/advice/*.json`).
#pragma once

#include "core/json.h"
#include "core/result.h"

#include <QLocale>
#include <QMap>
#include <QString>

#include <vector>

namespace bookdesk::identity {

/// Who can mend it.
enum class AdviceActor {
    user,
    administrator, ///< Of the tenant.
    registrant,    ///< The person who registered the client and the API, and wrote the connection.
};

/// Where it is mended.
enum class AdvicePlace {
    client,     ///< The client's registration.
    api,        ///< The API's registration.
    enterprise, ///< The client's enterprise application in the tenant: assignments, enabled or not.
    consent,    ///< What the tenant's people or administrators have consented to.
    rules,      ///< The organization's rules: Conditional Access, tenant restrictions.
    account,
    device,
    connection, ///< The connection in Bookdesk.
    browser,
    server, ///< Nothing has to be changed; the server is in trouble.
};

/// Where an error can show.
enum class ErrorSite {
    page,     ///< The browser's page, from which nothing may come back.
    redirect, ///< The authorize endpoint's answer.
    token,    ///< The token endpoint's answer.
};

/// The stable names of these, as in the data: "administrator", "enterprise", "page".
QString adviceActorCode(AdviceActor actor);
QString advicePlaceCode(AdvicePlace place);
QString errorSiteCode(ErrorSite site);

/// A plain value. Any thread.
struct Advice
{
    QString headline;
    QString meaning; ///< One sentence.
    QString remedy;  ///< Whole sentences.
    QString why;     ///< For the person, with places such as `{user}`; may be empty.
    QString ask;     ///< What an administrator is asked to do, with places; empty where none is needed.
    AdviceActor actor = AdviceActor::user;
    AdvicePlace place = AdvicePlace::browser;
    std::vector<ErrorSite> sites = {};
};

/// A plain value. Any thread. Source: Microsoft "Microsoft Entra authentication and authorization error codes",
/// RFC 6749, OpenID Connect Core 1.0, RFC 8628, RFC 9470.
class AdviceData
{
public:
    /// Reads the file only where it is another than the last time.
    static AdviceData forLocale(const QLocale &locale = QLocale());
    /// Errors: json.*, also for a tag that is unknown.
    static Result<AdviceData> read(const QByteArray &json);

    /// nullptr for what is not known. @param aadsts the number alone.
    const Advice *findNumber(const QString &aadsts) const { return findIn(m_numbers, aadsts); }
    const Advice *findError(const QString &error) const { return findIn(m_errors, error); }
    const Advice *findSuberror(const QString &suberror) const { return findIn(m_suberrors, suberror); }

    using Entries = QMap<QString, Advice>;
    const Entries &numbers() const { return m_numbers; }
    const Entries &errors() const { return m_errors; }
    const Entries &suberrors() const { return m_suberrors; }

private:
    static const Advice *findIn(const Entries &entries, const QString &key);

    Entries m_numbers;
    Entries m_errors;
    Entries m_suberrors;
};

} // namespace bookdesk::identity
