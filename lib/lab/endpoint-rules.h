/// EndpointRules: the access lab's rules from all sources, what they predict, and how they are read out.
#pragma once

#include "core/result.h"
#include "lab/endpoint-result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace bookdesk::lab {

/// Those of *Add rule*: GET, HEAD, POST, PUT, PATCH, DELETE.
const std::vector<QByteArray> &callableMethods();

/// True for GET and HEAD, which *Run all safe calls* runs; all others may change something.
bool isSafe(const QByteArray &method);

/// The rules of the contract first, then the document's, then the person's, one for each method and path. What the
/// contract says about roles holds, because a document cannot name them; a rule of the person's replaces any other.
std::vector<LabRule> mergedRules(const std::vector<LabRule> &ofDocument, const std::vector<books::AccessRule> &own);

/// True if both are about the same call; placeholders may have other names.
bool isSameCall(const books::AccessRule &left, const books::AccessRule &right);

/// The best of what the rule's alternatives predict. Scopes are compared without their resource.
books::Prediction predict(const LabRule &rule, const books::TokenFacts &facts);

/// "scope Books.Read", "role Books.Admin", "any valid token", "no token".
QString needsText(const LabRule &rule);

/// A rule as a person writes it: scopes and roles separated by spaces or commas. Untrusted. Errors: lab.rule-invalid.
Result<books::AccessRule> readOwnRule(const QString &method, const QString &path, const QString &scopes,
                                      const QString &roles);

} // namespace bookdesk::lab
