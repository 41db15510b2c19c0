#include "jose/kept-header.h"

#include <QByteArray>

namespace bookdesk::jose {
namespace {

constexpr qsizetype longest = 1024;

struct Kept
{
    QByteArray text;
    JsonObject header;
};

thread_local Kept last;

} // namespace

const JsonObject *keptHeader(QByteArrayView text)
{
    return !text.isEmpty() && text == last.text ? &last.header : nullptr;
}

void keepHeader(QByteArrayView text, const JsonObject &header)
{
    if (text.size() <= longest)
        last = {text.toByteArray(), header};
}

} // namespace bookdesk::jose
