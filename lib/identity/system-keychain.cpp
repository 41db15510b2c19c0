#include "identity/system-keychain.h"

#include "identity/errors.h"

#include <QCoreApplication>
#include <QTimer>
#include <qt6keychain/keychain.h>

#include <utility>

namespace bookdesk::identity {
namespace {

using namespace Qt::StringLiterals;

class Texts
{
    Q_DECLARE_TR_FUNCTIONS(SystemKeychain)
};

Error tooSlow()
{
    return {errors::keychainTimedOut, Texts::tr("The keychain of this computer did not answer in time."),
            Texts::tr("If it asks for its password, unlock it; then check again.")};
}

std::optional<Error> failureOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::NoError:
    case QKeychain::EntryNotFound:
        return std::nullopt;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
    case QKeychain::CouldNotDeleteEntry:
        return keychainLocked(job.errorString());
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        break;
    }
    return keychainUnavailable(job.errorString());
}

Secret valueOf(const QKeychain::Job &job)
{
    const auto *reading = qobject_cast<const QKeychain::ReadPasswordJob *>(&job);
    return reading ? Secret::taking(reading->binaryData()) : Secret();
}

} // namespace

SystemKeychain::SystemKeychain(QString service, std::chrono::milliseconds limit)
    : m_service(std::move(service))
    , m_limit(limit)
{}

Task<std::optional<Secret>> SystemKeychain::read(QString name)
{
    return m_scope.run([this, name](std::stop_token) { return readEntry(name); }, keychainStopped());
}

Task<void> SystemKeychain::write(QString name, Secret value)
{
    return m_scope.run([this, name, value](std::stop_token) { return writeEntry(name, value); }, keychainStopped());
}

Task<void> SystemKeychain::remove(QString name)
{
    return m_scope.run([this, name](std::stop_token) { return removeEntry(name); }, keychainStopped());
}

ScopedTask<SystemKeychain::Answer> SystemKeychain::ask(MakeJob makeJob)
{
    const OneShot<Answer> landing;
    QKeychain::Job *job = makeJob(); // Deletes itself when it has finished, which may be after the limit.
    QObject::connect(job, &QKeychain::Job::finished, [landing](const QKeychain::Job *finished) {
        landing.set(Answer{failureOf(*finished), finished->error() != QKeychain::EntryNotFound, valueOf(*finished)});
    });
    QTimer::singleShot(m_limit, job, [landing] { landing.set(Answer{tooSlow(), false, {}}); });
    job->start();
    Result<Answer> answer = co_await callOut([&landing] { return landing; });
    if (answer && answer->failure)
        co_return failure(*answer->failure);
    co_return answer;
}

ScopedTask<std::optional<Secret>> SystemKeychain::readEntry(QString name)
{
    const MakeJob makeJob = [this, name] {
        auto *job = new QKeychain::ReadPasswordJob(m_service); // NOLINT(cppcoreguidelines-owning-memory)
        job->setKey(keyOf(name));
        return job;
    };
    const Result<Answer> answer = co_await ask(makeJob);
    if (!answer)
        co_return failure(answer.error());
    co_return answer->wasFound ? std::optional(answer->value) : std::nullopt;
}

ScopedTask<void> SystemKeychain::writeEntry(QString name, Secret value)
{
    const MakeJob makeJob = [this, name, value] {
        auto *job = new QKeychain::WritePasswordJob(m_service); // NOLINT(cppcoreguidelines-owning-memory)
        job->setKey(keyOf(name));
        job->setBinaryData(value.reveal().toByteArray());
        return job;
    };
    const Result<Answer> answer = co_await ask(makeJob);
    if (!answer)
        co_return failure(answer.error());
    if (!answer->wasFound)
        co_return failure(keychainLocked({}));
    co_return Result<void>();
}

ScopedTask<void> SystemKeychain::removeEntry(QString name)
{
    const MakeJob makeJob = [this, name] {
        auto *job = new QKeychain::DeletePasswordJob(m_service); // NOLINT(cppcoreguidelines-owning-memory)
        job->setKey(keyOf(name));
        return job;
    };
    const Result<Answer> answer = co_await ask(makeJob);
    co_return answer ? Result<void>() : Result<void>(failure(answer.error()));
}

/// Windows knows entries by this name alone, whatever the service is.
QString SystemKeychain::keyOf(const QString &name) const { return u"%1/%2"_s.arg(m_service, name); }

} // namespace bookdesk::identity
