/// What runs here, in which version: for reports and for support.
#pragma once

#include <QString>

#include <vector>

namespace bookdesk {

/// A plain value.
struct Version
{
    QString name;
    QString version;
};

/// The program's own, Qt's and OpenSSL's, and the operating system's. OpenSSL's is the one that is loaded, which need
/// not be the one of the build; of Qt it is both. Any thread.
std::vector<Version> versions();

/// The Qt that the program was built with.
QString qtOfBuild();

} // namespace bookdesk
