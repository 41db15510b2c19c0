/// DeviceEndpoint: gives out codes for signing in on another device, and shows the page where they are typed.
#pragma once

#include "sandbox/device-codes.h"
#include "sandbox/http.h"
#include "sandbox/sandbox-state.h"
#include "sandbox/token-mint.h"

#include <QString>

namespace bookdesk::sandbox {

/// One thread; its parts must outlive it. Source: RFC 8628 sections 3.1 to 3.3, Microsoft "Device authorization grant
/// flow".
class DeviceEndpoint
{
public:
    struct Page
    {
        QString link; ///< Whole, for people.
        QString path;
    };

    DeviceEndpoint(SandboxState &state, const TokenMint &mint, DeviceCodes &codes, Page page);

    /// A client asks for a code.
    Response issue(const Request &request);
    /// A person opens the page, types a code, and then signs in or declines.
    Response answer(const Request &request);

private:
    OrFailure<AskedScopes> read(const Request &request, const FormFields &fields) const;
    JsonObject issued(const AskedScopes &scopes);
    Response submit(const FormFields &fields);

    SandboxState &m_state;
    const TokenMint &m_mint;
    DeviceCodes &m_codes;
    Page m_page;
};

} // namespace bookdesk::sandbox
