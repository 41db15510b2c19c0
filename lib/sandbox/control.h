/// Control: the page for changing roles, faults, keys and the API's care while the Sandbox runs.
#pragma once

#include "sandbox/http.h"
#include "sandbox/sandbox-state.h"

#include <QString>

#include <functional>
#include <optional>

namespace bookdesk::sandbox {

/// One thread; @p state outlives it. A form is accepted only with the proof from the page and, if the browser names an
/// origin, from this server's own.
class Control
{
public:
    /// @param scheme "http" or "https". @param rotateKeys starts the rotation; true is given to @p isRotating while it
    /// runs.
    Control(SandboxState &state, QByteArray scheme, std::function<void()> rotateKeys, std::function<bool()> isRotating);

    /// Nothing if the path is not the control page's.
    std::optional<Response> answer(const Request &request);

private:
    Response change(const Request &request);
    bool carryOut(const FormFields &fields);
    bool carryOutOn(const QString &verb, const QString &object);
    bool changeSwitch(const QString &verb, const QString &code);
    bool slowDown(const QString &text);
    bool changeCare(const QString &verb, const QString &code);

    SandboxState &m_state;
    QByteArray m_scheme;
    QString m_proof;
    std::function<void()> m_rotateKeys;
    std::function<bool()> m_isRotating;
};

} // namespace bookdesk::sandbox
