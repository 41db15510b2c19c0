#include "net/one-time-body.h"

namespace bookdesk::net {

OneTimeBody::OneTimeBody(QIODevice &body)
    : m_body(body)
    , m_begin(body.pos())
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

} // namespace bookdesk::net
