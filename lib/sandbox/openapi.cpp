#include "sandbox/openapi.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace bookdesk::sandbox {
namespace {

const QString schemeName = u"OAuth2AuthorizationCodeBearer"_s;

JsonArray texts(const QStringList &all)
{
    JsonArray array;
    for (const QString &text : all)
        array.emplace_back(text);
    return array;
}

JsonObject typed(const QString &type, const QString &title) { return {{u"type"_s, type}, {u"title"_s, title}}; }

JsonObject reference(const QString &schema) { return {{u"$ref"_s, u"#/components/schemas/"_s + schema}}; }

JsonObject jsonAnswer(const QString &description, JsonObject schema)
{
    const JsonObject content{{u"application/json"_s, JsonObject{{u"schema"_s, std::move(schema)}}}};
    return {{u"description"_s, description}, {u"content"_s, content}};
}

JsonArray security(const QStringList &scopes) { return {JsonObject{{schemeName, texts(scopes)}}}; }

JsonObject listOperation()
{
    const JsonObject responses{{u"200"_s, jsonAnswer(u"Successful Response"_s,
                                                     typed(u"object"_s, u"Response List Books Api V1 Books Get"_s))}};
    return {{u"summary"_s, u"List Books"_s},
            {u"operationId"_s, u"list_books_api_v1_books_get"_s},
            {u"responses"_s, responses},
            {u"security"_s, security({u"Books.Read"_s})}};
}

JsonObject deleteOperation()
{
    const JsonObject bookId{{u"name"_s, u"book_id"_s},
                            {u"in"_s, u"path"_s},
                            {u"required"_s, true},
                            {u"schema"_s, typed(u"string"_s, u"Book Id"_s)}};
    const JsonObject responses{
        {u"200"_s, jsonAnswer(u"Successful Response"_s,
                              typed(u"object"_s, u"Response Delete Book Api V1 Books  Book Id  Delete"_s))},
        {u"422"_s, jsonAnswer(u"Validation Error"_s, reference(u"HTTPValidationError"_s))}};
    return {{u"summary"_s, u"Delete Book"_s},
            {u"operationId"_s, u"delete_book_api_v1_books__book_id__delete"_s},
            // The role is checked in the API's code, so the document does not mention it.
            {u"security"_s, security({})},
            {u"parameters"_s, JsonArray{bookId}},
            {u"responses"_s, responses}};
}

JsonObject array(JsonObject items, const QString &title)
{
    return {{u"items"_s, std::move(items)}, {u"type"_s, u"array"_s}, {u"title"_s, title}};
}

JsonObject schemas()
{
    const JsonObject detail{{u"detail"_s, array(reference(u"ValidationError"_s), u"Detail"_s)}};
    const JsonArray stringOrInteger{JsonObject{{u"type"_s, u"string"_s}}, JsonObject{{u"type"_s, u"integer"_s}}};
    const JsonObject members{{u"loc"_s, array(JsonObject{{u"anyOf"_s, stringOrInteger}}, u"Location"_s)},
                             {u"msg"_s, typed(u"string"_s, u"Message"_s)},
                             {u"type"_s, typed(u"string"_s, u"Error Type"_s)}};
    return {{u"HTTPValidationError"_s,
             JsonObject{{u"properties"_s, detail}, {u"type"_s, u"object"_s}, {u"title"_s, u"HTTPValidationError"_s}}},
            {u"ValidationError"_s, JsonObject{{u"properties"_s, members},
                                              {u"type"_s, u"object"_s},
                                              {u"required"_s, texts({u"loc"_s, u"msg"_s, u"type"_s})},
                                              {u"title"_s, u"ValidationError"_s}}}};
}

JsonObject securitySchemes(const QString &authority, const QString &apiId)
{
    const JsonObject scopes{{u"api://%1/Books.Read"_s.arg(apiId), u"Read books"_s},
                            {u"api://%1/Books.Write"_s.arg(apiId), u"Write books"_s}};
    const JsonObject flow{{u"scopes"_s, scopes},
                          {u"authorizationUrl"_s, authority + "/oauth2/v2.0/authorize"_L1},
                          {u"tokenUrl"_s, authority + "/oauth2/v2.0/token"_L1}};
    return {
        {schemeName, JsonObject{{u"type"_s, u"oauth2"_s}, {u"flows"_s, JsonObject{{u"authorizationCode"_s, flow}}}}}};
}

} // namespace

JsonObject openApiDocument(const QString &authority, const QString &apiId)
{
    const JsonObject paths{{u"/api/v1/books"_s, JsonObject{{u"get"_s, listOperation()}}},
                           {u"/api/v1/books/{book_id}"_s, JsonObject{{u"delete"_s, deleteOperation()}}}};
    const JsonObject components{{u"schemas"_s, schemas()}, {u"securitySchemes"_s, securitySchemes(authority, apiId)}};
    return {{u"openapi"_s, u"3.1.0"_s},
            {u"info"_s, JsonObject{{u"title"_s, u"FastAPI"_s}, {u"version"_s, u"0.1.0"_s}}},
            {u"paths"_s, paths},
            {u"components"_s, components}};
}

} // namespace bookdesk::sandbox
