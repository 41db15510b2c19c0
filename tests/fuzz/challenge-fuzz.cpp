// WWW-Authenticate headers, one per line: what is read stays the same when it is written and read again.
#include "fuzz/target.h"
#include "net/auth-challenge.h"

#include <QByteArray>
#include <QList>

namespace bookdesk::fuzz {
namespace {

using net::AuthChallenge;
using net::Headers;

QByteArray quoted(const QString &value)
{
    QByteArray text = value.toUtf8();
    text.replace('\\', "\\\\");
    text.replace('"', "\\\"");
    return '"' + text + '"';
}

QByteArray written(const AuthChallenge &challenge)
{
    QByteArray text = challenge.scheme.toLatin1();
    if (!challenge.token68.isEmpty())
        text += ' ' + challenge.token68.toLatin1();
    bool isFirst = challenge.token68.isEmpty();
    for (const auto &[name, value] : challenge.parameters) {
        text += isFirst ? " " : ", ";
        text += name.toLatin1() + '=' + quoted(value);
        isFirst = false;
    }
    return text;
}

Headers headersOf(const QList<QByteArray> &values)
{
    Headers headers;
    for (const QByteArray &value : values)
        headers.emplace_back(QByteArrayLiteral("WWW-Authenticate"), value);
    return headers;
}

void requireSane(const AuthChallenge &challenge, qsizetype size)
{
    require(!challenge.scheme.isEmpty(), "a challenge has a scheme");
    require(challenge.scheme.size() + challenge.token68.size() <= size, "nothing is made up");
    for (const auto &[name, value] : challenge.parameters) {
        require(!name.isEmpty() && name == name.toLower(), "parameters have names, in lower case");
        require(value.size() <= size, "no value is longer than its header");
    }
    if (!challenge.parameters.empty()) {
        const auto &[name, value] = challenge.parameters.front();
        require(challenge.parameter(name.toUpper()) == value, "a parameter is found in any case, the first of a name");
    }
}

} // namespace

void tryInput(QByteArrayView input)
{
    const QList<QByteArray> values = input.toByteArray().split('\n');
    const std::vector<AuthChallenge> challenges = net::readChallenges(headersOf(values));
    QList<QByteArray> again;
    for (const AuthChallenge &challenge : challenges) {
        requireSane(challenge, input.size());
        again += written(challenge);
    }
    require(net::readChallenges(headersOf(again)) == challenges, "challenges survive in headers of their own");
    require(net::readChallenges(headersOf({again.join(", ")})) == challenges, "challenges survive in one header");
}

} // namespace bookdesk::fuzz
