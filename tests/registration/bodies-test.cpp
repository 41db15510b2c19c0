// What is sent to Microsoft Graph has the members that its resource types publish, and no others.
#include "registration/bodies.h"
#include "registration/sample-plan.h"

#include <QMap>
#include <QTest>

using namespace bookdesk;
using namespace bookdesk::registration;
using namespace Qt::StringLiterals;

namespace {

/// The properties of Microsoft Graph v1.0's resource types, as its documentation lists them; those of the type
/// application that an app manifest may have.
const QMap<QString, QStringList> &publishedMembers()
{
    static const QMap<QString, QStringList> members{
        {u"application"_s,
         {u"addIns"_s,
          u"api"_s,
          u"appRoles"_s,
          u"description"_s,
          u"displayName"_s,
          u"groupMembershipClaims"_s,
          u"identifierUris"_s,
          u"info"_s,
          u"isDeviceOnlyAuthSupported"_s,
          u"isFallbackPublicClient"_s,
          u"keyCredentials"_s,
          u"notes"_s,
          u"optionalClaims"_s,
          u"parentalControlSettings"_s,
          u"passwordCredentials"_s,
          u"publicClient"_s,
          u"requestSignatureVerification"_s,
          u"requiredResourceAccess"_s,
          u"samlMetadataUrl"_s,
          u"serviceManagementReference"_s,
          u"signInAudience"_s,
          u"spa"_s,
          u"tags"_s,
          u"tokenEncryptionKeyId"_s,
          u"uniqueName"_s,
          u"web"_s}},
        {u"apiApplication"_s,
         {u"acceptMappedClaims"_s, u"knownClientApplications"_s, u"oauth2PermissionScopes"_s,
          u"preAuthorizedApplications"_s, u"requestedAccessTokenVersion"_s}},
        {u"permissionScope"_s,
         {u"adminConsentDescription"_s, u"adminConsentDisplayName"_s, u"id"_s, u"isEnabled"_s, u"origin"_s, u"type"_s,
          u"userConsentDescription"_s, u"userConsentDisplayName"_s, u"value"_s}},
        {u"appRole"_s,
         {u"allowedMemberTypes"_s, u"description"_s, u"displayName"_s, u"id"_s, u"isEnabled"_s, u"origin"_s,
          u"value"_s}},
        {u"publicClientApplication"_s, {u"redirectUris"_s}},
    };
    return members;
}

/// The type of a member that holds objects.
QString typeOf(const QString &member)
{
    static const QMap<QString, QString> types{{u"api"_s, u"apiApplication"_s},
                                              {u"oauth2PermissionScopes"_s, u"permissionScope"_s},
                                              {u"appRoles"_s, u"appRole"_s},
                                              {u"publicClient"_s, u"publicClientApplication"_s}};
    return types.value(member);
}

/// "appRole.colour" for each member that is not published.
QStringList unpublished(const JsonObject &object, const QString &type)
{
    QStringList wrong;
    for (const auto &[name, value] : object.members()) {
        if (!publishedMembers().value(type).contains(name))
            wrong += type + u'.' + name;
        if (const JsonObject *inner = value.asObject())
            wrong += unpublished(*inner, typeOf(name));
        const JsonArray *array = value.asArray();
        for (const Json &element : array ? *array : JsonArray()) {
            if (const JsonObject *inner = element.asObject())
                wrong += unpublished(*inner, typeOf(name));
        }
    }
    return wrong;
}

} // namespace

class BodiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void membersAreThePublishedOnes()
    {
        for (const test::NamedPlan &sample : test::manyPlans()) {
            QCOMPARE(unpublished(apiApplication(sample.plan), u"application"_s), QStringList());
            QCOMPARE(unpublished(clientApplication(sample.plan), u"application"_s), QStringList());
        }
    }

    void theApiAsksForTokensOfVersion2()
    {
        const JsonObject api = apiProperty(test::samplePlan());
        const Json *version = api.find(u"requestedAccessTokenVersion");
        QVERIFY(version);
        QCOMPARE(*version, Json(2));
    }

    void rolesAreForPeopleAndGroups()
    {
        const JsonArray roles = appRoles(test::samplePlan());
        QCOMPARE(roles.size(), std::size_t(2));
        for (const Json &role : roles)
            QCOMPARE(*role.asObject()->find(u"allowedMemberTypes"), Json(JsonArray{u"User"_s}));
        QCOMPARE(*roles[1].asObject()->find(u"value"), Json(u"Books.Admin"_s));
        QCOMPARE(*roles[1].asObject()->find(u"id"), Json(test::sampleIds().adminRole));
    }

    void booksWriteIsThereWhereItIsWanted()
    {
        Plan plan = test::samplePlan();
        QCOMPARE(scopes(plan), QStringList{u"Books.Read"_s});
        plan.hasWriteScope = true;
        QCOMPARE(scopes(plan), (QStringList{u"Books.Read"_s, u"Books.Write"_s}));
    }

    void theClientIsPublicAndComesBackToThisComputer()
    {
        const JsonObject client = clientApplication(test::samplePlan());
        QCOMPARE(*client.find(u"isFallbackPublicClient"), Json(true));
        const JsonObject redirects{{u"redirectUris"_s, JsonArray{u"http://localhost"_s}}};
        QCOMPARE(*client.find(u"publicClient"), Json(redirects));
    }

    void oneRegistrationIsBoth()
    {
        Plan plan = test::samplePlan();
        QVERIFY(!apiApplication(plan).find(u"publicClient"));
        plan.isOneRegistration = true;
        const JsonObject both = apiApplication(plan);
        QVERIFY(both.find(u"publicClient"));
        QVERIFY(both.find(u"appRoles"));
    }

private:
    static QStringList scopes(const Plan &plan)
    {
        const JsonObject api = apiProperty(plan);
        QStringList names;
        for (const Json &scope : *api.find(u"oauth2PermissionScopes")->asArray())
            names += *scope.asObject()->find(u"value")->asString();
        return names;
    }
};

QTEST_APPLESS_MAIN(BodiesTest)
#include "bodies-test.moc"
