#include "registration/script.h"

#include "registration/plan.h"
#include "registration/scripts.h"

using namespace Qt::StringLiterals;

namespace bookdesk::registration {
namespace {

constexpr qsizetype longestLine = 96;

/// A comment of several lines, broken between words.
QString commented(const QString &text, const QString &sign)
{
    QString lines = sign;
    qsizetype length = sign.size();
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (length + 1 + word.size() > longestLine) {
            lines += u'\n' + sign;
            length = sign.size();
        }
        lines += u' ' + word;
        length += 1 + word.size();
    }
    return lines + u'\n';
}

} // namespace

QString fileText(const Script &script)
{
    QString text = script.head;
    int number = 0;
    for (const Step &step : script.steps) {
        if (!text.isEmpty())
            text += u'\n';
        text +=
            commented(QString::number(++number) + u". "_s + step.meaning, script.commentSign) + step.code.text + u'\n';
    }
    return text;
}

Script scriptFor(const Plan &plan, Tool tool)
{
    switch (tool) {
    case Tool::az:
        return azScript(plan);
    case Tool::azRest:
        return azRestScript(plan);
    case Tool::powerShell:
        return powerShellScript(plan);
    case Tool::bicep:
        return bicepFile(plan);
    case Tool::terraform:
        break;
    }
    return terraformFile(plan);
}

} // namespace bookdesk::registration
