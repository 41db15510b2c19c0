#include "sandbox/control.h"

#include "sandbox/pages.h"
#include "sandbox/random-id.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

const QByteArray controlPath = "/control"_ba;

Response refused() { return jsonResponse(403, {{u"detail"_s, u"This form does not come from the control page"_s}}); }

} // namespace

Control::Control(SandboxState &state, QByteArray scheme, std::function<void()> rotateKeys,
                 std::function<bool()> isRotating)
    : m_state(state)
    , m_scheme(std::move(scheme))
    , m_proof(randomId())
    , m_rotateKeys(std::move(rotateKeys))
    , m_isRotating(std::move(isRotating))
{}

std::optional<Response> Control::answer(const Request &request)
{
    if (request.path != controlPath)
        return std::nullopt;
    if (request.isRead())
        return controlPage({QString::fromLatin1(controlPath), m_proof, m_state, m_isRotating()});
    return request.method == "POST" ? change(request) : methodNotAllowed("GET, HEAD, POST");
}

Response Control::change(const Request &request)
{
    // "null" is what browsers send from a page without referrers, such as ours.
    const QByteArray origin = request.header("origin").value_or("null"_ba);
    const QByteArray own = m_scheme + "://" + request.header("host").value_or(QByteArray());
    const FormFields fields = FormFields::parse(request.body);
    if ((origin != "null" && origin != own) || fields.text("proof") != m_proof)
        return refused();
    if (!carryOut(fields))
        return jsonResponse(400, {{u"detail"_s, u"Unknown order"_s}});
    return redirectTo(303, controlPath);
}

bool Control::changeCare(const QString &verb, const QString &code)
{
    const std::optional<Carelessness> carelessness = carelessnessFromCode(code);
    if (!carelessness)
        return false;
    if (verb == "careless"_L1)
        m_state.beCareless(*carelessness);
    else if (verb == "careful"_L1)
        m_state.beCareful(*carelessness);
    else
        return false;
    return true;
}

bool Control::changeSwitch(const QString &verb, const QString &code)
{
    const std::optional<Switch> which = switchFromCode(code);
    if (!which)
        return false;
    if (verb == "on"_L1)
        m_state.switchOn(*which);
    else
        m_state.switchOff(*which);
    return true;
}

bool Control::slowDown(const QString &text)
{
    bool isNumber = false;
    const int seconds = text.toInt(&isNumber);
    if (!isNumber || seconds < 0 || seconds > longestSlowness.count())
        return false;
    m_state.slowDown(std::chrono::seconds(seconds));
    return true;
}

bool Control::carryOutOn(const QString &verb, const QString &object)
{
    if (verb == "on"_L1 || verb == "off"_L1)
        return changeSwitch(verb, object);
    if (verb == "end-sessions"_L1)
        return m_state.endSessions(object);
    return changeCare(verb, object);
}

bool Control::carryOut(const FormFields &fields)
{
    const QString order = fields.text("do");
    const QStringList words = order.split(u':');
    const bool hasTwoArguments = words.size() == 3;
    if (order == "careful"_L1) {
        m_state.beCarefulAgain();
        return true;
    }
    if (words.size() == 2)
        return carryOutOn(words[0], words[1]);
    if (order == "slow"_L1)
        return slowDown(fields.text("seconds"));
    if (order == "clear"_L1) {
        m_state.clearFaults();
        return true;
    }
    if (order == "rotate"_L1) {
        m_rotateKeys();
        return true;
    }
    if (!hasTwoArguments)
        return false;
    if (words[0] == "grant"_L1)
        return m_state.registrations().apiRoles.contains(words[2]) && m_state.grantRole(words[1], words[2]);
    if (words[0] == "revoke"_L1)
        return m_state.revokeRole(words[1], words[2]);
    if (words[0] == "consent"_L1)
        return m_state.consent(words[1], words[2]);
    if (words[0] == "withdraw"_L1)
        return m_state.withdrawConsent(words[1], words[2]);
    const std::optional<Fault> fault = faultFromCode(words[1]);
    if (words[0] != "arm"_L1 || !fault)
        return false;
    m_state.arm(*fault, words[2] == "once"_L1 ? FaultSpan::once : FaultSpan::untilCleared);
    return true;
}

} // namespace bookdesk::sandbox
