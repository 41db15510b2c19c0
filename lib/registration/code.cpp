#include "registration/code.h"

namespace bookdesk::registration {

Code filled(const QString &pattern, const Values &values)
{
    constexpr QChar valueSign = u'§';
    constexpr QChar commandSign = u'¦';
    Code code;
    qsizetype at = 0;
    while (at < pattern.size()) {
        const QChar sign = pattern[at];
        if (sign != valueSign && sign != commandSign) {
            code.text += sign;
            ++at;
            continue;
        }
        const qsizetype end = pattern.indexOf(sign, at + 1);
        const QString inner = pattern.sliced(at + 1, end - at - 1);
        const bool isValue = sign == valueSign;
        Q_ASSERT(!isValue || values.contains(inner));
        const QString text = isValue ? values.value(inner) : inner;
        code.spans.push_back({code.text.size(), text.size(), isValue ? Mark::value : Mark::command});
        code.text += text;
        at = end + 1;
    }
    return code;
}

Code joined(Code first, const Code &second)
{
    if (!first.text.isEmpty())
        first.text += u'\n';
    const qsizetype offset = first.text.size();
    first.text += second.text;
    for (const Span &span : second.spans)
        first.spans.push_back({span.begin + offset, span.size, span.mark});
    return first;
}

} // namespace bookdesk::registration
