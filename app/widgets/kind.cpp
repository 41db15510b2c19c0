#include "widgets/kind.h"

namespace bookdesk::widgets {

using namespace Qt::StringLiterals;
using style::Role;

QString kindName(Kind kind)
{
    switch (kind) {
    case Kind::neutral:
        return u"neutral"_s;
    case Kind::ok:
        return u"ok"_s;
    case Kind::bad:
        return u"bad"_s;
    case Kind::warn:
        return u"warn"_s;
    case Kind::accent:
        return u"accent"_s;
    case Kind::loud:
        return u"loud"_s;
    }
    return {};
}

Role kindInk(Kind kind)
{
    switch (kind) {
    case Kind::neutral:
        return Role::text;
    case Kind::ok:
        return Role::ok;
    case Kind::bad:
        return Role::bad;
    case Kind::warn:
        return Role::warn;
    case Kind::accent:
        return Role::accent;
    case Kind::loud:
        return Role::onBad;
    }
    return Role::text;
}

Role kindGround(Kind kind)
{
    switch (kind) {
    case Kind::neutral:
        return Role::chip;
    case Kind::ok:
        return Role::okGround;
    case Kind::bad:
        return Role::badGround;
    case Kind::warn:
        return Role::warnGround;
    case Kind::accent:
        return Role::accentGround;
    case Kind::loud:
        return Role::bad;
    }
    return Role::chip;
}

QString kindIcon(Kind kind)
{
    switch (kind) {
    case Kind::neutral:
        return {};
    case Kind::ok:
        return u"check"_s;
    case Kind::bad:
        return u"cross"_s;
    case Kind::warn:
        return u"warning"_s;
    case Kind::accent:
        return u"info"_s;
    case Kind::loud:
        return u"warning"_s;
    }
    return {};
}

} // namespace bookdesk::widgets
