#include "jose/algorithm.h"

using namespace Qt::StringLiterals;

namespace bookdesk::jose {

QString algorithmName(Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::rs256:
        return u"RS256"_s;
    case Algorithm::rs384:
        return u"RS384"_s;
    case Algorithm::rs512:
        return u"RS512"_s;
    case Algorithm::ps256:
        return u"PS256"_s;
    case Algorithm::ps384:
        return u"PS384"_s;
    case Algorithm::ps512:
        return u"PS512"_s;
    case Algorithm::es256:
        return u"ES256"_s;
    case Algorithm::es384:
        return u"ES384"_s;
    case Algorithm::es512:
        return u"ES512"_s;
    case Algorithm::edDsa:
        return u"EdDSA"_s;
    }
    return {};
}

std::optional<Algorithm> algorithmFrom(QStringView name)
{
    for (const Algorithm algorithm : allAlgorithms) {
        if (algorithmName(algorithm) == name)
            return algorithm;
    }
    return std::nullopt;
}

} // namespace bookdesk::jose
