/// Plans that tests of registration share.
#pragma once

#include "registration/plan.h"

#include <vector>

namespace bookdesk::test {

inline registration::Ids sampleIds()
{
    return {
        QStringLiteral("3c5f0b1e-0000-4000-8000-00000000a9d2"), QStringLiteral("3c5f0b1e-0000-4000-8000-00000000a9d3"),
        QStringLiteral("3c5f0b1e-0000-4000-8000-00000000a9d4"), QStringLiteral("3c5f0b1e-0000-4000-8000-00000000a9d5")};
}

inline registration::Plan samplePlan()
{
    using enum registration::AssigneeKind;
    using registration::Role;
    registration::Plan plan;
    plan.tenant = QStringLiteral("contoso.com");
    plan.tenantId = QStringLiteral("5c0e1f7a-3b52-4d18-9a60-7e2c41d8f036");
    plan.apiName = QStringLiteral("Contoso Books API");
    plan.apiAddress = QStringLiteral("https://books.contoso.com");
    plan.assignments = {{person, QStringLiteral("ada@contoso.com"), Role::admin},
                        {person, QStringLiteral("riley@contoso.com"), Role::reader},
                        {group, QStringLiteral("All librarians"), Role::reader}};
    plan.ids = sampleIds();
    return plan;
}

/// Names that would be code if they were not quoted.
inline QStringList hostileNames()
{
    return {QStringLiteral("It's"),
            QStringLiteral("Say \"books\""),
            QStringLiteral("$(touch owned)"),
            QStringLiteral("`touch owned`"),
            QStringLiteral("${HOME} %{if true} $${x} %%{y}"),
            QStringLiteral("'; touch owned; '"),
            QStringLiteral("\\' \\\\ \\u0024{x} \\"),
            QStringLiteral("\u2018\u2019; touch owned #"),
            QStringLiteral("'@ \"@ */ -- END %s %n §name§ ¦az¦"),
            QStringLiteral("Stop !! !ls it's"),
            QStringLiteral("Bücher 図書 📚")};
}

/// Whether everything that can be chosen is chosen or not, and who is named how.
struct NamedPlan
{
    QByteArray name;
    registration::Plan plan;
};

/// The sample with all combinations of what can be chosen, and with hostile names in each place.
inline std::vector<NamedPlan> manyPlans()
{
    std::vector<NamedPlan> plans;
    for (int bits = 0; bits < 32; ++bits) {
        registration::Plan plan = samplePlan();
        plan.consentsForEverybody = (bits & 1) != 0;
        plan.hasWriteScope = (bits & 2) != 0;
        plan.isOneRegistration = (bits & 4) != 0;
        if ((bits & 8) != 0)
            plan.assignments.clear();
        if ((bits & 16) != 0)
            plan.tenantId.clear();
        plans.push_back({"combination " + QByteArray::number(bits), plan});
    }
    for (const QString &name : hostileNames()) {
        registration::Plan plan = samplePlan();
        plan.apiName = name;
        plan.clientName = name + QStringLiteral(" client");
        plan.assignments.back().name = name;
        plans.push_back({"hostile " + name.toUtf8(), plan});
    }
    registration::Plan cloud = samplePlan();
    cloud.signInHost = QStringLiteral("login.microsoftonline.us");
    plans.push_back({"another cloud", cloud});
    return plans;
}

} // namespace bookdesk::test
