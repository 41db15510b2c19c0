#include "e2e/secret-flows.h"
#include "e2e/text-of.h"
#include "identity/connection.h"
#include "identity/system-keychain.h"
#include "net/curl.h"
#include "net/har.h"

#include <QCoroTask>

using namespace Qt::StringLiterals;

namespace bookdesk::test {

FlowStage::FlowStage(Redactor redactor, const QString &lockFile)
    : m_redactor(std::move(redactor))
    , m_vault(std::make_shared<identity::TokenVault>(std::make_unique<identity::SystemKeychain>(u"Bookdesk test"_s),
                                                     identity::TokenVault::Settings{lockFile}, m_redactor))
{
    QObject::connect(&m_proxy, &FaultProxy::asked, &m_context,
                     [this](const SeenRequest &request) { learnFrom(request); });
    sandbox::SandboxOptions options;
    options.publicPort = m_proxy.port();
    options.opaqueEnding = "+/=%&";
    options.deviceCodes.interval = std::chrono::seconds(0);
    options.onSecretMade = [this](const Secret &secret) { m_secrets.know(secret.reveal()); };
    m_sandbox = valueOf(QCoro::waitFor(sandbox::SandboxServer::start(options)));
    m_proxy.setTarget(m_sandbox->port());
    if (!QCoro::waitFor(m_vault->check()))
        qFatal("The keyring cannot be used.");
}

FlowStage::~FlowStage() = default;

void FlowStage::learnFrom(const SeenRequest &request)
{
    if (request.target.contains("/authorize?"))
        note(u"the address of the sign-in page"_s, QString::fromLatin1(request.target));
    m_revocations += request.target.endsWith("/oauth2/v2.0/revoke") ? 1 : 0;
    m_secrets.knowFrom(request);
}

void FlowStage::noteExchanges()
{
    for (const auto &desk : m_desks) {
        const auto &exchanges = desk->exchanges().exchanges();
        for (const net::Exchange &exchange : exchanges) {
            note(u"the exchanges"_s, textOf(exchange));
            note(u"the curl commands"_s, net::curlCommand(exchange));
        }
        note(u"the HAR"_s, QString::fromUtf8(net::harOf({exchanges.begin(), exchanges.end()}, systemNow())));
    }
}

void FlowStage::renewDesk(const QString &responseMode)
{
    m_sandbox->clearFaults();
    for (const sandbox::Switch one : sandbox::allSwitches)
        m_sandbox->switchOff(one);
    m_proxy.clear();
    m_desks.clear();
    addDesk(responseMode);
}

void FlowStage::addDesk(const QString &responseMode)
{
    JsonObject file = m_sandbox->connectionFile();
    file.set(u"responseMode"_s, responseMode);
    identity::Connection connection = valueOf(identity::readConnection(toCompactJson(file)));
    connection.id = u"contoso"_s;
    workspace::Surroundings surroundings;
    surroundings.redactor = m_redactor;
    surroundings.vault = m_vault;
    surroundings.open = [this](const QUrl &url) -> Result<void> {
        note(u"the browser's arguments"_s, url.toString(QUrl::FullyEncoded));
        if (m_visit)
            visit(url, *m_visit);
        return {};
    };
    m_desks.push_back(std::make_unique<workspace::Desk>(connection, surroundings));
}

Result<void> FlowStage::signIn(sandbox::Visit visit, const identity::SignInOptions &options)
{
    m_visit = std::move(visit);
    Result<void> signedIn = QCoro::waitFor(desk().signIn(options));
    if (!signedIn)
        note(u"the errors"_s, textOf(signedIn.error()));
    return signedIn;
}

void FlowStage::visit(const QUrl &url, const sandbox::Visit &visit)
{
    QCoro::connect(m_visitor.visit(url, visit), &m_context, [this](const Result<sandbox::VisitedPage> &page) {
        if (page)
            note(u"the browser's pages"_s, page->url.toString(QUrl::FullyEncoded) + u'\n' + page->text);
    });
}

void FlowStage::callApi()
{
    note(u"the outcomes"_s, textOf(QCoro::waitFor(desk().books().remove(u"bk-0001"_s)).outcome));
    note(u"the outcomes"_s, textOf(QCoro::waitFor(desk().books().list()).outcome));
}

} // namespace bookdesk::test
