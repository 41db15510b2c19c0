#include "net/shown-body.h"

#include "core/errors.h"
#include "core/json.h"
#include "core/off-thread.h"
#include "core/text.h"

#include <functional>
#include <optional>

namespace bookdesk::net {
namespace {

constexpr qsizetype longestLine = 4'000;
constexpr JsonLimits limits{4 * 1024 * 1024, 32};

QString withShortLines(const QString &text)
{
    QString result;
    result.reserve(text.size() + text.size() / longestLine);
    for (const QStringView line : QStringView(text).split(u'\n')) {
        for (qsizetype at = 0; at == 0 || at < line.size(); at += longestLine) {
            result += line.mid(at, longestLine);
            result += u'\n';
        }
    }
    result.chop(1);
    return result;
}

} // namespace

QString shownBody(const QString &body, BodyLook look)
{
    if (look == BodyLook::pretty) {
        if (const Result<Json> json = parseJson(body.toUtf8(), limits))
            return withShortLines(visibleLines(QString::fromUtf8(toPrettyJson(*json))));
    }
    return withShortLines(visibleLines(body));
}

Task<QString> shownBodyOffThread(QString body, BodyLook look, std::stop_token stop)
{
    const std::function<QString()> work = [body, look] { return shownBody(body, look); };
    const std::optional<QString> text = co_await offThread(work, std::move(stop));
    if (!text)
        co_return failure(bookdesk::errors::stopped, {});
    co_return *text;
}

} // namespace bookdesk::net
