#include "cli/options.h"

#include <vector>

namespace bookdesk::cli {

CLI::Option *addText(CLI::App &command, const std::string &name, QString &text, const QString &help)
{
    const auto store = [&text](const std::string &given) { text = QString::fromStdString(given); };
    return command.add_option_function<std::string>(name, store, help.toStdString());
}

CLI::Option *addTexts(CLI::App &command, const std::string &name, QStringList &texts, const QString &help)
{
    const auto store = [&texts](const std::vector<std::string> &given) {
        texts.clear();
        for (const std::string &text : given)
            texts += QString::fromStdString(text).trimmed();
    };
    return command.add_option_function<std::vector<std::string>>(name, store, help.toStdString())->delimiter(',');
}

CLI::Option *addFlag(CLI::App &command, const std::string &name, bool &isSet, const QString &help)
{
    return command.add_flag(name, isSet, help.toStdString());
}

} // namespace bookdesk::cli
