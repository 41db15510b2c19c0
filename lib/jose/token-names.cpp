#include "jose/token-names.h"

using namespace Qt::StringLiterals;

namespace bookdesk::jose {

const JsonNames &tokenNames()
{
    static const JsonNames names{
        // The header
        u"alg"_s, u"kid"_s, u"typ"_s, u"x5t"_s, u"x5t#S256"_s, u"cty"_s,
        // The standards' claims
        u"iss"_s, u"sub"_s, u"aud"_s, u"exp"_s, u"nbf"_s, u"iat"_s, u"jti"_s, u"nonce"_s, u"auth_time"_s, u"acr"_s,
        u"amr"_s, u"azp"_s, u"at_hash"_s, u"c_hash"_s, u"sid"_s, u"scope"_s, u"client_id"_s, u"name"_s, u"given_name"_s,
        u"family_name"_s, u"preferred_username"_s, u"email"_s, u"email_verified"_s, u"picture"_s, u"locale"_s,
        // Microsoft's
        u"acrs"_s, u"aio"_s, u"app_displayname"_s, u"appid"_s, u"appidacr"_s, u"azpacr"_s, u"deviceid"_s, u"groups"_s,
        u"hasgroups"_s, u"idp"_s, u"idtyp"_s, u"ipaddr"_s, u"login_hint"_s, u"oid"_s, u"onprem_sid"_s, u"puid"_s,
        u"rh"_s, u"roles"_s, u"scp"_s, u"tenant_region_scope"_s, u"tid"_s, u"unique_name"_s, u"upn"_s, u"uti"_s,
        u"ver"_s, u"wids"_s, u"xms_cc"_s, u"xms_ftd"_s, u"xms_tcdt"_s};
    return names;
}

} // namespace bookdesk::jose
